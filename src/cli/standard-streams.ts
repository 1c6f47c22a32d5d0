/** A stream of the process. Only `output.ts` writes to one. */
export interface StandardStream {
  /** Answers `false` if the next one had better wait until it is drained. */
  write(content: string | Uint8Array): unknown;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /**
   * Waits until what was written is on its way.
   *
   * @returns whether more can be written: nobody may be reading any more
   */
  readonly drained?: () => Promise<boolean>;
}

/** What the process was started with. */
export interface StandardStreams {
  readonly out: StandardStream;
  readonly err: StandardStream;
}
