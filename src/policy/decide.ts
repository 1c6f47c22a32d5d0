import type { AllowlistEntry, PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOW_ALL, ALLOWLIST, DENY_ALL } from "../api/plugin-policy.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import type { PreparedCommand } from "./exec-command.ts";
import { prepareCommand, startCommand } from "./exec-command.ts";
import type { FileRequirements, PluginUse, RequirementRule } from "./check-requirements.ts";
import { checkRequirements } from "./check-requirements.ts";
import type { ExecutableFacts } from "./lookup.ts";
import { policyFault } from "./validate-policy.ts";

/**
 * The rule that decided.
 *
 * Allowing: `no-policy`, `allow-all`; `command-listed`: the cleaned command is in the list exactly;
 * `path-listed`: the path that would run is; `entry-resolved`: an entry of the same base name, looked up, gives the
 * path
 * that would run.
 *
 * Refusing: `invalid-policy`; `deny-all`; `unresolvable`: the command cannot be looked up, so it cannot be compared;
 * `not-listed`; `relative-path`: it was found in a relative element of PATH, which Go never runs.
 *
 * Refusing by plugin requirements, of kcfg alone: `requirements-unreadable`: they cannot be obeyed, so nothing may run;
 * `not-required`: no entry names it; `arguments-not-allowed`, `environment-not-allowed`, `digest-mismatch`: no entry that
 * does allows them.
 *
 * Neither: `cannot-start`: the policy allows it, but there is no such executable.
 */
export type PluginRule =
  | "no-policy"
  | "allow-all"
  | "command-listed"
  | "path-listed"
  | "entry-resolved"
  | "invalid-policy"
  | "deny-all"
  | "unresolvable"
  | "not-listed"
  | "relative-path"
  | "cannot-start"
  | RequirementRule;

/** Whether a plugin may run, and why. */
export interface PluginDecision {
  /** `allowed`: it would start. `denied`: it is refused. `missing`: nothing refuses it, but it could not start. */
  readonly status: "allowed" | "denied" | "missing";
  /** The rule that decided. */
  readonly rule: PluginRule;
  /** The entry of the allowlist that allows it. */
  readonly matchedEntry: AllowlistEntry | undefined;
  /** The file that would run, and the only one that may be started by this decision; undefined if there is none. */
  readonly resolvedPath: string | undefined;
  /**
   * The error, if it does not run: `plugin "p" not allowed: policy set to "DenyAll"`; else `""`. client-go's, unless plugin
   * requirements refuse it.
   */
  readonly error: string;
  /**
   * Digests `sha256:…`, one of which the file must have when it is started; undefined if plugin requirements demand none.
   */
  readonly digests?: readonly string[] | undefined;
  /** The digest of the file; undefined if none is demanded, or it could not be read. */
  readonly foundDigest?: string | undefined;
  /** Whether no executable of its name was found, in which case client-go shows its install hint. */
  readonly isNotFound: boolean;
}

/**
 * Decides whether a credential plugin may run: the check that client-go makes just before it runs one
 * (`exec.Authenticator.updateCommandAndCheckAllowlistLocked`), and then whether the system would start it.
 *
 * Follows no symlink, and interprets no pattern, `~`, variable, case or white space.
 *
 * @param plugin - as the loaded kubeconfig has it: a command with a separator has been made absolute. A string is the
 *   command of a plugin without arguments and variables
 * @param facts - the present state of the machine; the decision is as old as these answers
 * @param requirements - what is demanded in addition to the policy
 */
export function decidePlugin(
  policy: PluginPolicy,
  plugin: string | PluginUse,
  filepath: Filepath,
  facts: ExecutableFacts,
  requirements: readonly FileRequirements[] = [],
): PluginDecision {
  const use = typeof plugin === "string" ? { command: plugin } : plugin;
  const name = filepath.clean(use.command);
  const prepared = prepareCommand(name, filepath, facts);
  const verdict = applyPolicy(policy, name, prepared, filepath, facts);
  const start = startCommand(prepared, verdict.path, name, filepath, facts);
  const resolvedPath = start.path;
  if (!verdict.allowed) {
    const { rule, error } = verdict;
    return { status: "denied", rule, matchedEntry: undefined, resolvedPath, error, isNotFound: false };
  }
  const { rule, matchedEntry } = verdict;
  if (start.path !== undefined) {
    const names = [name, verdict.path];
    const demand = checkRequirements(requirements, use, start.path, names, filepath, facts);
    const { digests, foundDigest } = demand;
    return demand.rule === undefined
      ? {
          status: "allowed",
          rule,
          matchedEntry,
          resolvedPath,
          error: "",
          isNotFound: false,
          digests,
          foundDigest,
        }
      : { ...demand, status: "denied", matchedEntry, resolvedPath, isNotFound: false };
  }
  const { message: error, isNotFound } = start;
  return start.isRelative
    ? { status: "denied", rule: "relative-path", matchedEntry, resolvedPath, error, isNotFound }
    : { status: "missing", rule: "cannot-start", matchedEntry, resolvedPath, error, isNotFound };
}

