import type { JsonObject } from "../../../api/json-value.ts";
import type { PluginReport } from "../../../api/plugin-report.ts";
import type { Position } from "../../../api/position.ts";
import type { PolicyNote } from "../../../loading/policy-notes.ts";
import { describeNote } from "../../../loading/policy-notes.ts";
import type { SarifResult, SarifRule } from "../sarif.ts";
import { sarifLog } from "../sarif.ts";

const RULES: readonly SarifRule[] = [
  { id: "plugin-denied", title: "The policy refuses a credential plugin that a kubeconfig names." },
  { id: "plugin-missing", title: "A credential plugin that a kubeconfig names cannot be started." },
  { id: "requirements-unreadable", title: "The plugin requirements cannot be obeyed, so no plugin may run." },
  { id: "not-required", title: "No entry of the plugin requirements names a credential plugin." },
  {
    id: "arguments-not-allowed",
    title: "The plugin requirements refuse the arguments of a credential plugin.",
  },
  {
    id: "environment-not-allowed",
    title: "The plugin requirements refuse a variable of a credential plugin.",
  },
  {
    id: "digest-mismatch",
    title: "A credential plugin has none of the digests that the plugin requirements demand.",
  },
  { id: "policy-allows-launcher", title: "An entry of the allowlist allows every program." },
  { id: "policy-ignored", title: "kubectl does not heed a plugin policy that somebody wrote." },
  { id: "policy-required", title: "No plugin policy is in force." },
];

/** Facts for a code scanner that a report does not have. */
export interface SarifContext {
  /** Whether a policy that denies plugins is required. */
  readonly requirePolicy: boolean;
  /** The entries of the allowlist that allow every program. */
  readonly launchers: readonly PolicyNote[];
  /** Returns the position of a plugin's command in its kubeconfig. */
  readonly locate: (file: string, user: string) => Position | undefined;
}

/** Writes a report as a SARIF 2.1.0 log: a result for everything that makes `kcfg check-plugins` fail. */
export function reportSarif(
  report: PluginReport,
  { requirePolicy, launchers, locate }: SarifContext,
): JsonObject {
  const { policy, requirements, plugins } = report;
  return sarifLog(RULES, [
    ...plugins
      .filter(({ status }) => status !== "allowed")
      .map((plugin) =>
        result(
          RULES.some(({ id }) => id === plugin.rule) ? plugin.rule : `plugin-${plugin.status}`,
          `user ${JSON.stringify(plugin.user)}: ${plugin.reason}`,
          plugin.origin,
          locate(plugin.origin, plugin.user),
        ),
      ),
    ...requirements.flatMap(({ file, fault }) =>
      fault === undefined ? [] : [result("requirements-unreadable", fault, file)],
    ),
    ...launchers.map((note): SarifResult => {
      const position = note.line === undefined ? undefined : { line: note.line, column: 1 };
      const level = requirePolicy ? "error" : "warning";
      return { ruleId: "policy-allows-launcher", level, text: note.message, file: note.file, position };
    }),
    ...(policy.ignored
      ? policy.warnings
          .filter((warning) => !launchers.some((note) => describeNote(note) === warning))
          .map((warning) => result("policy-ignored", warning, policy.source))
      : []),
    ...(requirePolicy && !policy.enforced
      ? [result("policy-required", "no plugin policy is in force", policy.source)]
      : []),
  ]);
}

function result(ruleId: string, text: string, file: string | undefined, position?: Position): SarifResult {
  return { ruleId, level: "error", text, file, position };
}
