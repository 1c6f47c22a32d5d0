import { Option } from "commander";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { Colour } from "../colour.ts";
import { hasColours, RENDITIONS } from "../colour.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import { contextColour } from "../shell/context-colour.ts";
import { globTest } from "../glob.ts";
import type { PromptShell } from "../shell/prompt-text.ts";
import { PROMPT_SHELLS, promptText, unknownPlaceholder } from "../shell/prompt-text.ts";

interface PromptFlags extends GlobalFlags {
  readonly format: string;
  readonly shell: string;
  readonly color: readonly string[];
}

/** Creates `kcfg prompt`: the current context and namespace for the prompt of a shell. */
export function promptCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("prompt");
  return command
    .summary("Print context and namespace for a shell's prompt")
    .description(
      "Print the current context and its namespace for the prompt of a shell; nothing where there is no current context. " +
        "Contexts of production are red. Any character of a name that a shell, a prompt or a terminal could obey is shown as ?.\n\n" +
        "The format may have {context}, {namespace}, {cluster}, {user}, and {level}: how deep you are in kcfg shells. A colour " +
        "is red, green, yellow, blue, magenta, cyan, bold, dim, or none, for the first pattern that matches the context.",
    )
    .addOption(new Option("--format <text>", "The text, with placeholders.").default(""))
    .addOption(
      new Option(
        "--shell <plain|bash|zsh|fish|powershell>",
        "The shell whose prompt it is, for colours.",
      ).default("plain"),
    )
    .addOption(
      new Option("--color <pattern=colour...>", "A colour for contexts; can be repeated.").default([]),
    )
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const flags = command.opts<PromptFlags>();
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      const shell = PROMPT_SHELLS.find((each) => each === flags.shell);
      if (shell === undefined) {
        throw command.usageError(`--shell must be one of ${PROMPT_SHELLS.join(", ")}`);
      }
      const bad = unknownPlaceholder(flags.format);
      if (bad !== undefined) {
        throw command.usageError(`--format: there is no ${bad}`);
      }
      const config = loadStartingConfig(host, pathOptions(host, streams, flags), decodeConfigWithoutData);
      const colourOf = colourRules(command, flags.color);
      const style = { format: flags.format || undefined, colourOf };
      const print = (as: PromptShell): string => promptText(host, config, { ...style, shell: as });
      const text = print("plain");
      if (text === "") {
        return;
      }
      if (streams.out.isTTY) {
        const colour =
          shell === "plain" || !hasColours(host, streams.out) ? undefined : colourOf(config.currentContext);
        streams.out.say(`${colour === undefined ? text : streams.out.paint(text, colour)}\n`);
      } else {
        streams.out.data(`${print(shell)}\n`);
      }
    });
}

const EXAMPLES = `
Examples:
  # In .bashrc
  PS1='$(kcfg prompt --shell bash 2>/dev/null) \\$ '

  # In .zshrc
  setopt prompt_subst; PROMPT='$(kcfg prompt --shell zsh 2>/dev/null) %# '

  # Staging in yellow, production in red
  kcfg prompt --shell bash --color '*stag*=yellow' --color '*prod*=red'`;

/** Makes the function that colours contexts from `PATTERN=COLOUR` rules; otherwise production is red. */
function colourRules(
  command: PflagCommand,
  rules: readonly string[],
): (context: string) => Colour | undefined {
  const tests = rules.map((rule) => {
    const equals = rule.lastIndexOf("=");
    const name = rule.slice(equals + 1);
    if (equals === -1 || !(name in RENDITIONS || name === "none")) {
      throw command.usageError(`--color must be PATTERN=COLOUR, not ${JSON.stringify(rule)}`);
    }
    return { test: globTest(rule.slice(0, equals)), colour: name === "none" ? undefined : (name as Colour) };
  });
  return (context) => {
    const found = tests.find(({ test }) => test(context));
    return found === undefined ? contextColour(context) : found.colour;
  };
}
