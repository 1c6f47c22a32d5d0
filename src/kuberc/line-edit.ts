import type { FieldLines } from "./field-lines.ts";

/** A change of some lines. */
export interface LineEdit {
  /** The index of the first line that goes, or before which others come. */
  readonly at: number;
  /** How many lines go. */
  readonly remove: number;
  readonly insert: readonly string[];
}

/**
 * Makes edits, none of which overlaps another; of two at one place the first stands first.
 *
 * @param eol - what ends the lines of the text beside the newline: `"\r"` or `""`
 */
export function applyEdits(
  lines: readonly string[],
  edits: readonly LineEdit[],
  eol: string,
): readonly string[] {
  let result = lines;
  for (const { at, remove, insert } of edits.toReversed().toSorted((a, b) => b.at - a.at)) {
    const added = insert.map((line) => (line.endsWith(eol) ? line : line + eol));
    result = [...result.slice(0, at), ...added, ...result.slice(at + remove)];
  }
  return result;
}

/** A line with spaces before it, except an empty one. */
export function indentBy(indent: string, line: string): string {
  return line === "" ? "" : `${indent}${line}`;
}

/** The index of the line after a field. */
export function endOf({ first, count }: FieldLines): number {
  return first + count;
}

/** The index of the line after the last of some fields. */
export function endOfAll(fields: Iterable<FieldLines>): number {
  let end = 0;
  for (const field of fields) {
    end = Math.max(end, endOf(field));
  }
  return end;
}
