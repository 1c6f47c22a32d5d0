import { goQuote } from "../../go/quote.ts";
import type { Config } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import { readHistory } from "../../writing/history-store.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import { editAccess, runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg use-context`: sets current-context; `-` is the previous one. */
export function useContextCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("use-context");
  return withEditFlags(command)
    .alias("use")
    .summary("Set the current-context in a kubeconfig file")
    .description(
      "Set the current-context in a kubeconfig file.\n\n" +
        'The name "-" stands for the context that was current before, if kcfg changed it. Without a name, on a terminal, you ' +
        "pick one: type to filter, arrows to move, enter to switch, escape to leave everything as it is.\n\n" +
        "Exit codes: 0, or 1 when anything went wrong; 130 when you left without picking.",
    )
    .usage("[context]")
    .argument("[context]", "the context to use; - for the previous one")
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const asked = command.args.length === 0 ? await pickedContext() : command.args[0];
      if (asked === undefined || command.args.length > 1) {
        throw unexpectedArgs(command);
      }
      await switchContext(host, streams, command, asked);
    });

  /** Lets the user pick a context; undefined without an interactive user. */
  async function pickedContext(): Promise<string | undefined> {
    if (!host.terminal.isTerminal("stdin") || !host.terminal.isTerminal("stderr")) {
      return undefined;
    }
    const { canPick, pickContext } = await import("../picker/pick-context.ts");
    return canPick(host)
      ? await pickContext(host, streams, editAccess(host, streams, command).startingConfig())
      : undefined;
  }
}

const EXAMPLES = `
Examples:
  # Use the context for the minikube cluster
  kcfg use-context minikube

  # Pick a context from a list
  kcfg use-context

  # Go back to the context before
  kcfg use-context -`;

/** Sets current-context to the one that a word means: its name, or `-` for the previous one. */
export async function switchContext(
  host: Host,
  streams: IOStreams,
  command: PflagCommand,
  asked: string,
): Promise<void> {
  const previous = (): string | undefined =>
    readHistory(host, editAccess(host, streams, command).defaultFilename).previousContext;
  await runEdit(
    host,
    streams,
    command,
    (starting) => ({ ...starting, currentContext: chooseContext(starting, asked, previous) }),
    ({ after }) => `Switched to context ${goQuote(after.currentContext)}.\n`,
  );
}

/**
 * Returns the name of the context that a word means: its name, or `-` for the previous one.
 *
 * @throws Error if there is none
 */
export function chooseContext(config: Config, asked: string, previous: () => string | undefined): string {
  if (asked === "") {
    throw new Error("empty context names are not allowed");
  }
  // A context may be called "-".
  const name = asked === "-" && !config.contexts.has(asked) ? previous() : asked;
  if (name === undefined) {
    throw new Error(
      "no previous context is known: kcfg has not changed current-context from another one in this file yet",
    );
  }
  if (!config.contexts.has(name)) {
    const reason =
      name === asked
        ? didYouMean(name, config.contexts.keys())
        : "; it was the previous one, and has been renamed or deleted since";
    throw new Error(`no context exists with the name: ${goQuote(name)}${reason}`);
  }
  return name;
}
