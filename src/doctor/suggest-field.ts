import { nearest } from "../codec/nearest.ts";

/** Which field a name was meant to be. */
export interface Suggestion {
  readonly field: string;
  /** Whether the two differ in nothing but case, dashes and underscores. */
  readonly isCertain: boolean;
}

/** No field is longer by far, and comparing costs time. */
const LONGEST = 64;

/** Returns the field that a name comes nearest to; undefined if it comes near none. */
export function suggestField(name: string, fields: Iterable<string>): Suggestion | undefined {
  if (name.length > LONGEST) {
    return undefined;
  }
  // A third of a short name may not be wrong: `as` is not meant by `a`.
  const best = nearest(name, fields, (letters) => Math.floor(letters.length / 4), lettersOf);
  return best && { field: best.candidate, isCertain: best.distance === 0 };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
