/** A place in a text file, for people: both numbers count from 1; the column counts characters, not bytes. */
export interface Position {
  /** The line, from 1. */
  readonly line: number;
  /** The character in the line, from 1. */
  readonly column: number;
}
