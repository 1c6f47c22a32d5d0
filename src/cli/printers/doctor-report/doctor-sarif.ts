import type { JsonObject } from "../../../api/json-value.ts";
import { CODES, codeFacts, isFindingCode } from "../../../doctor/codes.ts";
import type { Diagnosis, Severity } from "../../../doctor/finding.ts";
import type { SarifLevel, SarifRule } from "../sarif.ts";
import { sarifLog } from "../sarif.ts";

const LEVELS: Readonly<Record<Severity, SarifLevel>> = { error: "error", warning: "warning", info: "note" };

/** Writes a diagnosis as a SARIF 2.1.0 log, with every code as a rule. */
export function doctorSarif({ findings }: Diagnosis): JsonObject {
  return sarifLog(
    rules(),
    findings.map(({ code, severity, subject, message, hint, file, position }) => ({
      ruleId: code,
      level: LEVELS[severity],
      text: `${subject === "" ? "" : `${subject}: `}${message} ${hint}`,
      file,
      position,
    })),
  );
}

function rules(): readonly SarifRule[] {
  return Object.keys(CODES)
    .filter(isFindingCode)
    .map((id) => {
      const { title, explanation, hint, severity } = codeFacts(id);
      return { id, title: `${title}.`, explanation, help: hint, level: LEVELS[severity] };
    });
}
