import { countText, short, UNKNOWN } from "./numbers.ts";

/** Above this the time per context counts as growing: linear code still pays for a larger heap. */
const TOLERATED = 1.3;

/** What something took at one size, in milliseconds. */
export interface Sized {
  readonly contexts: number;
  readonly time: number;
}

/** Returns microseconds per context, for each size. */
export function perContext(sizes: readonly Sized[]): readonly string[] {
  return sizes.map(({ contexts, time }) => short((time * 1000) / contexts));
}

/**
 * Returns how the time per context changes between the last two sizes, flagged where it grows. Smaller sizes do not
 * count: there, the fixed cost of a call dominates.
 */
export function growth(sizes: readonly Sized[]): string {
  const [before, last] = sizes.toSorted((a, b) => a.contexts - b.contexts).slice(-2);
  if (before === undefined || last === undefined) {
    return UNKNOWN;
  }
  const factor = last.time / last.contexts / (before.time / before.contexts);
  if (!Number.isFinite(factor)) {
    return UNKNOWN;
  }
  return factor > TOLERATED ? `**grows: × ${factor.toFixed(1)}**` : `× ${factor.toFixed(1)}`;
}

export function sizeHeaders(sizes: readonly Sized[]): readonly string[] {
  return sizes.map(({ contexts }) => `${countText(contexts)} contexts`);
}
