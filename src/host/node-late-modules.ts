import type * as ChildProcess from "node:child_process";
import process from "node:process";
import type * as Tty from "node:tty";

/**
 * Loads `child_process`. It takes longer to load than most commands take to run, because it includes sockets; most runs
 * start no process, and prompt on no terminal.
 */
export function childProcess(): typeof ChildProcess {
  return process.getBuiltinModule("node:child_process");
}

/** Loads `tty`: see {@link childProcess}. */
export function tty(): typeof Tty {
  return process.getBuiltinModule("node:tty");
}
