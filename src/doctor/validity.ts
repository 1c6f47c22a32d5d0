import type { CertificateFacts } from "./certificates.ts";
import { describeMoment, describeTime } from "./describe.ts";

/** The state of a certificate or a token at present. */
export type Validity = "expired" | "expiring" | "not-yet-valid" | "valid";

/** The present time, and the limit of "soon". */
export interface Clock {
  readonly now: number;
  readonly expiringWithin: number;
}

export function validityOf(
  { notBefore, notAfter }: Pick<CertificateFacts, "notBefore" | "notAfter">,
  { now, expiringWithin }: Clock,
): Validity {
  if (now > notAfter) {
    return "expired";
  }
  if (now < notBefore) {
    return "not-yet-valid";
  }
  return notAfter - now <= expiringWithin ? "expiring" : "valid";
}

/** Describes a validity: `expired 3 days ago, at 2025-12-29T00:00:00Z`. */
export function describeValidity(
  validity: Exclude<Validity, "valid">,
  { notBefore, notAfter }: Pick<CertificateFacts, "notBefore" | "notAfter">,
  { now }: Clock,
): string {
  switch (validity) {
    case "expired":
      return `expired ${describeTime(now - notAfter)} ago, at ${describeMoment(notAfter)}`;
    case "expiring":
      return `expires in ${describeTime(notAfter - now)}, at ${describeMoment(notAfter)}`;
    default:
      return `becomes valid in ${describeTime(notBefore - now)}, at ${describeMoment(notBefore)}`;
  }
}
