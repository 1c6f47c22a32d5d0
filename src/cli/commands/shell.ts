import { CommanderError, Option } from "commander";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import type { Config } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import { describeErrno } from "../../loading/file-system.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { exitCodeOf } from "../exit-code.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import {
  filesOf,
  makePrivateFolder,
  reportKept,
  withVariables,
  writePrivateKubeconfig,
} from "../shell/private-folder.ts";
import { prepareShell, shellProgram } from "../shell/shell-program.ts";

/** Creates `kcfg shell`: the user's shell, with a context of its own. */
export function shellCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("shell");
  return command
    .summary("Start a shell that has a context of its own")
    .description(
      "Start your shell with a context and namespace of its own: kubectl, helm and all others in it follow, other terminals do " +
        "not. A private kubeconfig in front of KUBECONFIG sets both; use-context in that shell changes that file only, which is " +
        "removed when the shell ends. Without a name it is the current context.\n\n" +
        "The shell is SHELL, and its own start-up files are read. KCFG_SHELL is 1 in it, 2 in a shell within, and so on.\n\n" +
        "Exit codes: that of the shell, or 128 and the number of the signal that ended it; 1 when it could not be started.",
    )
    .usage("[context]")
    .argument("[context]", "the context of the shell")
    .addOption(new Option("-n, --namespace <namespace>", "The namespace of the shell.").default(""))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 1) {
        throw command.usageError(`unexpected arguments: [${command.args.slice(1).join(" ")}]`);
      }
      const exitCode = await runShell(host, streams, command.opts<GlobalFlags>(), command.args[0]);
      if (exitCode !== 0) {
        throw new CommanderError(exitCode, "kcfg.shell", "the shell ended with an error");
      }
    });
}

const EXAMPLES = `
Examples:
  # Work in production here, and nowhere else
  kcfg shell production

  # In another namespace of the current context
  kcfg shell -n payments`;

/** Starts the shell, and returns its exit code. */
async function runShell(
  host: Host,
  streams: IOStreams,
  flags: GlobalFlags,
  asked: string | undefined,
): Promise<number> {
  const { processes } = host;
  if (processes.runInForeground === undefined) {
    throw new Error("no program can be started here");
  }
  const rules = pathOptions(host, streams, flags);
  const config = loadStartingConfig(host, rules, decodeConfig);
  const context = chosenContext(config, asked ?? flags.context);
  const program = shellProgram(host);
  const folder = makePrivateFolder(host);
  const level = (Number.parseInt(host.env["KCFG_SHELL"] ?? "", 10) || 0) + 1;
  const note = (text: string): void => {
    if (streams.err.isTTY) {
      streams.err.sayLine(text);
    }
  };
  try {
    const files = filesOf(rules);
    const { namespace } = flags;
    const list = writePrivateKubeconfig(host, folder, "shell", { config, context, namespace, files });
    const { args, env } = prepareShell(host, folder, program);
    note(
      `kcfg shell ${level}: context ${goQuote(context)}${namespace === "" ? "" : `, namespace ${goQuote(namespace)}`}`,
    );
    folder.expectOwner();
    const end = await processes
      .runInForeground(program, {
        argv0: filepathFor(host).base(program),
        args,
        env: withVariables(host, {
          ...env,
          KUBECONFIG: list,
          KCFG_SHELL_KUBECONFIG: list,
          KCFG_SHELL: `${level}`,
        }),
        onStart: (pid) => folder.addOwner(pid),
      })
      .catch((error: unknown) => {
        throw new Error(`cannot start ${goQuote(program)}: ${describeErrno(error)}`, { cause: error });
      });
    return exitCodeOf(end);
  } finally {
    reportKept(streams, folder.remove());
  }
}

function chosenContext({ contexts, currentContext }: Config, asked: string): string {
  const name = asked || currentContext;
  if (name === "") {
    throw new Error("current-context is not set: which context should the shell have?");
  }
  if (!contexts.has(name)) {
    throw new Error(`no context exists with the name: ${goQuote(name)}${didYouMean(name, contexts.keys())}`);
  }
  return name;
}
