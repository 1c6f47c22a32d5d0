import type { Config } from "../api/config.ts";
import { NO_POLICY } from "../api/plugin-policy.ts";
import { filepathFor } from "../go/filepath.ts";
import { mergeConfigs } from "../clientcmd/merge.ts";
import { resolveLocalPaths } from "../clientcmd/paths.ts";
import { namedNodesIn } from "../codec/kubeconfig/config-source.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { goQuote } from "../go/quote.ts";
import type { SourceNode } from "../yaml/source-tree.ts";
import { decodeInput } from "../yaml/input.ts";
import { parseDocument } from "../yaml/parser.ts";
import { sourceTreeOf } from "../yaml/source-tree.ts";
import { YamlError } from "../yaml/yaml-error.ts";
import {
  ConfigParseError,
  ConfigReadError,
  isFileNotFound,
  KubercError,
  PluginPolicyError,
} from "../errors.ts";
import type { Host } from "../host/host.ts";
import { validatePreference } from "../kuberc/validate-preference.ts";
import { evaluatePlugins } from "../loading/evaluate-plugins.ts";
import { loopFinder } from "../loading/credential-loop.ts";
import { readFile } from "../loading/file-system.ts";
import { EXAMINED_LIMIT } from "../loading/size-limits.ts";
import { loadKuberc } from "../loading/load-kuberc.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { loadRequirements } from "../loading/load-requirements.ts";
import { launcherNotes, policyNotes } from "../loading/policy-notes.ts";
import type { EntryKind, ExaminedFile, ExaminationInput, PolicyFacts } from "./examination-input.ts";
import { machineOf, cachingHost } from "./machine.ts";
import { entryPlace } from "./places.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";

/** What to examine, and how. */
export interface ExamineOptions {
  /** Examines only this context, with its cluster and user; `""` for all. */
  readonly context: string;
  /** The value of `--kuberc`; `""` for none. */
  readonly kuberc: string;
  /** The value of `--plugin-requirements`; `""` for none. */
  readonly pluginRequirements?: string | undefined;
  /** In milliseconds. */
  readonly expiringWithin: number;
  /** Whether the files of the rules are named one by one, so that each must exist; default: only an explicit path. */
  readonly areNamed?: boolean;
}

/**
 * Examines kubeconfigs and what they name. A file that kubectl refuses does not keep the others from being examined.
 *
 * @throws Error for a context that no file has
 */
export function examine(realHost: Host, rules: LoadingRules, options: ExamineOptions): ExaminationInput {
  const host = cachingHost(realHost);
  const { areNamed = rules.explicitPath !== "" } = options;
  const fileList = fileListOf(host, rules);
  const listed =
    rules.explicitPath !== "" ? [rules.explicitPath] : rules.precedence.filter((file) => file !== "");
  // A kubeconfig that is given in the place of a name is a secret.
  const names = fileList?.isContent === true ? [] : listed;
  const files = names.map((file) => examineFile(host, file));
  const merged = mergeConfigs(
    files.flatMap(({ config }) => config ?? []),
    rules.scalarPrecedence,
  );
  const isComplete = files.every(({ state }) => state === "read");
  const filepath = filepathFor(host);
  const { policy, facts: policyFacts } = examinePolicy(host, options.kuberc);
  const requirements = loadRequirements(host, options.pluginRequirements);
  const byName = new Map(files.map((file) => [file.file, file]));
  const resolved = resolveLocalPaths(merged, filepath, host.cwd());
  const scope = scopeOf(merged, options.context, isComplete);
  return {
    files,
    areNamed,
    fileList,
    isReadable: files.every(({ state }) => state === "read" || state === "missing"),
    isComplete,
    merged,
    resolved,
    contextName: options.context === "" ? merged.currentContext : options.context,
    ...scope,
    locate: (kind, name, ...path) => {
      const file = byName.get(originOf(merged, kind, name));
      return file === undefined
        ? { file: undefined, position: undefined }
        : entryPlace(file, kind, name, ...path);
    },
    plugins: policy === undefined ? [] : evaluatePlugins(host, merged, policy, requirements),
    loops: loopsIn(host, resolved),
    policy: policyFacts,
    requirements,
    machine: machineOf(host),
    filepath,
    now: host.now(),
    expiringWithin: options.expiringWithin,
  };
}

function loopsIn(host: Host, resolved: Config): ExaminationInput["loops"] {
  const findLoop = loopFinder(host);
  return new Map(
    [...resolved.authInfos.keys()].flatMap((user) => {
      const loop = findLoop(resolved, user);
      return loop === undefined ? [] : [[user, loop] as const];
    }),
  );
}

function originOf({ clusters, authInfos, contexts }: Config, kind: EntryKind, name: string): string {
  const entries = kind === "cluster" ? clusters : kind === "user" ? authInfos : contexts;
  return entries.get(name)?.locationOfOrigin ?? "";
}

/** Which entries and files are examined. */
type Scope = Pick<ExaminationInput, "isInScope" | "isFileInScope" | "isWrittenInScope" | "isOneContext">;

const EVERYTHING: Scope = {
  isInScope: () => true,
  isFileInScope: () => true,
  isWrittenInScope: () => true,
  isOneContext: false,
};

