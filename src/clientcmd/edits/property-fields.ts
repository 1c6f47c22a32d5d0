import type { AuthInfoFields } from "../../api/auth-info.ts";
import type { ClusterFields } from "../../api/cluster.ts";
import type { Context } from "../../api/config.ts";

/**
 * What a property holds: a string, a boolean or bytes can be set; a list, a map of lists, extensions and a structure of
 * its own can only be unset.
 */
export type PropertyKind = "string" | "boolean" | "bytes" | "strings" | "lists" | "extensions" | "structure";

/** The properties of a kind of entry: their name on the command line, then the field and what it holds. */
export type PropertyFields<F> = ReadonlyMap<string, readonly [field: keyof F & string, kind: PropertyKind]>;

/**
 * The names are those of client-go's internal types, which is why one sets `act-as` where the file says `as`.
 */
export const CLUSTER_PROPERTIES: PropertyFields<ClusterFields> = new Map([
  ["server", ["server", "string"]],
  ["tls-server-name", ["tlsServerName", "string"]],
  ["insecure-skip-tls-verify", ["insecureSkipTlsVerify", "boolean"]],
  ["certificate-authority", ["certificateAuthority", "string"]],
  ["certificate-authority-data", ["certificateAuthorityData", "bytes"]],
  ["proxy-url", ["proxyUrl", "string"]],
  ["disable-compression", ["disableCompression", "boolean"]],
  ["extensions", ["extensions", "extensions"]],
]);

export const USER_PROPERTIES: PropertyFields<AuthInfoFields> = new Map([
  ["client-certificate", ["clientCertificate", "string"]],
  ["client-certificate-data", ["clientCertificateData", "bytes"]],
  ["client-key", ["clientKey", "string"]],
  ["client-key-data", ["clientKeyData", "bytes"]],
  ["token", ["token", "string"]],
  ["tokenFile", ["tokenFile", "string"]],
  ["act-as", ["impersonate", "string"]],
  ["act-as-uid", ["impersonateUid", "string"]],
  ["act-as-groups", ["impersonateGroups", "strings"]],
  ["act-as-user-extra", ["impersonateUserExtra", "lists"]],
  ["username", ["username", "string"]],
  ["password", ["password", "string"]],
  ["auth-provider", ["authProvider", "structure"]],
  ["exec", ["exec", "structure"]],
  ["extensions", ["extensions", "extensions"]],
]);

export const CONTEXT_PROPERTIES: PropertyFields<Context> = new Map([
  ["cluster", ["cluster", "string"]],
  ["user", ["authInfo", "string"]],
  ["namespace", ["namespace", "string"]],
  ["extensions", ["extensions", "extensions"]],
]);
