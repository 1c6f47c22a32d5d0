import type { ParseOptionsResult } from "commander";
import { CommanderError, Option } from "commander";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { parseGoInt32 } from "../../cobra/read-flag-value.ts";
import { compareGoStrings } from "../../go/order.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import { lookPath } from "../../loading/look-path.ts";
import { EXIT_NOT_FOUND, EXIT_OK, exitCodeOf } from "../exit-code.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import { globTest } from "../glob.ts";
import { filesOf, makePrivateFolder, reportKept } from "../shell/private-folder.ts";
import type { ContextResults } from "../shell/run-in-contexts.ts";
import { runInContexts } from "../shell/run-in-contexts.ts";

interface ExecFlags extends GlobalFlags {
  readonly jobs: number;
  readonly failFast: boolean;
}

/** A command whose words after the first `--` are not its own. */
class ExecCommand extends PflagCommand {
  /** The words after `--`; undefined if there is none. */
  program: readonly string[] | undefined;

  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    const end = argv.indexOf("--");
    this.program = end === -1 ? undefined : argv.slice(end + 1);
    return super.parseOptions(end === -1 ? argv : argv.slice(0, end));
  }
}

/** Creates `kcfg exec`: a command, once per context. */
export function execCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new ExecCommand("exec");
  return command
    .summary("Run a command once per matching context")
    .description(
      "Run a command once per context whose name matches a pattern: * stands for anything, ? for one character, [ab] for one of " +
        "some. Each run has a private kubeconfig in front of KUBECONFIG that sets its context, so every program follows, and " +
        "KCFG_CONTEXT is its name. Lines of both streams begin with the context. The command is started as it is, by no shell; " +
        "it reads nothing. Ctrl-C ends all.\n\n" +
        "Exit codes: 0 when all succeeded; otherwise the highest of all runs, where a signal is 128 and its number, and 126 is a " +
        "command that could not be started; with --fail-fast that of the first failure. 127, there is no such command; 1, no context " +
        "matches, or the command line is wrong; 130 after Ctrl-C.",
    )
    .usage("<pattern...> -- <command> [args...]")
    .argument("[context...]", "names or patterns of contexts")
    .addOption(new Option("-n, --namespace <namespace>", "The namespace of each run.").default(""))
    .addOption(new Option("-j, --jobs <n>", "How many may run at once.").default(1).argParser(parseGoInt32))
    .addOption(
      new Option("--fail-fast", "End everything when one run fails, and start no more.").default(false),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const exitCode = await runExec(host, streams, command);
      if (exitCode !== EXIT_OK) {
        throw new CommanderError(exitCode, "kcfg.exec", "a run failed");
      }
    });
}

const EXAMPLES = `
Examples:
  # The nodes of every production cluster, four at once
  kcfg exec -j 4 'prod-*' -- kubectl get nodes

  # All contexts, until one fails
  kcfg exec --fail-fast '*' -- helm list -A`;

async function runExec(host: Host, streams: IOStreams, command: ExecCommand): Promise<number> {
  const flags = command.opts<ExecFlags>();
  const [name, ...args] = command.program ?? [];
  if (name === undefined) {
    throw command.usageError("which command? Write it after --");
  }
  if (command.args.length === 0) {
    throw command.usageError("which contexts? Write their names or patterns before --");
  }
  if (flags.jobs < 1) {
    throw command.usageError("--jobs must be at least 1");
  }
  const rules = pathOptions(host, streams, flags);
  const config = loadStartingConfig(host, rules, decodeConfig);
  const contexts = matching([...config.contexts.keys()], command.args);
  const { path, error } = lookPath(host, name);
  if (error !== undefined) {
    streams.err.fail(new Error(`cannot run ${goQuote(name)}: ${error.message}`));
    return EXIT_NOT_FOUND;
  }
  const folder = makePrivateFolder(host);
  try {
    const { namespace, jobs, failFast } = flags;
    const results = await runInContexts(host, streams, folder, {
      config,
      files: filesOf(rules),
      contexts,
      namespace,
      program: path,
      argv: [name, ...args],
      jobs: Math.min(jobs, contexts.length),
      failFast,
    });
    return report(streams, contexts.length, results, failFast);
  } finally {
    reportKept(streams, folder.remove());
  }
}

/** Returns the names that match any pattern, in the order of the patterns, each once. */
function matching(names: readonly string[], patterns: readonly string[]): readonly string[] {
  const sorted = names.toSorted(compareGoStrings);
  const found = patterns.map((pattern) => {
    // A name may have characters that mean something in a pattern.
    const matches = names.includes(pattern) ? [pattern] : sorted.filter(globTest(pattern));
    if (matches.length === 0) {
      throw new Error(`no context matches ${goQuote(pattern)}`);
    }
    return matches;
  });
  return [...new Set(found.flat())];
}

/** The most failures that are named. */
const MOST_NAMED = 10;

/** Prints which runs failed, and returns the exit code of all. */
function report(
  streams: IOStreams,
  count: number,
  { ends, interrupted }: ContextResults,
  failFast: boolean,
): number {
  const failed = ends.filter(({ exitCode }) => exitCode !== EXIT_OK);
  const missing = count - ends.length;
  if (interrupted === undefined && failed.length > 0) {
    const named = failed.slice(0, MOST_NAMED).map(({ context, reason }) => `${context} (${reason})`);
    const more = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : "";
    const rest = missing === 0 ? "" : `; ${missing} did not run to the end`;
    streams.err.sayLine(`failed in ${failed.length} of ${count} contexts: ${named.join(", ")}${more}${rest}`);
  }
  if (interrupted !== undefined) {
    return exitCodeOf({ exitCode: undefined, signal: interrupted });
  }
  const codes = failed.map(({ exitCode }) => exitCode);
  return failFast ? (codes[0] ?? EXIT_OK) : Math.max(EXIT_OK, ...codes);
}
