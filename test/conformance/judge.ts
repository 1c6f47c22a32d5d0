import type { Difference } from "./compare.ts";
import { compare } from "./compare.ts";
import { divergenceOf } from "./divergences.ts";
import type { Case, Outcome } from "./vector.ts";

/** The verdict on kcfg's outcome of a case. */
export interface Verdict {
  /** Kcfg's wrong differences. */
  readonly differences: readonly Difference[];
  /** The reason of the intended divergence that applies. */
  readonly divergence?: string;
  /** Whether a divergence is listed although kcfg does what kubectl does. */
  readonly needlesslyListed: boolean;
}

/** Checks kcfg's outcome by kubectl's and by the list of intended divergences. */
export function judgeOutcome(wanted: Case, kubectl: Outcome, kcfg: Outcome): Verdict {
  const divergence = divergenceOf(wanted, kubectl);
  if (divergence === undefined) {
    return { differences: compare(kubectl, kcfg), needlesslyListed: false };
  }
  return {
    differences: compare(divergence.instead(kubectl, kcfg), kcfg),
    divergence: divergence.reason,
    needlesslyListed: compare(kubectl, kcfg).length === 0,
  };
}
