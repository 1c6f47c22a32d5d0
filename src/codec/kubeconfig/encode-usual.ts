import type { AuthInfo } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import type { ExecConfig } from "../../api/exec.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { emitYaml } from "../yaml/emit.ts";
import { isYamlHazard } from "../yaml/json-hazard.ts";
import { sortedByName } from "../go-order.ts";
import { authInfoToV1, clusterToV1, contextToV1, namedToV1 } from "./to-v1.ts";
import { YamlLines } from "./yaml-lines.ts";

/**
 * Writes a config without the detour over generic values, which would take most of the time: the fields of an entry are
 * known, so the layout and go-yaml's order of keys are too. Entries with free-form data take the detour by themselves.
 *
 * @returns undefined for a config that has to take the detour as a whole
 */
export function encodeUsual(config: Config): string | undefined {
  const { preferences, extensions } = config;
  if (preferences.colors || preferences.extensions.size > 0 || extensions.size > 0) return undefined;
  const lines = new YamlLines();
  lines.line("apiVersion: v1");
  writeEntries(lines, "clusters", config.clusters, CLUSTER);
  writeEntries(lines, "contexts", config.contexts, CONTEXT);
  lines.string("", "current-context", config.currentContext);
  lines.line("kind: Config");
  writeEntries(lines, "users", config.authInfos, USER);
  return lines.hazard ? undefined : lines.text;
}

/** How the entries of one list are written. */
interface EntryFormat<T> {
  /** The key that an entry stands under, beside its name. */
  readonly field: string;
  /** Whether an entry has no free-form data. */
  readonly isUsual: (entry: T) => boolean;
  readonly write: (lines: YamlLines, name: string, entry: T) => void;
  /** The detour. */
  readonly toV1: (entry: T) => JsonValue;
}

function writeEntries<T>(
  lines: YamlLines,
  list: string,
  entries: ReadonlyMap<string, T>,
  { field, isUsual, write, toV1 }: EntryFormat<T>,
): void {
  if (entries.size === 0) {
    lines.line(`${list}: null`);
    return;
  }
  lines.line(`${list}:`);
  for (const [name, entry] of sortedByName(entries)) {
    if (isUsual(entry)) {
      write(lines, name, entry);
    } else {
      writeUnusual(lines, namedToV1(name, field, toV1(entry)));
    }
  }
}

/** An entry of a list at the left margin looks as if the list were the whole document. */
function writeUnusual(lines: YamlLines, entry: JsonValue): void {
  if (isYamlHazard(entry)) lines.hazard = true;
  lines.append(emitYaml([entry]));
}

const CLUSTER: EntryFormat<Cluster> = {
  field: "cluster",
  isUsual: ({ extensions }) => extensions.size === 0,
  toV1: clusterToV1,
  write(lines, name, cluster) {
    lines.line("- cluster:");
    lines.optional("    ", "certificate-authority", cluster.certificateAuthority);
    lines.bytes("    ", "certificate-authority-data", cluster.certificateAuthorityData);
    lines.flag("    ", "disable-compression", cluster.disableCompression);
    lines.flag("    ", "insecure-skip-tls-verify", cluster.insecureSkipTlsVerify);
    lines.optional("    ", "proxy-url", cluster.proxyUrl);
    lines.string("    ", "server", cluster.server);
    lines.optional("    ", "tls-server-name", cluster.tlsServerName);
    lines.string("  ", "name", name);
  },
};

const CONTEXT: EntryFormat<Context> = {
  field: "context",
  isUsual: ({ extensions }) => extensions.size === 0,
  toV1: contextToV1,
  write(lines, name, context) {
    lines.line("- context:");
    lines.string("    ", "cluster", context.cluster);
    lines.optional("    ", "namespace", context.namespace);
    lines.string("    ", "user", context.authInfo);
    lines.string("  ", "name", name);
  },
};

const USER: EntryFormat<AuthInfo> = {
  field: "user",
  // A user without any field is not a mapping of lines but `{}`.
  isUsual: (user) =>
    user.extensions.size === 0 &&
    user.authProvider === undefined &&
    user.impersonateUserExtra.size === 0 &&
    !isEmpty(user),
  toV1: authInfoToV1,
  write(lines, name, user) {
    lines.string("- ", "name", name);
    lines.line("  user:");
    lines.optional("    ", "as", user.impersonate);
    lines.list("    ", "as-groups", user.impersonateGroups);
    lines.optional("    ", "as-uid", user.impersonateUid);
    lines.optional("    ", "client-certificate", user.clientCertificate);
    lines.bytes("    ", "client-certificate-data", user.clientCertificateData);
    lines.optional("    ", "client-key", user.clientKey);
    lines.bytes("    ", "client-key-data", user.clientKeyData);
    if (user.exec !== undefined) writeExec(lines, user.exec);
    lines.optional("    ", "password", user.password);
    lines.optional("    ", "token", user.token);
    lines.optional("    ", "tokenFile", user.tokenFile);
    lines.optional("    ", "username", user.username);
  },
};

function isEmpty(user: AuthInfo): boolean {
  return (
    user.exec === undefined &&
    user.impersonateGroups.length === 0 &&
    (user.clientCertificateData?.length ?? 0) === 0 &&
    (user.clientKeyData?.length ?? 0) === 0 &&
    [
      user.clientCertificate,
      user.clientKey,
      user.impersonate,
      user.impersonateUid,
      user.password,
      user.token,
      user.tokenFile,
      user.username,
    ].every((text) => text === "")
  );
}

function writeExec(lines: YamlLines, exec: ExecConfig): void {
  lines.line("    exec:");
  lines.optional("      ", "apiVersion", exec.apiVersion);
  writeArgs(lines, exec.args);
  lines.string("      ", "command", exec.command);
  writeEnv(lines, exec.env);
  lines.optional("      ", "installHint", exec.installHint);
  lines.optional("      ", "interactiveMode", exec.interactiveMode);
  lines.line(`      provideClusterInfo: ${exec.provideClusterInfo}`);
}

function writeArgs(lines: YamlLines, args: ExecConfig["args"]): void {
  if (args === undefined || args.length === 0) {
    lines.line(`      args: ${args === undefined ? "null" : "[]"}`);
  } else {
    lines.list("      ", "args", args);
  }
}

function writeEnv(lines: YamlLines, env: ExecConfig["env"]): void {
  if (env === undefined || env.length === 0) {
    lines.line(`      env: ${env === undefined ? "null" : "[]"}`);
    return;
  }
  lines.line("      env:");
  for (const { name, value } of env) {
    lines.string("      - ", "name", name);
    lines.string("        ", "value", value);
  }
}
