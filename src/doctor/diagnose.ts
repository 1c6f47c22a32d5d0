import type { Host } from "../host/host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { checkAuthMethods } from "./checks/auth-methods.ts";
import { checkAuthorities } from "./checks/authorities.ts";
import { checkClientCertificates } from "./checks/client-certificates.ts";
import { checkContexts } from "./checks/contexts.ts";
import { checkExecEntries } from "./checks/exec-entries.ts";
import { checkFiles } from "./checks/files.ts";
import { checkHazards } from "./checks/hazards.ts";
import { checkRedactedValues, withoutConsequences } from "./checks/redacted-values.ts";
import { checkPermissions } from "./checks/permissions.ts";
import { checkPlugins } from "./checks/check-plugin-decisions.ts";
import { checkPolicy } from "./checks/policy.ts";
import { checkLocks } from "./checks/stale-locks.ts";
import { checkServers } from "./checks/servers.ts";
import { checkShadowing } from "./checks/shadowed-entries.ts";
import { checkText } from "./checks/text-surprises.ts";
import { checkTokens } from "./checks/tokens.ts";
import { checkUnused } from "./checks/unused.ts";
import type { FindingCode } from "./codes.ts";
import { examine } from "./examine.ts";
import type { ExamineOptions } from "./examine.ts";
import type { Check, ExaminationInput } from "./examination-input.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { SEVERITIES } from "./finding.ts";

/** Options of {@link diagnose}. */
export interface DiagnoseOptions extends ExamineOptions {
  /** Codes that are not reported. */
  readonly ignore: ReadonlySet<FindingCode>;
}

/** The default of "soon": 30 days, in milliseconds. */
export const EXPIRING_WITHIN = 30 * 24 * 3_600_000;

const CHECKS: readonly Check[] = [
  checkFiles,
  checkLocks,
  checkText,
  checkRedactedValues,
  checkPermissions,
  checkShadowing,
  checkContexts,
  checkServers,
  checkAuthorities,
  checkAuthMethods,
  checkClientCertificates,
  checkTokens,
  checkHazards,
  checkExecEntries,
  checkPlugins,
  checkPolicy,
  checkUnused,
];

/** How many findings of one code are reported: nobody reads more, and a crafted file may have millions. */
const MOST_OF_A_CODE = 1000;

/** Examines kubeconfigs and what they name, as the library's `diagnose` does. */
export function diagnose(host: Host, rules: LoadingRules, options: DiagnoseOptions): Diagnosis {
  return diagnoseInput(examine(host, rules, options), options.ignore);
}

/** Runs the checks on what was examined. */
export function diagnoseInput(facts: ExaminationInput, ignore: ReadonlySet<FindingCode>): Diagnosis {
  const found: Finding[] = [];
  const counts = new Map<FindingCode, number>();
  for (const check of CHECKS) {
    for (const finding of check(facts)) {
      const { code } = finding;
      const count = ignore.has(code) ? Infinity : (counts.get(code) ?? 0) + 1;
      if (count <= MOST_OF_A_CODE) {
        found.push(finding);
      }
      if (count < Infinity) {
        counts.set(code, count);
      }
    }
  }
  const files = facts.files.map(({ file }) => file);
  return {
    files,
    findings: inOrder(withoutConsequences(withoutRepetition(found)), files),
    omitted: new Map(
      [...counts]
        .filter(([, count]) => count > MOST_OF_A_CODE)
        .map(([code, count]) => [code, count - MOST_OF_A_CODE]),
    ),
  };
}

/** Removes a refusal that is better explained by another finding: an unquoted word or a repeated name. */
function withoutRepetition(findings: readonly Finding[]): readonly Finding[] {
  const better = new Set(
    findings.filter(({ code }) => code === "yaml-not-text" || code === "duplicate-name").map(placeOf),
  );
  return findings.filter((finding) => finding.code !== "file-invalid" || !better.has(placeOf(finding)));
}

function placeOf({ file, position }: Finding): string {
  return `${position?.line ?? 0}:${position?.column ?? 0}:${file ?? ""}`;
}

/** Sorts findings: the kubeconfigs in their order, then other files, then findings without a file. */
function inOrder(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const ranks = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ file }: Finding): number =>
    file === undefined ? files.length + 1 : (ranks.get(file) ?? files.length);
  return findings.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      compare(a.file ?? "", b.file ?? "") ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
