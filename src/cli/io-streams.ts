/** Where a command writes. */
export interface IOStreams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
}
