import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import type { Position } from "../../api/position.ts";
import { VERSION } from "../../package-version.ts";

/** SARIF's severities. */
export type SarifLevel = "error" | "warning" | "note";

/** A kind of problem, as code scanners list it. */
export interface SarifRule {
  readonly id: string;
  /** A sentence. */
  readonly title: string;
  readonly explanation?: string;
  /** How to fix it. */
  readonly help?: string;
  readonly level?: SarifLevel;
}

/** A problem. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  readonly text: string;
  /** Undefined or `""` for a problem without a file. */
  readonly file: string | undefined;
  readonly position: Position | undefined;
}

/** Writes a SARIF 2.1.0 log of one run. */
export function sarifLog(rules: readonly SarifRule[], results: readonly SarifResult[]): JsonObject {
  const driver = object({ name: "kcfg", version: VERSION, rules: rules.map(rule) });
  return object({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [object({ tool: object({ driver }), results: results.map(result) })],
  });
}

function rule({ id, title, explanation, help, level }: SarifRule): JsonObject {
  return object({
    id,
    shortDescription: object({ text: title }),
    ...(explanation !== undefined && { fullDescription: object({ text: explanation }) }),
    ...(help !== undefined && { help: object({ text: help }) }),
    ...(level !== undefined && { defaultConfiguration: object({ level }) }),
  });
}

function result({ ruleId, level, text, file, position }: SarifResult): JsonObject {
  const region = position && object({ startLine: position.line, startColumn: position.column });
  const artifactLocation = object({ uri: uriOf(file ?? "") });
  const physicalLocation = object({ artifactLocation, ...(region && { region }) });
  return object({
    ruleId,
    level,
    message: object({ text }),
    ...(file !== undefined && file !== "" && { locations: [object({ physicalLocation })] }),
  });
}

/** Returns a path as a URI reference, with slashes. */
function uriOf(file: string): string {
  const path = file
    .replaceAll(/[\ud800-\udfff]/gu, "\ufffd")
    .replaceAll("\\", "/")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  if (path.startsWith("/")) {
    return `file://${path}`;
  }
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace("%3A", ":")}` : path;
}

function object(members: Readonly<Record<string, JsonValue>>): JsonObject {
  return new Map(Object.entries(members));
}
