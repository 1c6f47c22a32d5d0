import type { Host } from "../../host/host.ts";
import { goQuote } from "../../go/quote.ts";
import { completionScript, SHELLS } from "../completion/scripts.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg completion`: the script that enables completion in a shell. */
export function completionCommand(_host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("completion");
  return command
    .summary("Print completion code for bash, zsh, fish or powershell")
    .description(
      "Print the code that makes a shell complete commands, flags and their values, contexts, clusters, users, namespaces, " +
        "properties and file names.\n\n" +
        "The shell asks kcfg each time. It reads your kubeconfigs and nothing else: no plugin is run and no server asked.",
    )
    .usage(`<${SHELLS.join("|")}>`)
    .argument(`[${SHELLS.join("|")}]`, "the shell")
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const [shell, ...more] = command.args;
      if (shell === undefined) {
        throw command.usageError("Shell not specified.");
      }
      if (more.length > 0) {
        throw command.usageError("Too many arguments. Expected only the shell type.");
      }
      const script = completionScript(shell);
      if (script === undefined) {
        throw command.usageError(`Unsupported shell type ${goQuote(shell)}.`);
      }
      streams.out.data(script);
    });
}

const EXAMPLES = `
Examples:
  # bash: in ~/.bashrc
  source <(kcfg completion bash)

  # zsh: in ~/.zshrc, behind compinit
  source <(kcfg completion zsh)

  # fish
  kcfg completion fish > ~/.config/fish/completions/kcfg.fish

  # PowerShell: in $PROFILE
  kcfg completion powershell | Out-String | Invoke-Expression`;
