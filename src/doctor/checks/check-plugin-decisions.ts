import { goQuote } from "../../go/quote.ts";
import type { PluginOutcome } from "../../api/plugin-report.ts";
import { credentialBefore, execFaults } from "../../clientcmd/exec-faults.ts";
import { quote, shellWord, shorten, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import { findMisspelling, hintForMisspelling } from "../misspelt-paths.ts";

/** Checks which executables the plugins are, and whether they would run. */
export function* checkPlugins(facts: ExaminationInput): Generator<Finding> {
  for (const plugin of facts.plugins) {
    const { user } = plugin;
    const entry = facts.merged.authInfos.get(user);
    // Faults of the entry, and reasons why the plugin is not needed, are reported elsewhere.
    if (
      entry === undefined ||
      !facts.isInScope("user", user) ||
      execFaults(user, entry).length > 0 ||
      credentialBefore(entry) !== undefined
    ) {
      continue;
    }
    yield* checkPlugin(facts, plugin);
  }
}

function* checkPlugin(
  facts: ExaminationInput,
  { user, command, resolvedPath, status, reason }: PluginOutcome,
): Generator<Finding> {
  const subject = subjectOf("user", user);
  const place = facts.locate("user", user, "exec", "command");
  const { filepath } = facts;
  const shown = quote(command);
  const cause = shorten(command, LONGEST_CAUSE);
  const loop = facts.loops.get(user);
  if (loop !== undefined) {
    yield findingAt("plugin-leads-to-itself", place, {
      subject,
      message: `Its plugin ${shown} runs kcfg credential, which leads to itself: ${loop.map(quote).join(" -> ")}.`,
    });
    return;
  }
  if (status !== "allowed") {
    yield findingAt(status === "missing" ? "plugin-missing" : "plugin-denied", place, {
      subject,
      cause,
      message: `Its plugin ${shown} would not run: ${reason.replace(/; the user's .* is used instead of it$/, "")}.`,
      ...((status === "missing" || isUnresolvable(reason)) && {
        hint: hintForMissing(facts, user, command, reason),
      }),
    });
    return;
  }
  const path = quote(resolvedPath ?? "");
  if (filepath.base(command) === command) {
    yield findingAt("exec-command-in-path", place, {
      subject,
      cause,
      message: `Its plugin ${shown} is found through PATH: ${path}.`,
    });
  } else if (!filepath.isAbs(command)) {
    yield findingAt("exec-command-relative", place, {
      subject,
      cause,
      message: `Its plugin ${shown} counts from the folder of the kubeconfig: ${path}.`,
    });
  }
}

/** Reports whether an allowlist refuses a plugin only since there is no such executable. */
function isUnresolvable(reason: string): boolean {
  return reason.includes(" cannot be resolved for credential plugin allowlist check: ");
}

/** Returns the hint for a missing plugin. */
function hintForMissing(facts: ExaminationInput, user: string, command: string, reason: string): string {
  if (reason.includes(": exec format error")) {
    return "Install the plugin that was made for this machine: the file is not a program that it can execute.";
  }
  const { filepath, merged, resolved, machine } = facts;
  return (
    hintForWriting(facts, command) ??
    (filepath.base(command) === command
      ? hintForName(facts, user, command)
      : hintForPath(facts, command, resolved.authInfos.get(user)?.exec?.command ?? command)) ??
    installHint(merged.authInfos.get(user)?.exec?.installHint ?? "") ??
    (filepath.base(command) === command
      ? "Install it, or put its folder into PATH."
      : machine.stat(filepath.dir(command)) === undefined && filepath.isAbs(command)
        ? "Install it, or correct its path: its folder does not exist."
        : "Install it there, or correct its path.")
  );
}

/** Returns the hint for a command with arguments, or with what only a shell would replace. */
function hintForWriting(facts: ExaminationInput, command: string): string | undefined {
  const misspelling = findMisspelling(command, { ...facts, separators: "" });
  const [program = "", ...rest] = command.trim().split(/\s+/);
  if (rest.length > 0 && isExecutable(facts, program)) {
    return `Write only ${quote(program)} as its command, and each argument as an item of args.`;
  }
  return misspelling && hintForMisspelling(misspelling);
}

function isExecutable({ machine, filepath }: ExaminationInput, program: string): boolean {
  return filepath.base(program) === program
    ? machine.findInPath(program) !== undefined
    : machine.stat(program)?.isFile === true;
}

/** Returns the hint for a bare name that is in the folder of the kubeconfig, and not in PATH. */
function hintForName(
  { merged, machine, filepath }: ExaminationInput,
  user: string,
  name: string,
): string | undefined {
  const kubeconfig = merged.authInfos.get(user)?.locationOfOrigin ?? "";
  const beside = filepath.join(filepath.dir(kubeconfig), name);
  return kubeconfig !== "" && machine.stat(beside)?.isFile === true
    ? `A bare name is looked up in PATH alone. Write ${quote(beside)}.`
    : undefined;
}

/**
 * Returns the hint for a command with a separator, which PATH does not help.
 *
 * @param path - as it is looked up
 */
function hintForPath(
  { machine, filepath }: ExaminationInput,
  command: string,
  path: string,
): string | undefined {
  const found = machine.stat(path);
  if (found !== undefined) {
    return found.isDirectory
      ? "It is a folder. Write the path of the program in it."
      : `Make it executable: chmod +x ${shellWord(path)}`;
  }
  const name = filepath.base(command);
  const inPath = machine.findInPath(name);
  if (inPath !== undefined) {
    return `Write ${quote(inPath)}, which is in PATH, or ${quote(name)} alone: PATH is not searched for a command with a ${filepath.separator === "/" ? "slash" : "backslash"}.`;
  }
  return filepath.isAbs(command)
    ? undefined
    : `PATH is not searched for a command with a separator: it counts from the folder of the kubeconfig. Install it as ${quote(path)}, or write the name alone.`;
}

/** Returns the hint of the kubeconfig, which may be of any length. */
function installHint(text: string): string | undefined {
  return text.trim() === ""
    ? undefined
    : `Install it. The kubeconfig says how: ${goQuote(shorten(text.trim(), LONGEST))
        .slice(1, -1)
        .replaceAll(/(?:\\[nrt] *)+/g, " ")}`;
}

const LONGEST = 400;
const LONGEST_CAUSE = 40;
