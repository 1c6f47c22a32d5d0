import { redactedClusterFields, redactedUserFields } from "../../clientcmd/redacted-fields.ts";
import type { FindingCode } from "../codes.ts";
import { subjectOf } from "../describe.ts";
import type { EntryKind, ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Finding } from "../finding.ts";

/** Checks for the placeholders that `kubectl config view` prints without `--raw`. */
export function* checkRedactedValues(facts: ExaminationInput): Generator<Finding> {
  for (const [name, cluster] of scoped(facts, "cluster", facts.merged.clusters)) {
    yield* reportFields(facts, "cluster", name, redactedClusterFields(cluster));
  }
  for (const [name, user] of scoped(facts, "user", facts.merged.authInfos)) {
    yield* reportFields(facts, "user", name, redactedUserFields(user));
  }
}

function* reportFields(
  facts: ExaminationInput,
  kind: EntryKind,
  name: string,
  fields: readonly string[],
): Generator<Finding> {
  const [first] = fields;
  if (first !== undefined) {
    const what = fields.length === 1 ? `${first} is a placeholder` : `${fields.join(", ")} are placeholders`;
    yield findingAt("redacted-values", facts.locate(kind, name, first), {
      subject: subjectOf(kind, name),
      message: `Its ${what}: the file was made by "kubectl config view" without --raw.`,
    });
  }
}

/** The findings that a placeholder causes. */
const CONSEQUENCES: ReadonlySet<FindingCode> = new Set([
  "ca-unusable",
  "client-certificate-unusable",
  "client-key-unusable",
  "inline-password",
  "inline-token",
  "several-auth-methods",
]);

/** Removes findings about the entries with placeholders that only follow from those. */
export function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const redacted = new Set(findings.filter(({ code }) => code === "redacted-values").map(entryOf));
  return redacted.size === 0
    ? findings
    : findings.filter((finding) => !CONSEQUENCES.has(finding.code) || !redacted.has(entryOf(finding)));
}

function entryOf({ file, subject }: Finding): string {
  return `${subject} ${file ?? ""}`;
}
