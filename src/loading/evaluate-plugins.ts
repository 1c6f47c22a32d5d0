import type { AuthInfo } from "../api/auth-info.ts";
import type { ExecConfig } from "../api/exec.ts";
import type { Config } from "../api/config.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOW_ALL, NO_POLICY } from "../api/plugin-policy.ts";
import type { PluginOutcome, PolicyReport, RequirementsReport } from "../api/plugin-report.ts";
import { credentialBefore, execFaults } from "../clientcmd/exec-faults.ts";
import { filepathFor } from "../go/filepath.ts";
import { resolveLocalPaths } from "../clientcmd/paths.ts";
import { compareGoStrings, sortedByName } from "../go/order.ts";
import type { Host } from "../host/host.ts";
import { validatePreference } from "../kuberc/validate-preference.ts";
import type { FileRequirements } from "../policy/check-requirements.ts";
import type { PluginDecision } from "../policy/decide.ts";
import { decidePlugin } from "../policy/decide.ts";
import type { FoundDigest } from "../policy/lookup.ts";
import { effectiveName } from "../policy/plugin-variables.ts";
import { reasonOf } from "../policy/reason.ts";
import { describeLoop, loopFinder } from "./credential-loop.ts";
import type { LoadedKuberc } from "./load-kuberc.ts";
import { loadKuberc } from "./load-kuberc.ts";
import { executableFacts } from "./look-path.ts";
import type { PolicyNote } from "./policy-notes.ts";
import { describeNote, policyNotes } from "./policy-notes.ts";

/** The plugin policy of the kuberc in effect, as kubectl sees it. */
export interface LoadedPolicy {
  readonly policy: PluginPolicy;
  /** The kuberc that kubectl reads; undefined if there is none, or it is turned off. */
  readonly source: string | undefined;
  readonly kuberc: LoadedKuberc;
  /** The notes about the policy, except for launchers in it. */
  readonly notes: readonly PolicyNote[];
}

/**
 * Loads the plugin policy of the kuberc in effect.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @param warn - receives each note, also those that explain an error that is then thrown
 * @throws KubercError for a kuberc that kubectl refuses to work with
 * @throws PluginPolicyError for an invalid policy
 */
export function loadPluginPolicy(
  host: Host,
  explicitKuberc: string,
  warn: (warning: string) => void,
): LoadedPolicy {
  return policyOfKuberc(host, loadKuberc(host, explicitKuberc), warn);
}

/**
 * Returns the plugin policy of a loaded kuberc.
 *
 * @param warn - as {@link loadPluginPolicy}'s
 * @throws KubercError, PluginPolicyError as {@link loadPluginPolicy}
 */
export function policyOfKuberc(
  host: Host,
  kuberc: LoadedKuberc,
  warn: (warning: string) => void,
): LoadedPolicy {
  const policy = kuberc.preference?.pluginPolicy ?? NO_POLICY;
  const notes = policyNotes(host, kuberc);
  notes.forEach((note) => warn(describeNote(note)));
  if (kuberc.preference !== undefined) {
    validatePreference(kuberc.preference, filepathFor(host));
  }
  const source = kuberc.preference === undefined ? undefined : (kuberc.location?.file ?? "");
  return { policy, source, kuberc, notes };
}

/**
 * Decides about every exec plugin of a config, in the order of the users' names. Runs none of them.
 *
 * @param config - with paths as they are written in the files
 * @param requirements - what is demanded in addition to the policy
 */
export function evaluatePlugins(
  host: Host,
  config: Config,
  policy: PluginPolicy,
  requirements: readonly FileRequirements[],
): readonly PluginOutcome[] {
  const resolved = resolveLocalPaths(config, filepathFor(host), host.cwd());
  const contexts = contextsByUser(config);
  const decide = decideOnce(host, policy, requirements);
  const findLoop = loopFinder(host);
  return sortedByName(config.authInfos).flatMap(([name, user]) => {
    const exec = resolved.authInfos.get(name)?.exec;
    return user.exec === undefined || exec === undefined
      ? []
      : [
          {
            user: name,
            contexts: contexts.get(name) ?? [],
            command: user.exec.command,
            ...refuseLoop(outcomeOf(name, user, decide(exec)), () => findLoop(resolved, name)),
            origin: user.locationOfOrigin,
          },
        ];
  });
}

