import { EXEC_CREDENTIAL_FIELDS } from "../../api/exec-credential-fields.ts";
import type {
  ExecCredentialFields,
  ExecCredentialSpec,
  ExecCredentialStatus,
} from "../../api/exec-credential.ts";
import { writeJson } from "../../go/json.ts";
import { encodeFields } from "../json/encode-fields.ts";

/**
 * Encodes the value of KUBERNETES_EXEC_INFO, byte for byte as client-go's `runtime.Encode(codecs.LegacyCodec(…), cred)`,
 * which is the same for v1 and v1beta1. It ends with a newline.
 */
export function encodeExecInfo(apiVersion: string, spec: ExecCredentialSpec): string {
  return encode({ kind: "ExecCredential", apiVersion, spec, status: undefined });
}

/**
 * Encodes an ExecCredential as a plugin prints it. The expiry is truncated to whole seconds, as in apimachinery. It ends
 * with a newline.
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
