import type { Severity } from "./finding.ts";

/** What is to be said of all findings of one code. */
export interface CodeFacts {
  readonly severity: Severity;
  /** A short sentence, without a period. */
  readonly title: string;
  /** What it means, and what kubectl does about it. */
  readonly explanation: string;
  /** What to do about it, for whoever knows no more. */
  readonly hint: string;
}
