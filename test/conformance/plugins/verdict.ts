import type { Outcome } from "../vector.ts";
import { joinText } from "../vector.ts";

interface Report {
  readonly policy: { readonly warnings: readonly string[]; readonly ignored: boolean };
  readonly plugins: readonly {
    readonly status: "allowed" | "denied" | "missing";
    readonly resolvedPath: string | null;
    readonly reason: string;
  }[];
}

/** Returns the faults of kcfg's output, given what kubectl did; none if it is right. */
export function findFaults(kubectl: Outcome, kcfg: Outcome): readonly string[] {
  const [did, says] = [withoutRoot(kubectl), withoutRoot(kcfg)];
  const faults = kcfg.exitCode === 2 ? undecided(did, says) : decided(did, says);
  return kcfg.files?.["marks"] == null ? faults : [...faults, "kcfg has run the plugin"];
}

/** Removes the temporary root from damaged paths, in which it is not recognised; both ran in one of their own. */
function withoutRoot(outcome: Outcome): Outcome {
  return {
    ...outcome,
    stderr: joinText(outcome.stderr).replaceAll(/kcfg-[A-Za-z0-9]{6}/gu, "kcfg-root"),
    stdout: joinText(outcome.stdout).replaceAll(/kcfg-[A-Za-z0-9]{6}/gu, "kcfg-root"),
  };
}

/** Returns the path by which kubectl started the plugin; undefined if it did not. */
export function ranAs(kubectl: Outcome): string | undefined {
  const marks = kubectl.files?.["marks"];
  return marks == null ? undefined : joinText(marks.text).split("\n")[0];
}

/** Checks that kcfg decides nothing where kubectl refuses to work at all, and has the same words. */
function undecided(kubectl: Outcome, kcfg: Outcome): readonly string[] {
  const said = joinText(kubectl.stderr);
  const lastLine = joinText(kcfg.stderr).trimEnd().split("\n").at(-1) ?? "";
  const preferences = /error occurred while applying preferences [^]*$/u.exec(said)?.[0].trimEnd();
  return [
    ...(ranAs(kubectl) === undefined ? [] : ["kubectl ran the plugin, and kcfg decided nothing"]),
    ...(preferences === undefined || preferences === lastLine
      ? []
      : [`kubectl says ${JSON.stringify(preferences)}, kcfg ${JSON.stringify(lastLine)}`]),
    ...(preferences === undefined && !/^error: /mu.test(said) ? [`kubectl has no error: ${said}`] : []),
    ...warningFaults(said, joinText(kcfg.stderr)),
  ];
}

function decided(kubectl: Outcome, kcfg: Outcome): readonly string[] {
  const { policy, plugins } = JSON.parse(joinText(kcfg.stdout)) as Report;
  const [plugin] = plugins;
  const path = ranAs(kubectl);
  const said = joinText(kubectl.stderr);
  if (plugin === undefined || plugins.length > 1) {
    return [`${plugins.length} plugins are reported`];
  }
  const failing = plugin.status !== "allowed" || policy.ignored;
  return [
    ...((path !== undefined) === (plugin.status === "allowed")
      ? []
      : [`kubectl ${path === undefined ? "did not run" : "ran"} it, kcfg says ${plugin.status}`]),
    ...(path === undefined || path === plugin.resolvedPath
      ? []
      : [`kubectl ran ${path}, kcfg says ${plugin.resolvedPath}`]),
    ...(path === undefined
      ? plugin.reason
          .split("; ")
          .map((reason) =>
            reason.replace(/: cannot run executable found relative to current directory$/u, ""),
          )
          .filter((reason) => !said.includes(reason))
          .map((reason) => `kubectl does not say ${JSON.stringify(reason)} but ${JSON.stringify(said)}`)
      : []),
    ...(kcfg.exitCode === (failing ? 1 : 0) ? [] : [`the exit code is ${kcfg.exitCode}`]),
    ...warningFaults(said, joinText(kcfg.stderr)),
  ];
}

/** Checks that kcfg repeats kubectl's own warnings first. */
function warningFaults(said: string, kcfg: string): readonly string[] {
  const warning = /^warning: (kuberc: [^]*?)(?=\nwarning: |\nerror|\n$)/mu.exec(kcfg)?.[1] ?? "";
  const warns = said.startsWith("kuberc: ");
  return warns === (warning !== "") && said.startsWith(warning)
    ? []
    : [`kubectl warns ${JSON.stringify(said)}, kcfg ${JSON.stringify(warning)}`];
}
