import type { Config } from "../../api/config.ts";
import { compareGoStrings } from "../../go/order.ts";
import type { Host } from "../../host/host.ts";
import { editAccess, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { printCurrentContext } from "./current-context.ts";
import { switchContext } from "./use-context.ts";

/** Creates `kcfg ctx`: `use-context` for everyday, which offers a list for a part of a name, too. */
export function ctxCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("ctx");
  return withEditFlags(command)
    .summary("Switch to another context: pick, name it, or go back (-)")
    .description(
      "Switch to another context.\n\n" +
        'Without a name, on a terminal, you pick one from a list; elsewhere the names of all contexts are printed. "-" is the ' +
        'context before, "." prints the name of the current one. For a part of a name you are offered, on a terminal, the ' +
        "contexts that have it; nothing is switched without your Enter.\n\n" +
        "Exit codes: 0, or 1 when anything went wrong; 130 when you left without picking.",
    )
    .usage("[context]")
    .argument("[context]", "the context to use; - for the previous one, . to print the current one")
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const [asked] = command.args;
      if (command.args.length > 1) {
        throw unexpectedArgs(command);
      }
      const config = editAccess(host, streams, command).startingConfig();
      if (asked === "." && !config.contexts.has(asked)) {
        printCurrentContext(streams, config);
        return;
      }
      const { canPick, pickContext } = await import("../picker/pick-context.ts");
      if (asked === undefined && !canPick(host)) {
        const names = [...config.contexts.keys()].toSorted(compareGoStrings);
        names.forEach((name) => streams.out.data(`${streams.out.name(name)}\n`));
        return;
      }
      const name =
        asked === undefined || (canPick(host) && isPart(config, asked))
          ? await pickContext(host, streams, config, asked)
          : asked;
      await switchContext(host, streams, command, name);
    });
}

/** Reports whether a word is no name of a context, but a part of one. */
function isPart({ contexts }: Config, word: string): boolean {
  const part = word.toLowerCase();
  const names = [...contexts.keys()];
  return (
    !["", "-"].includes(word) &&
    !contexts.has(word) &&
    names.some((name) => name.toLowerCase().includes(part))
  );
}

const EXAMPLES = `
Examples:
  # Pick a context from a list
  kcfg ctx

  # Pick among those with "prod" in their names
  kcfg ctx prod

  # Go back to the context before
  kcfg ctx -

  # The name of the current context
  kcfg ctx .`;
