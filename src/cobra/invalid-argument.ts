/**
 * A value that is invalid for an option: commander's `InvalidArgumentError`, which commander recognises by its code. The
 * library does not load commander, which is the program's own, and which esbuild cannot put into ES modules.
 */
export class InvalidArgument extends Error {
  readonly code = "commander.invalidArgument";
  readonly exitCode = 1;
}

/** Reports whether an error says that a value is invalid for an option, be it ours or commander's. */
export function isInvalidArgument(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "commander.invalidArgument";
}
