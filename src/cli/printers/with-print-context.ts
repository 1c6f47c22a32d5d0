import { kubectlError } from "../kubectl-words.ts";

/** Runs a function, and prefixes its errors with what was being done. */
export function withPrintContext<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw kubectlError(`${prefix}${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
