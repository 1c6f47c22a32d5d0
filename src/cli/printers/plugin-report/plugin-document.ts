import type { AllowlistEntry } from "../../../api/plugin-policy.ts";
import type { DigestReport, PluginOutcome, PluginReport, PolicyReport } from "../../../api/plugin-report.ts";
import type { JsonObject, JsonValue } from "../../../api/json-value.ts";

/** Converts a report to the document that `schemas/check-plugins.schema.json` describes. */
export function reportDocument(report: PluginReport): JsonObject {
  return new Map<string, JsonValue>([
    ["policy", policyDocument(report.policy)],
    [
      "requirements",
      report.requirements.map(
        ({ file, fault }) =>
          new Map<string, JsonValue>([
            ["file", file],
            ["fault", fault ?? null],
          ]),
      ),
    ],
    ["plugins", report.plugins.map(pluginDocument)],
  ]);
}

function policyDocument(policy: PolicyReport): JsonObject {
  return new Map<string, JsonValue>([
    ["credentialPluginPolicy", policy.credentialPluginPolicy],
    ["credentialPluginAllowlist", policy.credentialPluginAllowlist?.map(entryDocument) ?? null],
    ["source", policy.source ?? null],
    ["enforced", policy.enforced],
    ["ignored", policy.ignored],
    ["warnings", policy.warnings],
  ]);
}

function pluginDocument(plugin: PluginOutcome): JsonObject {
  return new Map<string, JsonValue>([
    ["user", plugin.user],
    ["contexts", plugin.contexts],
    ["command", plugin.command],
    ["resolvedPath", plugin.resolvedPath ?? null],
    ["status", plugin.status],
    ["matchedEntry", plugin.matchedEntry === undefined ? null : entryDocument(plugin.matchedEntry)],
    ["reason", plugin.reason],
    ["rule", plugin.rule],
    ["digests", plugin.digests === undefined ? null : digestsDocument(plugin.digests)],
    ["origin", plugin.origin],
  ]);
}

function digestsDocument({ demanded, found }: DigestReport): JsonObject {
  return new Map<string, JsonValue>([
    ["demanded", demanded],
    ["found", found ?? null],
  ]);
}

/** Converts an entry of the allowlist to what a kuberc has. */
function entryDocument({ command }: AllowlistEntry): JsonObject {
  return new Map([["command", command]]);
}
