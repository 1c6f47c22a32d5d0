import { PrintError } from "../printers/print-error.ts";
import { UsageError } from "./usage-error.ts";

const ERRORS = new WeakSet<Error>();

/**
 * Makes an error with kubectl's message, including names from the command line. For a command that kubectl has, and
 * without a terminal, it is printed byte for byte as by kubectl.
 */
export function kubectlError(message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  ERRORS.add(error);
  return error;
}

/** Marks the plain errors of `run` as {@link kubectlError} does. */
export function inKubectlWords<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && error.name === "Error") {
      ERRORS.add(error);
    }
    throw error;
  }
}

/** Reports whether an error is printed unchanged where there is no terminal. */
export function isInKubectlWords(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    error instanceof PrintError ||
    (error instanceof Error && ERRORS.has(error))
  );
}
