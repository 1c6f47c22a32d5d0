import type { AuthProviderConfig } from "../../api/auth-info.ts";
import type { ExecConfig } from "../../api/exec.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { REDACTED, redactUrlPassword, redactValues } from "../../api/redaction.ts";
import type { ImpersonationConfig, RestConfig, TlsClientConfig } from "../../api/rest-config.ts";
import { formatGoDuration } from "../../go/duration.ts";
import { encodeBase64 } from "../../go/base64.ts";
import type { EffectiveNamespace } from "../../loading/client-config.ts";

/** Replaces certificates, as in `kcfg view`. */
const OMITTED = "DATA+OMITTED";

/**
 * Converts the effective client configuration to the document of `kcfg resolve`: the fields of a RestConfig that are
 * set, `host` always, and the namespace.
 *
 * @param raw - whether to show secrets and certificates
 */
export function resolvedDocument(
  config: RestConfig,
  { namespace, overridden }: EffectiveNamespace,
  raw: boolean,
): JsonObject {
  const secret = (text: string): string => (raw || text === "" ? text : REDACTED);
  const url = raw ? (text: string) => text : redactUrlPassword;
  return new Map([
    ["host", url(config.host)],
    ["namespace", namespace],
    ["namespaceOverridden", overridden],
    ...set({
      username: config.username,
      password: secret(config.password),
      bearerToken: secret(typeof config.bearerToken === "string" ? config.bearerToken : ""),
      bearerTokenFile: config.bearerTokenFile,
      impersonate: impersonationDocument(config.impersonate),
      authProvider: config.authProvider && authProviderDocument(config.authProvider, raw),
      execProvider:
        config.execProvider && execDocument(raw ? config.execProvider : redact(config.execProvider)),
      execClusterConfig: raw || config.execClusterConfig === undefined ? config.execClusterConfig : REDACTED,
      tls: tlsDocument(config.tls, raw),
      timeout: config.timeout === 0 ? "" : formatGoDuration(config.timeout),
      disableCompression: config.disableCompression,
      proxyUrl: url(config.proxyUrl),
    }),
  ]);
}

/** Returns the fields that are set: not empty, false or missing. */
function set(fields: Readonly<Record<string, JsonValue | undefined>>): readonly [string, JsonValue][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || value === "" || value === false || isEmpty(value) ? [] : [[name, value]],
  );
}

function isEmpty(value: JsonValue): boolean {
  return (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
}

function impersonationDocument({ userName, uid, groups, extra }: ImpersonationConfig): JsonObject {
  return new Map(set({ userName, uid, groups, extra }));
}

function authProviderDocument({ name, config }: AuthProviderConfig, raw: boolean): JsonObject {
  return new Map(set({ name, config: raw ? config : config && redactValues(config) }));
}

function redact(exec: ExecConfig): ExecConfig {
  return exec.with(exec.toJSON());
}

function execDocument(exec: ExecConfig): JsonObject {
  const { command, args, apiVersion, installHint, interactiveMode, provideClusterInfo } = exec;
  const env = exec.env?.map(({ name, value }) => new Map(Object.entries({ name, value })));
  return new Map(set({ apiVersion, command, args, env, installHint, interactiveMode, provideClusterInfo }));
}

function tlsDocument(tls: TlsClientConfig, raw: boolean): JsonObject {
  const { insecure, serverName, caFile, certFile, keyFile } = tls;
  const data = (bytes: Uint8Array | undefined, stand: string): string =>
    bytes === undefined || bytes.length === 0 ? "" : raw ? encodeBase64(bytes) : stand;
  return new Map(
    set({
      insecure,
      serverName,
      caFile,
      caData: data(tls.caData, OMITTED),
      certFile,
      certData: data(tls.certData, OMITTED),
      keyFile,
      keyData: data(tls.keyData, REDACTED),
    }),
  );
}
