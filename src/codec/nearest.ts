/** A candidate close to a name, and how many letters differ. */
export interface Nearest {
  readonly candidate: string;
  readonly distance: number;
}

/**
 * Finds the likely meaning of a misspelt name: the first of the nearest candidates.
 *
 * @param mostWrong - how many letters of a candidate, as `spelling` has it, may be wrong
 * @param spelling - normalizes a name; default: ignores case
 */
export function nearest(
  name: string,
  candidates: Iterable<string>,
  mostWrong: (spelled: string) => number,
  spelling: (text: string) => string = (text) => text.toLowerCase(),
): Nearest | undefined {
  const wanted = spelling(name);
  let best: Nearest | undefined;
  for (const candidate of candidates) {
    const spelled = spelling(candidate);
    const limit = Math.min(mostWrong(spelled), (best?.distance ?? Infinity) - 1);
    if (Math.abs(spelled.length - wanted.length) <= limit) {
      const distance = spelled === wanted ? 0 : editDistance(wanted, spelled);
      best = distance <= limit ? { candidate, distance } : best;
    }
  }
  return best;
}

/** Returns Levenshtein's distance: how many letters must be changed, added or left out. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of one.split("").entries()) {
    const next = [i + 1];
    for (const [j, wanted] of other.split("").entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
