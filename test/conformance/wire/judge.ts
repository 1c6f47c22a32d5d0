import { wireDivergenceOf } from "./divergences.ts";
import type { WireDifference } from "./verdict.ts";
import { compareWire } from "./verdict.ts";
import type { WireCase, WireOutcome } from "./wire-case.ts";

/** The verdict on kcfg's outcome of a case. */
export interface WireVerdict {
  readonly differences: readonly WireDifference[];
  /** The reason of a divergence that is listed although kcfg does what kubectl does. */
  readonly needlesslyListed: string;
}

/** Checks kcfg's outcome by kubectl's and by the list of intended divergences. */
export function judgeWire(wanted: WireCase, kubectl: WireOutcome, kcfg: WireOutcome): WireVerdict {
  const divergence = wireDivergenceOf(wanted, kubectl);
  return {
    differences: compareWire(divergence?.instead(kubectl, kcfg) ?? kubectl, kcfg),
    needlesslyListed:
      divergence !== undefined && compareWire(kubectl, kcfg).length === 0 ? divergence.reason : "",
  };
}