/** The policy's verdict; `path` is what would run. */
type Verdict =
  | {
      readonly allowed: true;
      readonly rule: PluginRule;
      readonly matchedEntry: AllowlistEntry | undefined;
      readonly path: string;
    }
  | {
      readonly allowed: false;
      readonly rule: PluginRule;
      readonly error: string;
      readonly path: string;
    };

function applyPolicy(
  policy: PluginPolicy,
  name: string,
  prepared: PreparedCommand,
  filepath: Filepath,
  facts: ExecutableFacts,
): Verdict {
  const { path } = prepared;
  const refuse = (rule: PluginRule, error: string): Verdict => ({ allowed: false, rule, error, path });
  const fault = policyFault(policy, filepath);
  if (fault !== undefined) {
    return refuse("invalid-policy", fault);
  }
  switch (policy.credentialPluginPolicy) {
    case "":
      return { allowed: true, rule: "no-policy", matchedEntry: undefined, path };
    case ALLOW_ALL:
      return { allowed: true, rule: "allow-all", matchedEntry: undefined, path };
    case DENY_ALL:
      return refuse(
        "deny-all",
        `plugin ${goQuote(name)} not allowed: policy set to ${goQuote(policy.credentialPluginPolicy)}`,
      );
    case ALLOWLIST:
      return checkAllowlist(policy.credentialPluginAllowlist ?? [], name, prepared, filepath, facts);
    default:
      return refuse("invalid-policy", `unknown plugin policy ${goQuote(policy.credentialPluginPolicy)}`);
  }
}

/** Implements client-go's `checkAllowlistLocked`. */
function checkAllowlist(
  allowlist: readonly AllowlistEntry[],
  name: string,
  prepared: PreparedCommand,
  filepath: Filepath,
  facts: ExecutableFacts,
): Verdict {
  const entryFor = (text: string): AllowlistEntry | undefined =>
    allowlist.find(({ command }) => command === text);

  const listed =
    allowIfListed("command-listed", entryFor(name), prepared.path) ??
    allowIfListed("path-listed", entryFor(prepared.path), prepared.path);
  if (listed !== undefined) {
    return listed;
  }

  // A path that Go has not looked up yet is looked up now, and the result is what will run.
  const resolved = prepared.path === name ? facts.lookPath(name) : prepared;
  const path = resolved.path === "" ? prepared.path : resolved.path;
  if (resolved.error !== undefined) {
    return {
      allowed: false,
      rule: "unresolvable",
      error: `plugin path ${goQuote(path)} cannot be resolved for credential plugin allowlist check: ${resolved.error.message}`,
      path,
    };
  }
  return (
    allowIfListed("path-listed", entryFor(resolved.path), path) ??
    allowIfListed(
      "entry-resolved",
      resolvingEntry(allowlist, resolved.path, path, filepath, facts),
      path,
    ) ?? {
      allowed: false,
      rule: "not-listed",
      error: `plugin path ${goQuote(path)} is not permitted by the credential plugin allowlist`,
      path,
    }
  );
}

function allowIfListed(
  rule: PluginRule,
  matchedEntry: AllowlistEntry | undefined,
  path: string,
): Verdict | undefined {
  return matchedEntry && { allowed: true, rule, matchedEntry, path };
}

/**
 * Returns the first entry with the base name of the path to run that, looked up, gives the same path as the command.
 */
function resolvingEntry(
  allowlist: readonly AllowlistEntry[],
  wanted: string,
  path: string,
  filepath: Filepath,
  facts: ExecutableFacts,
): AllowlistEntry | undefined {
  const base = filepath.base(path);
  return allowlist.find(({ command }) => {
    if (filepath.base(command) !== base) {
      return false;
    }
    const lookup = facts.lookPath(command);
    return lookup.error === undefined && lookup.path === wanted;
  });
}
