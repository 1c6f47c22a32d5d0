/** A stream of the process. Only `output.ts` writes to one. */
export interface StandardStream {
  /** Returns `false` if the caller should wait until the stream is drained. */
  write(content: string | Uint8Array): unknown;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /**
   * Waits until the output has been flushed.
   *
   * @returns whether more can be written: the reader may be gone
   */
  readonly drained?: () => Promise<boolean>;
}

/** The streams that the process was started with. */
export interface StandardStreams {
  readonly out: StandardStream;
  readonly err: StandardStream;
}
