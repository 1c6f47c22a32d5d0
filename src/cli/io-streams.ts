/** Where a command writes. */
export interface IOStreams {
  readonly out: { write(text: string | Uint8Array): unknown };
  readonly err: { write(text: string): unknown };
}
