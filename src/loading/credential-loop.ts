import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { createHash } from "node:crypto";
import type { Config } from "../api/config.ts";
import type { ExecConfig } from "../api/exec.ts";
import { credentialBefore } from "../clientcmd/exec-faults.ts";
import type { Filepath } from "../go/filepath.ts";
import { filepathFor } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { KcfgError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { isKcfg } from "../policy/launchers.ts";
import { statIfPossible } from "./file-system.ts";
import { loadConfig } from "./load.ts";
import { defaultLoadingRules } from "./loading-rules.ts";

/** The longest chain of users whose plugins are `kcfg credential`. */
export const LONGEST_CHAIN = 8;

/** A user of a config whose credential is requested. */
interface AskedUser {
  readonly config: Config;
  readonly name: string;
}

/**
 * Finds the users that a user's plugin leads to, in order, the last one a repetition; undefined if there is no loop.
 */
export type FindLoop = (config: Config, user: string) => readonly string[] | undefined;

/** Loads the kubeconfigs that the plugin of a user is called with; undefined where they are unknown. */
type LoadBehind = (exec: ExecConfig, explicitPath: string) => Config | undefined;

/** The most loads of one search: a kubeconfig may name any number of others. */
const MOST_LOADS = 64;

/**
 * Makes a function that finds out whether the plugin of a user is `kcfg credential` for the same user, directly or
 * through other users, as far as kubeconfigs show; what a script does shows only when it runs. Runs nothing. Reads each
 * kubeconfig once.
 */
export function loopFinder(host: Host): FindLoop {
  const load = rememberingLoader(host);
  return (config, user) => {
    const names: string[] = [];
    const met = new Set<string>();
    let asked: AskedUser | undefined = { config, name: user };
    while (asked !== undefined) {
      names.push(asked.name);
      const identity = identityOfUser(host, asked.config, asked.name);
      if (met.has(identity)) {
        return names;
      }
      met.add(identity);
      asked = met.size > LONGEST_CHAIN ? undefined : userBehind(host, asked, load);
    }
    return undefined;
  };
}

function rememberingLoader(host: Host): LoadBehind {
  const known = new Map<string, Config | undefined>();
  return ({ env }, explicitPath) => {
    const variable = env?.findLast(({ name }) => name === "KUBECONFIG")?.value;
    const key = JSON.stringify([variable ?? null, explicitPath]);
    if (!known.has(key) && known.size < MOST_LOADS) {
      known.set(key, loadBehind(host, variable, explicitPath));
    }
    return known.get(key);
  };
}

/** Describes how users lead to each other: `"a" -> "b" -> "a"`. */
export function describeLoop(names: readonly string[]): string {
  return names.map(goQuote).join(" -> ");
}

/** Identifies a user among all others of this machine: by the real path of the user's kubeconfig, and the name. */
export function identityOfUser(host: Host, { authInfos }: Config, name: string): string {
  const origin = authInfos.get(name)?.locationOfOrigin ?? "";
  return createHash("sha256")
    .update(JSON.stringify([realPath(host, origin), name]))
    .digest("hex")
    .slice(0, 16);
}

function realPath(host: Host, file: string): string {
  try {
    return file === "" ? "" : host.fs.realPath(file);
  } catch {
    return file;
  }
}

/** Returns the user whose credential the plugin of a user requests from kcfg; undefined if there is none. */
function userBehind(host: Host, { config, name }: AskedUser, load: LoadBehind): AskedUser | undefined {
  const entry = config.authInfos.get(name);
  const exec = entry?.exec;
  if (entry === undefined || exec === undefined || credentialBefore(entry) !== undefined) {
    return undefined;
  }
  const flags = credentialFlags(exec, filepathFor(host));
  const behind = flags && load(exec, flags.get("--kubeconfig") ?? "");
  if (behind === undefined) {
    return undefined;
  }
  const context = behind.contexts.get(flags?.get("--context") || behind.currentContext);
  const user = flags?.get("--user") || (context?.authInfo ?? "");
  return behind.authInfos.has(user) ? { config: behind, name: user } : undefined;
}

/** Returns the flags with a value of a plugin that is `kcfg credential`; undefined for any other plugin. */
function credentialFlags(
  { command, args }: ExecConfig,
  filepath: Filepath,
): ReadonlyMap<string, string> | undefined {
  const words = [command, ...(args ?? [])];
  const start = words.indexOf("credential");
  if (!words.slice(0, Math.max(start, 0)).some((word) => isKcfg(word, filepath))) {
    return undefined;
  }
  const flags = new Map<string, string>();
  for (let i = start + 1; i < words.length; i++) {
    const [, flag, value] = /^(--(?:context|kubeconfig|user))(?:=(.*))?$/su.exec(words[i] ?? "") ?? [];
    if (flag !== undefined) {
      flags.set(flag, value ?? words[++i] ?? "");
    }
  }
  return flags;
}

/** Loads the config of a plugin's flag, of its own variable, else that of the environment. */
function loadBehind(host: Host, variable: string | undefined, explicitPath: string): Config | undefined {
  const there = variable === undefined ? host : { ...host, env: { ...host.env, KUBECONFIG: variable } };
  const rules = defaultLoadingRules(there, { explicitPath, migrationRules: new Map() });
  // Names in kubeconfigs may lead to pipes and devices; do not read those just to look for a loop.
  const files = explicitPath === "" ? rules.precedence : [explicitPath];
  if (!files.every((file) => statIfPossible(host, file)?.isFile !== false)) {
    return undefined;
  }
  try {
    return loadConfig(there, rules, decodeConfig);
  } catch (error) {
    if (error instanceof KcfgError) {
      return undefined;
    }
    throw error;
  }
}
