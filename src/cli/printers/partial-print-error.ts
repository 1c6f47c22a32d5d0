/** A printer failed after it had printed something, which still belongs on standard output. */
export class PartialPrintError extends Error {
  /** Bytes where it is not UTF-8. */
  readonly printed: string | Uint8Array;

  constructor(message: string, printed: string | Uint8Array, cause: unknown) {
    super(message, { cause });
    this.printed = printed;
  }
}
