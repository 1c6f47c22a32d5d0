import { UsageError } from "./usage-error.ts";

const ERRORS = new WeakSet<Error>();

/**
 * Returns an error that says what kubectl says, names included that were given on the command line. Of a command that
 * kubectl has, and where no terminal is, it is reported byte for byte as kubectl tells it.
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

/** Reports whether an error is to be told as it is where no terminal is. */
export function isInKubectlWords(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && ERRORS.has(error));
}
