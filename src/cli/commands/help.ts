import { HelpRequest } from "../help-request.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg help`: the help of a command, or of the program. */
export function helpCommand(): PflagCommand {
  const command = new PflagCommand("help");
  return command
    .summary("Show the help of a command")
    .description("Show the help of a command, as its --help does; without a name, that of the program.")
    .argument("[command...]", "the words that name the command")
    .addHelpText("after", EXAMPLES)
    .action(() => {
      throw new HelpRequest(command.args);
    });
}

const EXAMPLES = `
Examples:
  # The help of a command
  kcfg help use-context

  # The help of a command in a group
  kcfg help kuberc set`;
