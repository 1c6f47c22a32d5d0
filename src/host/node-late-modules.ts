import type * as ChildProcess from "node:child_process";
import process from "node:process";
import type * as Tty from "node:tty";

/**
 * Modules of Node that take longer to load than most commands take to run, because sockets come with them. Most runs start no
 * process, and ask no terminal.
 */
export function childProcess(): typeof ChildProcess {
  return process.getBuiltinModule("node:child_process");
}

/** See {@link childProcess}. */
export function tty(): typeof Tty {
  return process.getBuiltinModule("node:tty");
}
