import type { Severity } from "./finding.ts";

/** The documentation of a code. */
export interface CodeFacts {
  readonly severity: Severity;
  /** A short sentence, without a period. */
  readonly title: string;
  /** Its meaning, and kubectl's behaviour. */
  readonly explanation: string;
  /** The default hint. */
  readonly hint: string;
}
