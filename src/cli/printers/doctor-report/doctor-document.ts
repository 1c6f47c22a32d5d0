import type { JsonObject, JsonValue } from "../../../api/json-value.ts";
import type { Diagnosis, Finding } from "../../../doctor/finding.ts";
import { SEVERITIES } from "../../../doctor/finding.ts";

/** The version of the document's schema: grows with each change that programs must know of. */
const SCHEMA_VERSION = 1;

/**
 * Converts a diagnosis to the document that `schemas/doctor.schema.json` describes.
 *
 * @param fixed - the fixes, made or planned, a line each; undefined without `--fix`
 */
export function doctorDocument(diagnosis: Diagnosis, fixed: readonly string[] | undefined): JsonObject {
  const { files, findings, omitted } = diagnosis;
  return object({
    schemaVersion: SCHEMA_VERSION,
    files,
    findings: findings.map(findingDocument),
    omitted: new Map<string, JsonValue>(omitted),
    summary: object(
      Object.fromEntries(
        SEVERITIES.map((each) => [each, findings.filter(({ severity }) => severity === each).length]),
      ),
    ),
    ...(fixed && { fixed }),
  });
}

function findingDocument({ position, ...finding }: Finding): JsonObject {
  return object({
    code: finding.code,
    severity: finding.severity,
    file: finding.file ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    subject: finding.subject,
    message: finding.message,
    hint: finding.hint,
    fixable: finding.fix !== undefined,
  });
}

function object(members: Readonly<Record<string, JsonValue>>): JsonObject {
  return new Map(Object.entries(members));
}
