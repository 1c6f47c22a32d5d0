import { AuthInfo } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { Config } from "../../api/config.ts";
import { newConfig, newContext } from "../../api/config.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import { ExecConfig } from "../../api/exec.ts";
import { isInteractiveMode } from "../../api/exec-versions.ts";
import { base64ErrorOffset, decodeBase64 } from "../../go/base64.ts";
import { goBoolError, readGoBool } from "../../go/bool.ts";
import { readGoCsv } from "../../go/csv.ts";
import type { FieldKind } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import { zeroOf } from "../../api/struct.ts";
import type { PropertyTarget } from "./property-path.ts";
import { parsePropertyPath } from "./property-path.ts";

/**
 * Sets one value, and creates the entry if it is missing. Implements `kubectl config set`.
 *
 * @param path - such as `clusters.my-cluster.server`
 * @param isRaw - whether a value of bytes is given as such; otherwise it is base64
 * @throws Error in kubectl's words, without any value of the config
 */
export function setProperty(config: Config, path: string, value: string, isRaw: boolean): Config {
  const target = parsePropertyPath(path);
  switch (target.at) {
    case "current-context":
      return { ...config, currentContext: value };
    case "preferences.colors":
      return { ...config, preferences: { ...config.preferences, colors: parseBoolean(value) } };
    case "preferences":
      throw new Error(`unable to locate path "" under preferences: it is no single value`);
    case "field":
      return changeEntry(config, target, parseValue(target.field.kind, value, isRaw), true);
    case "exec":
      return changeExec(config, target, (exec) => setExecField(exec, target, value));
    default:
      throw new Error(`can't set a map to a value: ${path}`);
  }
}

/**
 * Removes a value, an entry or all entries. Implements `kubectl config unset`.
 *
 * @throws Error in kubectl's words
 */
export function unsetProperty(config: Config, path: string): Config {
  const target = parsePropertyPath(path);
  const none = newConfig();
  switch (target.at) {
    case "current-context":
      return { ...config, currentContext: "" };
    case "preferences":
      return { ...config, preferences: none.preferences };
    case "preferences.colors":
      return { ...config, preferences: { ...config.preferences, colors: false } };
    case "preferences.extensions":
      return { ...config, preferences: { ...config.preferences, extensions: new Map() } };
    case "extensions":
      return { ...config, extensions: new Map() };
    case "section":
      return { ...config, [SECTIONS[target.section].property]: new Map() };
    case "entry": {
      const { property } = SECTIONS[target.section];
      const entries = new Map<string, unknown>(config[property]);
      entries.delete(target.name);
      return { ...config, [property]: entries };
    }
    case "exec":
      if (!config.authInfos.has(target.name)) {
        throw new Error(`current map key \`${target.name}\` is invalid`);
      }
      return changeExec(config, target, (exec) => unsetExecField(exec, target));
    default:
      return changeEntry(config, target, undefined, false);
  }
}

type ExecTarget = PropertyTarget & { readonly at: "exec" };

function changeExec(
  config: Config,
  { name }: ExecTarget,
  change: (exec: ExecConfig | undefined) => ExecConfig | undefined,
): Config {
  const user = config.authInfos.get(name) ?? new AuthInfo();
  return put(config, "authInfos", name, user.with({ exec: change(user.exec) }));
}

/** Sets a field of a plugin. Lists are written as for `set-credentials`: `--exec-arg=a,b`, `--exec-env=A=1`. */
function setExecField(
  exec: ExecConfig = new ExecConfig(),
  { key, variable }: ExecTarget,
  text: string,
): ExecConfig {
  switch (key) {
    case "args":
      return exec.with({ args: readGoCsv(text) });
    case "env":
      return exec.with({
        env: variable === undefined ? readGoCsv(text).map(readVariable) : putVariable(exec, variable, text),
      });
    case "provideClusterInfo":
      return exec.with({ provideClusterInfo: parseBoolean(text) });
    case "interactiveMode":
      if (!isInteractiveMode(text)) {
        throw new Error("invalid interactive mode type, can be only IfAvailable, Never, Always");
      }
      return exec.with({ interactiveMode: text });
    default:
      return exec.with({ [key]: text });
  }
}

function unsetExecField(exec: ExecConfig | undefined, { key, variable }: ExecTarget): ExecConfig | undefined {
  if (exec === undefined || variable === undefined) {
    return exec?.with({ [key]: new ExecConfig()[key] });
  }
  const left = exec.env?.filter(({ name }) => name !== variable) ?? [];
  return exec.with({ env: left.length === 0 ? undefined : left });
}

function readVariable(text: string): ExecEnvVar {
  const equals = text.indexOf("=");
  if (equals < 1) {
    // Not with the text itself: it may be a secret.
    throw new Error("invalid exec-env format: expected NAME=VALUE, separated by commas");
  }
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function putVariable({ env = [] }: ExecConfig, name: string, value: string): readonly ExecEnvVar[] {
  return env.some((each) => each.name === name)
    ? env.map((each) => (each.name === name ? { ...each, value } : each))
    : [...env, { name, value }];
}

/** Changes a field of an entry; undefined resets it to the value in a new entry. */
function changeEntry(
  config: Config,
  { section, name, key, field }: PropertyTarget & { readonly at: "field" },
  value: unknown,
  mayMake: boolean,
): Config {
  if (!mayMake && !config[SECTIONS[section].property].has(name)) {
    throw new Error(`current map key \`${name}\` is invalid`);
  }
  const changes = { [key]: value };
  switch (section) {
    case "clusters":
      return put(config, "clusters", name, (config.clusters.get(name) ?? new Cluster()).with(changes));
    case "users":
      return put(config, "authInfos", name, (config.authInfos.get(name) ?? new AuthInfo()).with(changes));
    default: {
      const context = config.contexts.get(name) ?? newContext();
      return put(config, "contexts", name, { ...context, [key]: value ?? zeroOf(field) });
    }
  }
}

function put(
  config: Config,
  section: "clusters" | "authInfos" | "contexts",
  name: string,
  entry: unknown,
): Config {
  return { ...config, [section]: new Map<string, unknown>([...config[section], [name, entry]]) };
}

function parseValue(kind: FieldKind, text: string, isRaw: boolean): unknown {
  switch (kind) {
    case "string":
      return text;
    case "boolean":
      return parseBoolean(text);
    case "bytes":
      return isRaw ? new TextEncoder().encode(text) : parseBase64(text);
    case "strings":
      throw new Error("unrecognized slice type. string");
    case "authProvider":
    case "exec":
      throw new Error("unrecognized type: it is no single value; set-credentials sets its parts");
    default:
      throw new Error("can't set a map to a value: map[]");
  }
}

function parseBoolean(text: string): boolean {
  const value = readGoBool(text);
  if (value === undefined) {
    throw new Error(goBoolError(text));
  }
  return value;
}

function parseBase64(text: string): Uint8Array {
  const data = decodeBase64(text);
  if (data === undefined) {
    const offset = base64ErrorOffset(Buffer.from(text));
    throw new Error(
      `error decoding input value: illegal base64 data at input byte ${offset} ` +
        "(encode the value as base64 does, or write it as it is with --set-raw-bytes)",
    );
  }
  return data;
}
