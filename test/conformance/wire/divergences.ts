import type { WireCase, WireOutcome } from "./wire-case.ts";

/** Something that kcfg does otherwise on purpose, or that Node does not let it do. */
export interface WireDivergence {
  readonly reason: string;
  readonly applies: (wanted: WireCase, kubectl: WireOutcome) => boolean;
  /** What kcfg does instead, made of what kubectl did. */
  readonly instead: (kubectl: WireOutcome, kcfg: WireOutcome) => WireOutcome;
}

/** Every wanted difference. One that has become equal fails the tests. */
export const wireDivergences: readonly WireDivergence[] = [];

export function wireDivergenceOf(wanted: WireCase, kubectl: WireOutcome): WireDivergence | undefined {
  return wireDivergences.find((each) => each.applies(wanted, kubectl));
}
