import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import { DATA_OMITTED, REDACTED } from "../api/redaction.ts";

/** The words that `kubectl config view` prints instead of secrets and data. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([REDACTED, "DATA+OMITTED"]);

/** What a placeholder becomes where base64 is expected, and client-go's redacted client key. */
const PLACEHOLDER_DATA: readonly Uint8Array[] = [
  DATA_OMITTED,
  Buffer.from(REDACTED, "base64"),
  Buffer.from(REDACTED),
];

/**
 * Returns the fields of a cluster that hold a placeholder: it was written by `kubectl config view` without `--raw`, and
 * the real value is not there.
 */
export function redactedClusterFields({
  certificateAuthorityData,
  server,
  proxyUrl,
}: Cluster): readonly string[] {
  return fieldsWhere([
    ["certificate-authority-data", isPlaceholderData(certificateAuthorityData)],
    ["server", hasRedactedPassword(server)],
    ["proxy-url", hasRedactedPassword(proxyUrl)],
  ]);
}

/** Returns the fields of a user that hold a placeholder, as {@link redactedClusterFields} does. */
export function redactedUserFields(user: AuthInfo): readonly string[] {
  const { exec, authProvider } = user;
  const values = [...(exec?.args ?? []), ...(exec?.env ?? []).map(({ value }) => value)];
  return fieldsWhere([
    ["token", PLACEHOLDERS.has(user.token)],
    ["password", PLACEHOLDERS.has(user.password)],
    ["client-certificate-data", isPlaceholderData(user.clientCertificateData)],
    ["client-key-data", isPlaceholderData(user.clientKeyData)],
    ["exec", values.includes(REDACTED)],
    ["auth-provider", [...(authProvider?.config?.values() ?? [])].includes(REDACTED)],
  ]);
}

function fieldsWhere(fields: readonly (readonly [field: string, isRedacted: boolean])[]): readonly string[] {
  return fields.filter(([, isRedacted]) => isRedacted).map(([field]) => field);
}

function isPlaceholderData(data: Uint8Array | undefined): boolean {
  return data !== undefined && PLACEHOLDER_DATA.some((each) => Buffer.compare(each, data) === 0);
}

/** kcfg's own output hides the passwords of URLs. */
function hasRedactedPassword(url: string): boolean {
  return url.includes(`//${REDACTED}@`);
}
