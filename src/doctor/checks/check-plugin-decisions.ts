import { goQuote } from "../../go/quote.ts";
import type { PluginOutcome } from "../../api/plugin-report.ts";
import { credentialBefore, execFaults } from "../../clientcmd/exec-faults.ts";
import { quote, shorten, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt } from "../examination-input.ts";
import type { Finding } from "../finding.ts";

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
    yield* checkPlugin(facts, plugin, entry.exec?.installHint !== "");
  }
}

function* checkPlugin(
  facts: ExaminationInput,
  { user, command, resolvedPath, status, reason }: PluginOutcome,
  hasHint: boolean,
): Generator<Finding> {
  const subject = subjectOf("user", user);
  const place = facts.locate("user", user, "exec", "command");
  const { filepath } = facts;
  const shown = quote(command);
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
      message: `Its plugin ${shown} would not run: ${reason.replace(/; the user's .* is used instead of it$/, "")}.`,
      ...(status === "missing" && { hint: hintForMissing(facts, user, hasHint, reason) }),
    });
    return;
  }
  const path = quote(resolvedPath ?? "");
  if (filepath.base(command) === command) {
    yield findingAt("exec-command-in-path", place, {
      subject,
      message: `Its plugin ${shown} is found through PATH: ${path}.`,
    });
  } else if (!filepath.isAbs(command)) {
    yield findingAt("exec-command-relative", place, {
      subject,
      message: `Its plugin ${shown} counts from the folder of the kubeconfig: ${path}.`,
    });
  }
}

/** Returns the hint for a missing plugin. The install hint comes from the file, and may be of any length. */
function hintForMissing(
  { merged }: ExaminationInput,
  user: string,
  hasHint: boolean,
  reason: string,
): string {
  if (reason.includes(": exec format error")) {
    return "Install the plugin that was made for this machine: the file is not a program that it can execute.";
  }
  const hint = merged.authInfos.get(user)?.exec?.installHint.trim() ?? "";
  return hasHint && hint !== ""
    ? `Install it. The kubeconfig says how: ${goQuote(shorten(hint, LONGEST))
        .slice(1, -1)
        .replaceAll(/(?:\\[nrt] *)+/g, " ")}`
    : "Install it, or put its folder into PATH.";
}

const LONGEST = 400;
