import type { JsonObject, JsonValue } from "../../../api/json-value.ts";
import type { PluginReport } from "../../../api/plugin-report.ts";
import type { Position } from "../../../api/position.ts";
import { VERSION } from "../../../version.ts";

/** What can be wrong, as code scanners list it. */
const RULES: readonly (readonly [id: string, description: string])[] = [
  ["plugin-denied", "The policy refuses a credential plugin that a kubeconfig names."],
  ["plugin-missing", "A credential plugin that a kubeconfig names cannot be started."],
  ["policy-ignored", "kubectl does not heed a plugin policy that somebody wrote."],
  ["policy-required", "No plugin policy is in force."],
];

/** What a report does not tell, but a code scanner wants to know. */
export interface SarifContext {
  /** Whether a policy that keeps plugins from running is demanded. */
  readonly requirePolicy: boolean;
  /** Where in its kubeconfig a plugin's command stands. */
  readonly locate: (file: string, user: string) => Position | undefined;
}

/** Writes a report as a SARIF 2.1.0 log: a result for all that makes `kcfg check-plugins` fail. */
export function reportSarif(report: PluginReport, { requirePolicy, locate }: SarifContext): JsonObject {
  const { policy, plugins } = report;
  const results = [
    ...plugins
      .filter(({ status }) => status !== "allowed")
      .map((plugin) =>
        result(
          `plugin-${plugin.status}`,
          `user ${JSON.stringify(plugin.user)}: ${plugin.reason}`,
          plugin.origin,
          locate(plugin.origin, plugin.user),
        ),
      ),
    ...(policy.ignored
      ? policy.warnings.map((warning) => result("policy-ignored", warning, policy.source ?? "", undefined))
      : []),
    ...(requirePolicy && !policy.enforced
      ? [result("policy-required", "no plugin policy is in force", policy.source ?? "", undefined)]
      : []),
  ];
  const driver = object({
    name: "kcfg",
    version: VERSION,
    rules: RULES.map(([id, text]) => object({ id, shortDescription: object({ text }) })),
  });
  return object({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [object({ tool: object({ driver }), results })],
  });
}

function result(ruleId: string, text: string, file: string, position: Position | undefined): JsonObject {
  const region = position && object({ startLine: position.line, startColumn: position.column });
  const artifactLocation = object({ uri: uriOf(file) });
  const physicalLocation = object({ artifactLocation, ...(region && { region }) });
  return object({
    ruleId,
    level: "error",
    message: object({ text }),
    ...(file !== "" && { locations: [object({ physicalLocation })] }),
  });
}

/** A path as a URI reference, with slashes. */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) {
    return `file://${path}`;
  }
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace("%3A", ":")}` : path;
}

function object(members: Readonly<Record<string, JsonValue>>): JsonObject {
  return new Map(Object.entries(members));
}
