import type { Command } from "commander";
import { canonicalArgv } from "./canonical-argv.ts";
import { PflagError } from "./pflag-error.ts";

const prepared = new WeakSet<Command>();

/**
 * Has a command read the flags that are bound to it as pflag does, and all other options as it did before. What pflag
 * refuses ends in `command.error()`, in pflag's words.
 */
export function parseBoundFlags(command: Command): void {
  if (prepared.has(command)) {
    return;
  }
  prepared.add(command);
  const parseOptions = command.parseOptions.bind(command);
  command.parseOptions = (argv) => parseOptions(canonical(command, argv));
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
