import { kubectlError } from "../kubectl-words.ts";

/** Puts before an error what was being done. */
export function withPrintContext<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw kubectlError(`${prefix}${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
