import { editDistance } from "../codec/edit-distance.ts";

/** More names than these are not compared with each other. */
const MOST_NAMES = 1000;
const LONGEST = 100;
const MOST_SUGGESTIONS = 100;

/** What finds the entry that a name comes nearest to, if any: case does not count, nor does one letter in four. */
export function suggestName(entries: ReadonlyMap<string, unknown>): (name: string) => string | undefined {
  let left = entries.size > MOST_NAMES ? 0 : MOST_SUGGESTIONS;
  return (name) => {
    if (left === 0 || name.length > LONGEST) {
      return undefined;
    }
    left--;
    let best: { readonly entry: string; readonly distance: number } | undefined;
    for (const entry of entries.keys()) {
      if (entry === "" || Math.abs(entry.length - name.length) > entry.length / 4) {
        continue;
      }
      const distance = editDistance(name.toLowerCase(), entry.toLowerCase());
      if (distance <= entry.length / 4 && distance < (best?.distance ?? Infinity)) {
        best = { entry, distance };
      }
    }
    return best?.entry;
  };
}
