/** An item of a list as a filter sees it. */
export interface Searchable {
  /** Its name, folded. */
  readonly name: string;
  /** All its columns, folded. */
  readonly all: string;
}

/** What a filter finds. */
export interface Found {
  /** Indices of items, the best first. */
  readonly matches: readonly number[];
  /** The strings to be marked where they occur. */
  readonly words: readonly string[];
  /** Whether names were found by their letters alone, because no item has the words. */
  readonly byLetters: boolean;
}

/** A part of a string: from an index to another. */
export type Range = readonly [from: number, to: number];

/** Prepares the columns of an item, the name first. */
export function searchable(cells: readonly string[]): Searchable {
  const folded = cells.map(foldCase);
  // No filter has a line feed.
  return { name: folded[0] ?? "", all: folded.join("\n") };
}

/** Replaces letters by small ones, where that keeps the length. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (char) =>
        char.toLowerCase().length === char.length ? char.toLowerCase() : char,
      ).join("");
}

/**
 * Finds the items whose columns contain every word of a filter: first the one of that name, then those whose names begin
 * with it, then those whose names have all words. If there is none, finds those whose names have its letters in this
 * order. Ignores case.
 */
export function find(items: readonly Searchable[], filter: string): Found {
  const wanted = foldCase(filter).trim();
  const words = wanted === "" ? [] : wanted.split(/\s+/u);
  if (words.length === 0) {
    return { matches: [...items.keys()], words, byLetters: false };
  }
  const ranked: readonly number[][] = [[], [], [], []];
  for (const [index, { name, all }] of items.entries()) {
    if (words.every((word) => all.includes(word))) {
      const rank =
        name === wanted
          ? 0
          : name.startsWith(wanted)
            ? 1
            : words.every((word) => name.includes(word))
              ? 2
              : 3;
      ranked[rank]?.push(index);
    }
  }
  const matches = ranked.flat();
  if (matches.length > 0) {
    return { matches, words, byLetters: false };
  }
  const letters = Array.from(words.join(""));
  const byLetters = [...items.keys()].filter(
    (index) => letterRanges(items[index]?.name ?? "", letters) !== undefined,
  );
  return { matches: byLetters, words: letters, byLetters: true };
}

/** Returns the parts of a string that a filter has found, in order and without overlap. */
export function foundIn(text: string, { words, byLetters }: Omit<Found, "matches">): readonly Range[] {
  if (words.length === 0) {
    return [];
  }
  const folded = foldCase(text);
  return byLetters
    ? (letterRanges(folded, words) ?? [])
    : joined(words.flatMap((word) => occurrences(folded, word)));
}

function occurrences(text: string, word: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    ranges.push([at, at + word.length]);
  }
  return ranges;
}

function letterRanges(text: string, letters: readonly string[]): readonly Range[] | undefined {
  const ranges: Range[] = [];
  let at = 0;
  for (const letter of letters) {
    const found = text.indexOf(letter, at);
    if (found === -1) {
      return undefined;
    }
    at = found + letter.length;
    ranges.push([found, at]);
  }
  return joined(ranges);
}

/** Joins ranges that overlap or touch. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) {
      result[result.length - 1] = [last[0], Math.max(last[1], to)];
    } else {
      result.push([from, to]);
    }
  }
  return result;
}
