import type { ExecClusterInfo, ExecCredentialStatus } from "../../api/exec-credential.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { encodeBase64 } from "../../go/base64.ts";
import { withSortedKeys } from "../../go/order.ts";
import { writeJson } from "../../go/json.ts";

/** What a plugin is asked: the `spec` of an ExecCredential. */
export interface ExecCredentialSpec {
  /** Whether the plugin is given standard input. */
  readonly interactive: boolean;
  /** Undefined if the plugin did not ask for it. */
  readonly cluster: ExecClusterInfo | undefined;
}

/**
 * Writes the value of KUBERNETES_EXEC_INFO to the byte as client-go's `runtime.Encode(codecs.LegacyCodec(…), cred)`,
 * which v1 and v1beta1 have alike. There is a newline at the end.
 */
export function encodeExecInfo(apiVersion: string, spec: ExecCredentialSpec): string {
  return encode(apiVersion, spec, undefined);
}

/**
 * Writes an ExecCredential as a plugin prints it. The expiry is cut to whole seconds, as apimachinery writes times.
 * There is a newline at the end.
 */
export function encodeExecCredential(apiVersion: string, status: ExecCredentialStatus): string {
  return encode(apiVersion, { interactive: false, cluster: undefined }, status);
}

function encode(
  apiVersion: string,
  spec: ExecCredentialSpec,
  status: ExecCredentialStatus | undefined,
): string {
  const document = object([
    ["kind", "ExecCredential"],
    ["apiVersion", apiVersion],
    [
      "spec",
      object([
        ["cluster", spec.cluster && clusterObject(spec.cluster)],
        ["interactive", spec.interactive],
      ]),
    ],
    ["status", status && statusObject(status)],
  ]);
  return `${writeJson(document)}\n`;
}

function clusterObject(cluster: ExecClusterInfo): JsonObject {
  const data = cluster.certificateAuthorityData;
  return object([
    ["server", cluster.server],
    ["tls-server-name", cluster.tlsServerName || undefined],
    ["insecure-skip-tls-verify", cluster.insecureSkipTlsVerify || undefined],
    ["certificate-authority-data", data === undefined || data.length === 0 ? undefined : encodeBase64(data)],
    ["proxy-url", cluster.proxyUrl || undefined],
    ["disable-compression", cluster.disableCompression || undefined],
    // Go's `omitempty` has no effect on a struct, so that this one is always there.
    ["config", cluster.config === undefined ? null : withSortedKeys(cluster.config)],
  ]);
}

function statusObject(status: ExecCredentialStatus): JsonObject {
  const { expirationTimestamp } = status;
  return object([
    ["expirationTimestamp", expirationTimestamp === undefined ? undefined : formatTime(expirationTimestamp)],
    ["token", status.token || undefined],
    ["clientCertificateData", status.clientCertificateData || undefined],
    ["clientKeyData", status.clientKeyData || undefined],
  ]);
}

/** RFC 3339 in UTC, in whole seconds. */
function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** An object of those members that are not undefined. */
function object(members: readonly (readonly [string, JsonValue | undefined])[]): JsonObject {
  const result = new Map<string, JsonValue>();
  for (const [key, value] of members) {
    if (value !== undefined) {
      result.set(key, value);
    }
  }
  return result;
}
