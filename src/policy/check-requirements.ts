import type { ExecConfig } from "../api/exec.ts";
import type { PluginRequirement } from "../api/requirement-fields.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import type { ExecutableFacts, FoundDigest } from "./lookup.ts";
import { effectiveName, variableEffect } from "./plugin-variables.ts";

/** A plugin as a kubeconfig calls it. */
export type PluginUse = Pick<ExecConfig, "command"> & Partial<Pick<ExecConfig, "args" | "env">>;

/** The requirements of a file: its entries, or why it cannot be obeyed, in which case no plugin may run. */
export type FileRequirements =
  | { readonly file: string; readonly plugins: readonly PluginRequirement[]; readonly fault?: undefined }
  | { readonly file: string; readonly plugins?: undefined; readonly fault: string };

/** The rule by which requirements refuse a plugin. */
export type RequirementRule =
  | "requirements-unreadable"
  | "not-required"
  | "arguments-not-allowed"
  | "environment-not-allowed"
  | "digest-mismatch";

/** The result of a check: a refusal, or the digests of which the file must have one; undefined for any content. */
export type RequirementVerdict =
  | {
      readonly rule: RequirementRule;
      readonly error: string;
      readonly digests?: readonly string[] | undefined;
      readonly foundDigest?: string | undefined;
    }
  | {
      readonly rule?: undefined;
      readonly digests: readonly string[] | undefined;
      readonly foundDigest?: string | undefined;
    };

/**
 * Checks a plugin that the policy allows against requirements files, all of which must allow it.
 *
 * @param path - the file that would run
 * @param names - the other names of it in an entry: the cleaned command, and on Windows the path without its extension
 */
export function checkRequirements(
  files: readonly FileRequirements[],
  plugin: PluginUse,
  path: string,
  names: readonly string[],
  filepath: Filepath,
  facts: ExecutableFacts,
): RequirementVerdict {
  let digests: readonly string[] | undefined;
  for (const file of files) {
    const verdict = checkFile(file, plugin, path, names, filepath, facts);
    if (verdict.rule !== undefined) {
      return verdict;
    }
    const { digests: accepted } = verdict;
    if (accepted !== undefined) {
      digests = digests?.filter((digest) => accepted.includes(digest)) ?? accepted;
    }
  }
  return digests === undefined ? { digests } : checkDigest(digests, path, filesOf(files), facts);
}

function checkFile(
  requirements: FileRequirements,
  { args = [], env = [] }: PluginUse,
  path: string,
  names: readonly string[],
  filepath: Filepath,
  facts: ExecutableFacts,
): RequirementVerdict {
  const { file, plugins, fault } = requirements;
  const refuse = (rule: RequirementRule, reason: string): RequirementVerdict => ({
    rule,
    error: `plugin path ${goQuote(path)} is not permitted by the plugin requirements: ${reason}`,
  });
  if (plugins === undefined) {
    return refuse("requirements-unreadable", `they cannot be obeyed, so no plugin may run: ${fault}`);
  }
  const named = plugins.filter(({ command }) => isNamed(command, path, names, filepath, facts));
  if (named.length === 0) {
    return refuse("not-required", `no entry of ${file} names it`);
  }
  const withArgs = named.filter((entry) => areAllowed(entry.args, args));
  if (withArgs.length === 0) {
    return refuse(
      "arguments-not-allowed",
      `no entry of ${file} allows its arguments${whereArgsDiffer(named, args)}`,
    );
  }
  const ignoresCase = filepath.separator === "\\";
  const refusedBy = withArgs.map((entry) => refusedVariable(entry, env, ignoresCase));
  const allowing = withArgs.filter((_entry, index) => refusedBy[index] === undefined);
  if (allowing.length === 0) {
    const shown = goQuote(refusedBy[0] ?? "");
    return refuse(
      "environment-not-allowed",
      `no entry of ${file} lets a kubeconfig set the variable ${shown} for it`,
    );
  }
  return {
    digests: allowing.every(({ digest }) => digest !== undefined)
      ? [...new Set(allowing.flatMap(({ digest = [] }) => digest))]
      : undefined,
  };
}

/** Reports whether an entry means the file, as the entries of an allowlist do. */
function isNamed(
  command: string,
  path: string,
  names: readonly string[],
  filepath: Filepath,
  facts: ExecutableFacts,
): boolean {
  if (command === path || names.includes(command)) {
    return true;
  }
  if (filepath.base(command) !== filepath.base(path)) {
    return false;
  }
  const lookup = facts.lookPath(command);
  return lookup.error === undefined && (lookup.path === path || names.includes(lookup.path));
}

const ANY = "*";
const REST = "**";

function areAllowed(patterns: readonly string[] | undefined, args: readonly string[]): boolean {
  if (patterns === undefined) {
    return true;
  }
  const hasRest = patterns.at(-1) === REST;
  const fixed = hasRest ? patterns.slice(0, -1) : patterns;
  return (
    (hasRest ? args.length >= fixed.length : args.length === fixed.length) &&
    fixed.every((pattern, index) => pattern === ANY || pattern === args[index])
  );
}

/** Says where arguments differ from those of the only entry, without showing any: they may be secrets. */
function whereArgsDiffer([entry, ...others]: readonly PluginRequirement[], args: readonly string[]): string {
  const patterns = (entry?.args ?? []).filter((pattern) => pattern !== REST);
  if (others.length > 0) {
    return "";
  }
  const index = patterns.findIndex((pattern, at) => !areAllowed([pattern, REST], args.slice(at)));
  return index === -1
    ? `: it may have ${patterns.length}, and has ${args.length}`
    : index >= args.length
      ? `: argument ${index + 1} is missing`
      : `: argument ${index + 1} differs`;
}

/** Returns a variable that the entry does not let a kubeconfig set; undefined if there is none. */
function refusedVariable(
  { env: allowed }: PluginRequirement,
  env: NonNullable<ExecConfig["env"]>,
  ignoresCase: boolean,
): string | undefined {
  const spelled = (name: string): string => (ignoresCase ? name.toLowerCase() : name);
  const named = new Set(allowed?.map(spelled));
  return env
    .map((variable) => effectiveName(variable))
    .find(
      (name) =>
        name !== undefined &&
        !named.has(spelled(name)) &&
        (allowed !== undefined || variableEffect(name, ignoresCase) !== undefined),
    );
}

function checkDigest(
  digests: readonly string[],
  path: string,
  files: string,
  facts: ExecutableFacts,
): RequirementVerdict {
  const { digest } = facts;
  if (digest === undefined) {
    return { digests };
  }
  const found = digest(path);
  return found.digest !== undefined && digests.includes(found.digest)
    ? { digests, foundDigest: found.digest }
    : {
        rule: "digest-mismatch",
        error: digestError(path, found, digests, files),
        digests,
        foundDigest: found.digest,
      };
}

/** Describes that a file has not the demanded digest. */
export function digestError(
  path: string,
  { digest, fault }: FoundDigest,
  wanted: readonly string[],
  files: string,
): string {
  const found = digest === undefined ? `its digest is unknown (${fault})` : `its digest is ${digest}`;
  return `plugin path ${goQuote(path)} is not permitted by the plugin requirements: ${found}, and ${files} demands ${wanted.length === 0 ? "digests that exclude each other" : wanted.join(" or ")}`;
}

/** Names the files. */
export function filesOf(files: readonly FileRequirements[]): string {
  return files.map(({ file }) => file).join(" and ");
}
