/** A seeded source of random choices: the same seed gives the same cases. */
export interface Random {
  /** Returns a whole number from 0 up to, and without, `end`. */
  readonly below: (end: number) => number;
  readonly chance: (probability: number) => boolean;
  /** As `chance`, for a mistake: a careful author makes none. */
  readonly slip: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Returns each item with the given probability, in their order. */
  readonly some: <Item>(items: readonly Item[], probability: number) => readonly Item[];
  readonly shuffle: <Item>(items: readonly Item[]) => readonly Item[];
  readonly times: <Item>(count: number, make: (index: number) => Item) => readonly Item[];
}

/** Makes a source from a seed: Mulberry32, which is small, and good enough to choose test cases. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    slip: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) {
        throw new Error("nothing to pick from");
      }
      return items[below(items.length)] as (typeof items)[number];
    },
    some: (items, probability) => items.filter(() => next() < probability),
    shuffle: (items) =>
      items
        .map((item) => [next(), item] as const)
        .toSorted(([one], [other]) => one - other)
        .map(([, item]) => item),
    times: (count, make) => Array.from({ length: count }, (_, index) => make(index)),
  };
}

/** Returns the same source for an author who makes no mistakes. */
export function careful(random: Random): Random {
  return { ...random, slip: () => false };
}
