import type { Command } from "commander";
import { isPflagCommand } from "./bound-options.ts";
import type { CanonicalArgv } from "./canonical-argv.ts";
import { canonicalArgv } from "./canonical-argv.ts";
import { subcommandNamed } from "./commander-state.ts";
import { PflagError } from "./pflag-error.ts";

/** The callbacks to run, for each command that has bound flags, before it parses another argv. */
const resets = new WeakMap<Command, (() => void)[]>();

/**
 * Makes a command parse the flags that are bound to it as pflag does, and all other options as before. Arguments that
 * pflag refuses end in `command.error()`, in pflag's words.
 *
 * @param reset - called when the command resets its state before it parses another argv
 */
export function parseBoundFlags(command: Command, reset: () => void): void {
  const known = resets.get(command);
  if (known !== undefined) {
    known.push(reset);
    return;
  }
  const all = [reset];
  resets.set(command, all);
  if (!isPflagCommand(command)) {
    const parseOptions = command.parseOptions.bind(command);
    command.parseOptions = (argv) => {
      const written = canonical(command, argv);
      return written.restore(parseOptions(written.args));
    };
  }
  const restoreState = command.restoreStateBeforeParse.bind(command);
  command.restoreStateBeforeParse = () => {
    restoreState();
    for (const one of all) {
      one();
    }
  };
}

function canonical(command: Command, argv: readonly string[]): CanonicalArgv {
  try {
    return canonicalArgv(command, wordsBefore(command, argv), argv);
  } catch (error) {
    if (error instanceof PflagError) {
      return command.error(`error: ${error.message}`, { code: error.code });
    }
    throw error;
  }
}

/**
 * Returns the arguments for a command that precede an argv. commander has a command parse what follows the first unknown
 * option, and keeps the arguments before it, which may name a subcommand of the command.
 */
function wordsBefore(command: Command, argv: readonly string[]): readonly string[] {
  const { parent } = command;
  const count = (parent?.args.length ?? 0) - argv.length;
  if (parent === null || count <= 0 || argv.some((arg, i) => arg !== parent.args[count + i])) {
    return [];
  }
  const words = parent.args.slice(0, count);
  return subcommandNamed(parent, words[0]) === command ? words.slice(1) : words;
}
