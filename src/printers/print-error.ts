/**
 * A format or a template that cannot be used, or an object that it cannot print. `message` is in kubectl's words, which
 * can hold names from the template.
 */
export class PrintError extends Error {
  /** The name of the class. */
  override readonly name = "PrintError";
  /** What was printed before, which still belongs on standard output; bytes where it is not UTF-8. */
  readonly printed: string | Uint8Array;

  constructor(message: string, { cause, printed = "" }: PrintErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.printed = printed;
  }
}

/** The details of a {@link PrintError}. */
export interface PrintErrorDetails {
  /** The error that led to it. */
  readonly cause?: unknown;
  /** What was printed before. */
  readonly printed?: string | Uint8Array;
}
