import { nearest } from "../codec/nearest.ts";

/** The likely meaning of a misspelt field. */
export interface Suggestion {
  readonly field: string;
  /** Whether the two differ only in case, dashes and underscores. */
  readonly isCertain: boolean;
}

/** No field is much longer, and comparing costs time. */
const LONGEST = 64;

/** Returns the nearest field to a name; undefined if none is near. */
export function suggestField(name: string, fields: Iterable<string>): Suggestion | undefined {
  if (name.length > LONGEST) {
    return undefined;
  }
  // A third of a short name may not be wrong: `a` does not mean `as`.
  const best = nearest(name, fields, (letters) => Math.floor(letters.length / 4), lettersOf);
  return best && { field: best.candidate, isCertain: best.distance === 0 };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
