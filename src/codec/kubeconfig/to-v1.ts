import type { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import type { ExecConfig } from "../../api/exec.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { encodeBase64 } from "../base64.ts";
import { sortedByName, withSortedKeys } from "../go-order.ts";

/**
 * The v1 document of a Config: what `kubectl config view -o json` prints, with the fields in the order of
 * client-go's v1 types and entries sorted by name. A list without entries is null, as in kubectl.
 */
export function configToV1(config: Config): JsonObject {
  return object([
    ["kind", "Config"],
    ["apiVersion", "v1"],
    ["preferences", omitIfEmpty(preferencesToV1(config.preferences))],
    ["clusters", entriesToV1(config.clusters, "cluster", clusterToV1) ?? null],
    ["users", entriesToV1(config.authInfos, "user", authInfoToV1) ?? null],
    ["contexts", entriesToV1(config.contexts, "context", contextToV1) ?? null],
    ["current-context", config.currentContext],
    ["extensions", extensionsToV1(config.extensions)],
  ]);
}

/** A field of `undefined` is left out: Go's `omitempty`. */
type Fields = readonly (readonly [name: string, value: JsonValue | undefined])[];

function object(fields: Fields): JsonObject {
  const entries = new Map<string, JsonValue>();
  for (const [name, value] of fields) {
    if (value !== undefined) {
      entries.set(name, value);
    }
  }
  return entries;
}

function omitIfEmpty(value: JsonObject): JsonObject | undefined {
  return value.size === 0 ? undefined : value;
}

function orOmit<T extends string | boolean>(value: T): T | undefined {
  return value || undefined;
}

function bytesToV1(data: Uint8Array | undefined): string | undefined {
  return data === undefined || data.length === 0 ? undefined : encodeBase64(data);
}

/** The entries as a list of `{name, [field]: entry}`, sorted by name; undefined when there are none. */
function entriesToV1<T>(
  entries: ReadonlyMap<string, T>,
  field: string,
  toV1: (entry: T) => JsonValue,
): readonly JsonValue[] | undefined {
  if (entries.size === 0) {
    return undefined;
  }
  return sortedByName(entries).map(([name, entry]) => namedToV1(name, field, toV1(entry)));
}

/** An element of a list of named entries. */
export function namedToV1(name: string, field: string, entry: JsonValue): JsonObject {
  return object([
    ["name", name],
    [field, entry],
  ]);
}

function extensionsToV1(extensions: ReadonlyMap<string, JsonValue>): readonly JsonValue[] | undefined {
  return entriesToV1(extensions, "extension", withSortedKeys);
}

function preferencesToV1({ colors, extensions }: Config["preferences"]): JsonObject {
  return object([
    ["colors", orOmit(colors)],
    ["extensions", extensionsToV1(extensions)],
  ]);
}

/** An entry as it stands in a file, with its fields in the order of client-go's v1 type. */
export function clusterToV1(cluster: Cluster): JsonObject {
  return object([
    ["server", cluster.server],
    ["tls-server-name", orOmit(cluster.tlsServerName)],
    ["insecure-skip-tls-verify", orOmit(cluster.insecureSkipTlsVerify)],
    ["certificate-authority", orOmit(cluster.certificateAuthority)],
    ["certificate-authority-data", bytesToV1(cluster.certificateAuthorityData)],
    ["proxy-url", orOmit(cluster.proxyUrl)],
    ["disable-compression", orOmit(cluster.disableCompression)],
    ["extensions", extensionsToV1(cluster.extensions)],
  ]);
}

/** An entry as it stands in a file, with its fields in the order of client-go's v1 type. */
export function authInfoToV1(user: AuthInfo): JsonObject {
  return object([
    ["client-certificate", orOmit(user.clientCertificate)],
    ["client-certificate-data", bytesToV1(user.clientCertificateData)],
    ["client-key", orOmit(user.clientKey)],
    ["client-key-data", bytesToV1(user.clientKeyData)],
    ["token", orOmit(user.token)],
    ["tokenFile", orOmit(user.tokenFile)],
    ["as", orOmit(user.impersonate)],
    ["as-uid", orOmit(user.impersonateUid)],
    ["as-groups", user.impersonateGroups.length === 0 ? undefined : user.impersonateGroups],
    ["as-user-extra", omitIfEmpty(sortedObject(user.impersonateUserExtra))],
    ["username", orOmit(user.username)],
    ["password", orOmit(user.password)],
    ["auth-provider", user.authProvider && authProviderToV1(user.authProvider)],
    ["exec", user.exec && execToV1(user.exec)],
    ["extensions", extensionsToV1(user.extensions)],
  ]);
}

function authProviderToV1({ name, config }: AuthProviderConfig): JsonObject {
  return object([
    ["name", name],
    ["config", config === undefined ? null : sortedObject(config)],
  ]);
}

/** Go prints maps in the order of their keys. */
function sortedObject(map: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  return new Map(sortedByName(map).map(([key, value]) => [key, value ?? null]));
}

function execToV1(exec: ExecConfig): JsonObject {
  return object([
    ["command", exec.command],
    ["args", exec.args ?? null],
    [
      "env",
      exec.env?.map(({ name, value }) =>
        object([
          ["name", name],
          ["value", value],
        ]),
      ) ?? null,
    ],
    ["apiVersion", orOmit(exec.apiVersion)],
    ["installHint", orOmit(exec.installHint)],
    ["provideClusterInfo", exec.provideClusterInfo],
    ["interactiveMode", orOmit(exec.interactiveMode)],
  ]);
}

/** An entry as it stands in a file, with its fields in the order of client-go's v1 type. */
export function contextToV1(context: Context): JsonObject {
  return object([
    ["cluster", context.cluster],
    ["user", context.authInfo],
    ["namespace", orOmit(context.namespace)],
    ["extensions", extensionsToV1(context.extensions)],
  ]);
}
