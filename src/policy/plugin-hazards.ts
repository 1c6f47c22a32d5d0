import type { AuthInfo } from "../api/auth-info.ts";
import type { ExecConfig } from "../api/exec.ts";
import type { Filepath } from "../go/filepath.ts";
import type { Hazard, HazardCode } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";
import { isLauncher } from "./launchers.ts";
import { effectiveName, variableEffect } from "./plugin-variables.ts";

/** What must be known about plugins. */
export interface PluginFacts {
  readonly filepath: Filepath;
  /** Reports whether an allowlist in force has the command, as the loaded config has it. */
  readonly isAllowed: (command: string) => boolean;
}

type Report = (code: HazardCode, field: readonly (string | number)[], detail: string) => Hazard;

/**
 * Yields the hazards of the programs that provide a user's credentials.
 *
 * @param written - as it is in the file
 * @param resolved - the same user with paths as they are looked up
 */
export function* pluginHazards(
  name: string,
  written: AuthInfo,
  resolved: AuthInfo,
  facts: PluginFacts,
): Generator<Hazard> {
  const report: Report = (code, field, detail) => ({ code, kind: "user", name, field, detail });
  if (written.exec !== undefined && resolved.exec !== undefined) {
    yield* execHazards(written.exec, resolved.exec.command, facts, report);
  }
  yield* authProviderHazards(written.authProvider, report);
}

function* execHazards(
  { command, args = [], env = [] }: ExecConfig,
  resolvedCommand: string,
  { filepath, isAllowed }: PluginFacts,
  report: Report,
): Generator<Hazard> {
  const field = ["exec", "command"];
  const shown = quoteShort(resolvedCommand);
  const isRelative = command.includes(filepath.separator) && !filepath.isAbs(command);
  // An allowlist that has a program by its path means that very file, wherever it is.
  const isAdmitted = isAllowed(resolvedCommand);
  const what = `${shown}${describeArguments(args.length)}${describeVariables(env.map((each) => each.name))}`;
  yield isAdmitted
    ? report("allowed-plugin", field, `runs ${what}, which the allowlist of your kuberc has`)
    : report("runs-plugin", field, `runs ${what}`);
  if (isRelative && !isAdmitted) {
    yield report("relative-plugin", field, `takes ${shown} from beside the kubeconfig`);
  }
  if (isLauncher(command, filepath) && !isOwnCredentialCommand(command, args, filepath)) {
    yield report("launcher-plugin", field, `uses ${shown}, which runs any program that its arguments name`);
  }
  const ignoresCase = filepath.separator === "\\";
  for (const [index, variable] of env.entries()) {
    const effect = variableEffect(effectiveName(variable) ?? "", ignoresCase);
    if (effect !== undefined) {
      const detail = `sets ${quoteShort(variable.name)} for ${shown}, which decides ${effect.decides}`;
      yield report(effect.code, ["exec", "env", index, "name"], detail);
    }
  }
}

/** Reports whether a command is `kcfg credential`, which runs under the user's policy. */
function isOwnCredentialCommand(command: string, [verb]: readonly string[], filepath: Filepath): boolean {
  return /^kcfg(?:\.exe|\.cmd)?$/.test(filepath.base(command)) && verb === "credential";
}

/** Describes arguments by their number: they may hold secrets. */
function describeArguments(count: number): string {
  return count === 0 ? "" : ` with ${count} argument${count === 1 ? "" : "s"}`;
}

/** Further variables are only counted. */
const MOST_VARIABLES = 5;

function describeVariables(names: readonly string[]): string {
  const more = names.length - MOST_VARIABLES;
  const shown = names.slice(0, MOST_VARIABLES).map((name) => quoteShort(name));
  return names.length === 0
    ? ""
    : ` and the variable${names.length === 1 ? "" : "s"} ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Clients before 1.26 ran gcp's `cmd-path`; the other providers refresh tokens with data from the file. */
function* authProviderHazards(provider: AuthInfo["authProvider"], report: Report): Generator<Hazard> {
  if (provider === undefined) {
    return;
  }
  const command = provider.config?.get("cmd-path") ?? "";
  if (command !== "") {
    yield report(
      "auth-provider-command",
      ["auth-provider"],
      `makes clients before 1.26 run ${quoteShort(command)}`,
    );
  }
  yield report("auth-provider", ["auth-provider"], `uses the auth-provider ${quoteShort(provider.name)}`);
}
