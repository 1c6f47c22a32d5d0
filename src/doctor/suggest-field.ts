import { editDistance } from "../codec/edit-distance.ts";

/** Which field a name was meant to be. */
export interface Suggestion {
  readonly field: string;
  /** Whether the two differ in nothing but case, dashes and underscores. */
  readonly isCertain: boolean;
}

/** No field is longer by far, and comparing costs time. */
const LONGEST = 64;

/** The field that a name comes nearest to; undefined if it comes near none. */
export function suggestField(name: string, fields: Iterable<string>): Suggestion | undefined {
  if (name.length > LONGEST) {
    return undefined;
  }
  const letters = lettersOf(name);
  let best: { readonly field: string; readonly distance: number } | undefined;
  for (const field of fields) {
    const wanted = lettersOf(field);
    const distance = letters === wanted ? 0 : editDistance(letters, wanted);
    // A third of a short name may not be wrong: `as` is not meant by `a`.
    if (distance <= Math.floor(wanted.length / 4) && distance < (best?.distance ?? Infinity)) {
      best = { field, distance };
    }
  }
  return best && { field: best.field, isCertain: best.distance === 0 };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
