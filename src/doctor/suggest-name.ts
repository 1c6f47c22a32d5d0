import { nearest } from "../codec/nearest.ts";

/** More names are not compared with each other. */
const MOST_NAMES = 1000;
const LONGEST = 100;
const MOST_SUGGESTIONS = 100;

/**
 * Makes a function that finds the nearest entry to a name, if any: ignores case, and allows one wrong letter in four.
 */
export function suggestName(entries: ReadonlyMap<string, unknown>): (name: string) => string | undefined {
  let left = entries.size > MOST_NAMES ? 0 : MOST_SUGGESTIONS;
  return (name) => {
    if (left === 0 || name.length > LONGEST) {
      return undefined;
    }
    left--;
    const named = Array.from(entries.keys()).filter((entry) => entry !== "");
    return nearest(name, named, (entry) => entry.length / 4)?.candidate;
  };
}
