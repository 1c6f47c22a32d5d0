import type { ProcessEnd } from "../host/processes.ts";

/** The exit codes of the commands that `kubectl config` has: the same as kubectl's. */
export const EXIT_OK = 0;
/** Anything that went wrong: the command line, a file, the configuration. */
export const EXIT_ERROR = 1;
/** `check-plugins`, `doctor` or `inspect` could not decide: the command line, the kubeconfig or the policy is invalid. */
export const EXIT_UNDECIDED = 2;
/** The user cancelled the picker. The exit code of a program that Ctrl-C ended, also used by other pickers. */
export const EXIT_LEFT = 130;
/** The reader of the output is gone. The exit code of a program that SIGPIPE ended, as kubectl is. */
export const EXIT_SIGPIPE = 141;
/** A command that `kcfg exec` should run could not be started, or not be found: those of shells. */
export const EXIT_NOT_STARTED = 126;
export const EXIT_NOT_FOUND = 127;

/** The numbers of signals that end programs, in the exit codes of shells. */
const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

/** Returns the exit code by which shells report how a program ended: 128 and the number of the signal. */
export function exitCodeOf({ exitCode, signal }: ProcessEnd): number {
  return exitCode ?? 128 + (SIGNALS[signal ?? ""] ?? 0);
}