/** Makes a function that decides each case once: very many users may share one. Each file is read once for its digest. */
function decideOnce(
  host: Host,
  policy: PluginPolicy,
  requirements: readonly FileRequirements[],
): (exec: ExecConfig) => PluginDecision {
  const digests = new Map<string, FoundDigest>();
  const { digest: read, ...others } = executableFacts(host);
  const digest = (path: string): FoundDigest => {
    const found = digests.get(path) ?? read(path);
    digests.set(path, found);
    return found;
  };
  const decisions = new Map<string, PluginDecision>();
  return (exec) => {
    const { command, args, env } = exec;
    const key =
      requirements.length === 0
        ? command
        : JSON.stringify([command, args, env?.map((each) => effectiveName(each))]);
    const decision =
      decisions.get(key) ??
      decidePlugin(policy, exec, filepathFor(host), { ...others, digest }, requirements);
    decisions.set(key, decision);
    return decision;
  };
}

/** The decision's part of an outcome. */
type DecisionFields = Pick<
  PluginOutcome,
  "resolvedPath" | "status" | "matchedEntry" | "reason" | "rule" | "digests"
>;

/** Denies a plugin that leads to itself. kubectl starts it; `kcfg credential` is what then refuses. */
function refuseLoop(outcome: DecisionFields, findLoop: () => readonly string[] | undefined): DecisionFields {
  const loop = outcome.status === "allowed" ? findLoop() : undefined;
  return loop === undefined
    ? outcome
    : {
        ...outcome,
        status: "denied",
        rule: "leads-to-itself",
        reason: `the plugin leads to itself: ${describeLoop(loop)}`,
      };
}

/** Returns the names of the contexts of each user, sorted. */
function contextsByUser(config: Config): ReadonlyMap<string, readonly string[]> {
  const contexts = new Map<string, string[]>();
  for (const name of [...config.contexts.keys()].toSorted(compareGoStrings)) {
    const user = config.contexts.get(name)?.authInfo ?? "";
    const names = contexts.get(user) ?? [];
    names.push(name);
    contexts.set(user, names);
  }
  return contexts;
}

function outcomeOf(name: string, user: AuthInfo, decision: PluginDecision): DecisionFields {
  const { resolvedPath, status, matchedEntry, rule, digests: demanded, foundDigest: found } = decision;
  const digests = demanded && { demanded, found };
  // client-go finds faults of the configuration before it evaluates the policy.
  const faults = execFaults(name, user);
  if (faults.length > 0) {
    return {
      resolvedPath,
      status: "denied",
      matchedEntry: undefined,
      rule: "invalid-exec",
      digests,
      reason: faults.join("; "),
    };
  }
  const credential = credentialBefore(user);
  const note = credential === undefined ? "" : `; the user's ${credential} is used instead of it`;
  return { resolvedPath, status, matchedEntry, rule, digests, reason: `${reasonOf(decision)}${note}` };
}

/** Reports a policy. @param launchers - the notes of `launcherNotes` */
export function reportPolicy(
  { policy, source, notes }: LoadedPolicy,
  launchers: readonly PolicyNote[],
): PolicyReport {
  return {
    credentialPluginPolicy: policy.credentialPluginPolicy,
    source,
    credentialPluginAllowlist: policy.credentialPluginAllowlist,
    enforced: policy.credentialPluginPolicy !== "" && policy.credentialPluginPolicy !== ALLOW_ALL,
    warnings: [...notes, ...launchers].map(describeNote),
    ignored: notes.some(({ kind }) => kind === "unusable" || kind === "ignored"),
  };
}

/** Reports plugin requirements. */
export function reportRequirements(files: readonly FileRequirements[]): readonly RequirementsReport[] {
  return files.map(({ file, fault }) => ({ file, fault }));
}
