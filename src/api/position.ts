/** A place in a text file, for people: both numbers count from 1; the column counts characters, not bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
