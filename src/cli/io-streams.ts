/** Where a command writes. */
export interface IOStreams {
  readonly out: {
    write(text: string | Uint8Array): unknown;
    /** Whether it is a terminal. */
    readonly isTTY?: boolean;
  };
  readonly err: {
    write(text: string): unknown;
    /** Whether it is a terminal. */
    readonly isTTY?: boolean;
  };
}
