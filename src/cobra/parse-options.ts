import type { Command } from "commander";
import { isPflagCommand } from "./bound-options.ts";
import { canonicalArgv } from "./canonical-argv.ts";
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
    command.parseOptions = (argv) => parseOptions(canonical(command, argv));
  }
  const restoreState = command.restoreStateBeforeParse.bind(command);
  command.restoreStateBeforeParse = () => {
    restoreState();
    for (const one of all) {
      one();
    }
  };
}

function canonical(command: Command, argv: readonly string[]): string[] {
  try {
    return canonicalArgv(command, argv);
  } catch (error) {
    if (error instanceof PflagError) {
      return command.error(`error: ${error.message}`, { code: error.code });
    }
    throw error;
  }
}