function scopeOf(merged: Config, context: string, isComplete: boolean): Scope {
  // A context may be in the invalid file: then everything is examined.
  if (context === "" || (!isComplete && !merged.contexts.has(context))) {
    return EVERYTHING;
  }
  const chosen = merged.contexts.get(context);
  if (chosen === undefined) {
    throw new Error(`context ${goQuote(context)} does not exist`);
  }
  const names = { context, cluster: chosen.cluster, user: chosen.authInfo };
  const files = new Set(KINDS.map((kind) => originOf(merged, kind, names[kind])));
  return {
    isInScope: (kind, name) => names[kind] === name,
    isFileInScope: (file) => files.has(file),
    isWrittenInScope: (file, kind, name) => names[kind] === name && originOf(merged, kind, name) === file,
    isOneContext: true,
  };
}

const KINDS: readonly EntryKind[] = ["context", "cluster", "user"];

/** Finds out what names the files; undefined for the default file, and for a list that a program gave. */
function fileListOf(host: Host, { explicitPath, precedence }: LoadingRules): ExaminationInput["fileList"] {
  const name = explicitPath === "" ? "KUBECONFIG" : "--kubeconfig";
  const value = explicitPath === "" ? (host.env["KUBECONFIG"] ?? "") : explicitPath;
  const listed = new Set(filepathFor(host).splitList(value));
  const isOfProgram =
    explicitPath === "" &&
    (precedence.length !== listed.size || precedence.some((file) => !listed.has(file)));
  if (value === "" || isOfProgram) {
    return undefined;
  }
  const isContent = isKubeconfig(value);
  return { name, value: isContent ? "" : value, isContent };
}

/** Reports whether a text is a kubeconfig, perhaps in base64, as a variable of a CI system may hold it by mistake. */
function isKubeconfig(text: string): boolean {
  const field = /(?:^|[\s{,"'])(?:apiVersion|clusters|users|contexts|current-context)["']?\s*:/;
  return (
    (/[\s{]/.test(text) && field.test(text)) ||
    (/^[A-Za-z\d+/=\s]{100,}$/.test(text) && field.test(Buffer.from(text, "base64").toString("latin1")))
  );
}

function examineFile(host: Host, file: string): ExaminedFile {
  const nothing = { data: undefined, config: undefined, ...NO_TREE, entries: NO_ENTRIES };
  let data: Uint8Array;
  try {
    data = readFile(host, file, EXAMINED_LIMIT);
  } catch (error) {
    if (error instanceof ConfigReadError) {
      return { ...nothing, file, state: isFileNotFound(error) ? "missing" : "unreadable", fault: error };
    }
    throw error;
  }
  const { tree, root } = treeOf(data);
  try {
    const config = decodeConfig(data, file);
    return { file, state: "read", data, fault: undefined, config, tree, root, entries: entriesOf(root) };
  } catch (error) {
    if (error instanceof ConfigParseError) {
      return {
        file,
        state: "invalid",
        data,
        fault: error,
        config: undefined,
        tree,
        root,
        entries: NO_ENTRIES,
      };
    }
    throw error;
  }
}

const NO_TREE = { tree: undefined, root: undefined };

function treeOf(data: Uint8Array): Pick<ExaminedFile, "tree" | "root"> {
  if (data.length === 0) {
    return NO_TREE;
  }
  try {
    const tree = parseDocument(decodeInput(data));
    return { tree, root: tree && sourceTreeOf(tree) };
  } catch (error) {
    if (error instanceof YamlError) {
      return NO_TREE;
    }
    throw error;
  }
}

const NO_ENTRIES: ExaminedFile["entries"] = { cluster: new Map(), user: new Map(), context: new Map() };

function entriesOf(root: SourceNode | undefined): ExaminedFile["entries"] {
  return {
    cluster: namedNodesIn(root?.fields.get("clusters"), "clusters"),
    user: namedNodesIn(root?.fields.get("users"), "users"),
    context: namedNodesIn(root?.fields.get("contexts"), "contexts"),
  };
}

function examinePolicy(
  host: Host,
  explicitKuberc: string,
): { readonly policy: PluginPolicy | undefined; readonly facts: PolicyFacts } {
  try {
    const kuberc = loadKuberc(host, explicitKuberc);
    const { preference, location } = kuberc;
    const file = kuberc.content === undefined ? undefined : location?.file;
    try {
      if (preference !== undefined) {
        validatePreference(preference, filepathFor(host));
      }
    } catch (error) {
      return refused(error, file);
    }
    const policy = preference?.pluginPolicy ?? NO_POLICY;
    const notes = [...policyNotes(host, kuberc), ...launcherNotes(host, kuberc)];
    return {
      policy,
      facts: { type: policy.credentialPluginPolicy, file, notes, refusal: undefined },
    };
  } catch (error) {
    return refused(error, error instanceof KubercError ? error.file : undefined);
  }
}

function refused(
  error: unknown,
  file: string | undefined,
): { readonly policy: undefined; readonly facts: PolicyFacts } {
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return { policy: undefined, facts: { type: "", file, notes: [], refusal: error.message } };
  }
  throw error;
}
