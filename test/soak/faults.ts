/** The faults that the server injects instead of a good response. */
export const FAULTS = [
  "reset before the answer",
  "reset within the body",
  "half a body",
  "stalled body",
  "stalled answer",
  "gzip of junk",
  "gzip cut short",
  "empty gzip",
  "429",
  "503",
  "500",
  "Connection: close",
  "no HTTP",
] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** One of this many requests has a fault. */
const RARITY = 4;

/**
 * Returns a function that chooses the fault of each request in turn, reproducibly for a seed: none for most requests.
 *
 * @param seed - any integer
 */
export function faultChooser(seed: number): () => Fault | undefined {
  let state = seed >>> 0;
  // The linear congruential generator of Numerical Recipes: the order only has to look random.
  const next = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return () => (next(RARITY) === 0 ? FAULTS[next(FAULTS.length)] : undefined);
}
