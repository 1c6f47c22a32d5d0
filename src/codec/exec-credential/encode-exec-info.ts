import { EXEC_CREDENTIAL_FIELDS } from "../../api/exec-credential-fields.ts";
import type {
  ExecCredentialFields,
  ExecCredentialSpec,
  ExecCredentialStatus,
} from "../../api/exec-credential.ts";
import { writeJson } from "../../go/json.ts";
import { encodeFields } from "../json/encode-fields.ts";

/**
 * Writes the value of KUBERNETES_EXEC_INFO to the byte as client-go's `runtime.Encode(codecs.LegacyCodec(…), cred)`,
 * which v1 and v1beta1 have alike. There is a newline at the end.
 */
export function encodeExecInfo(apiVersion: string, spec: ExecCredentialSpec): string {
  return encode({ kind: "ExecCredential", apiVersion, spec, status: undefined });
}

/**
 * Writes an ExecCredential as a plugin prints it. The expiry is cut to whole seconds, as apimachinery writes times.
 * There is a newline at the end.
 */
export function encodeExecCredential(apiVersion: string, status: ExecCredentialStatus): string {
  return encode({
    kind: "ExecCredential",
    apiVersion,
    spec: { cluster: undefined, interactive: false },
    status,
  });
}

function encode(credential: ExecCredentialFields): string {
  return `${writeJson(encodeFields(EXEC_CREDENTIAL_FIELDS, credential))}\n`;
}
