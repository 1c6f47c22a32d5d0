import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import { membersOf } from "../codec/kuberc/wire-value.ts";

/** The lines of a field at the top level: from its key to the last line of its value. */
export interface FieldLines {
  /** The index of the first line in the file. */
  readonly first: number;
  readonly count: number;
}

/** The fields at the top level of a block mapping, by the lines that they take. */
export interface DocumentLines {
  /** What stands before each key: spaces. */
  readonly indent: string;
  readonly fields: ReadonlyMap<string, FieldLines>;
}

/**
 * Finds the lines of each field of a document. Comments and blank lines after a value belong to what follows.
 *
 * @param lines - of the whole file
 * @returns undefined where the fields do not stand each on lines of their own
 */
export function locateFields(document: KubercDocument, lines: readonly string[]): DocumentLines | undefined {
  const keys = (membersOf(document.value) ?? [])
    .map(([key]) => ({ key, position: document.locate([key], "key") }))
    .toSorted((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0));
  const column = keys[0]?.position?.column ?? 1;
  const starts = keys.map(({ position }) => (position?.column === column ? position.line - 1 : -1));
  const indent = lines[starts[0] ?? 0]?.slice(0, column - 1) ?? "";
  if (
    starts.some(
      (start, i) => start === -1 || starts.indexOf(start) !== i || !isIndented(lines[start], indent),
    )
  ) {
    return undefined;
  }
  const end = documentEnd(lines, starts.at(-1) ?? 0);
  return {
    indent,
    fields: new Map(
      keys.map(({ key }, i) => {
        const first = starts[i] ?? 0;
        return [key, { first, count: contentLength(lines.slice(first, starts[i + 1] ?? end)) }];
      }),
    ),
  };
}

/** Whether a line says something. */
export function isContent(line: string): boolean {
  return !isComment(line) && line.trim() !== "";
}

export function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}

function isIndented(line: string | undefined, indent: string): boolean {
  return line !== undefined && indent.trim() === "" && line.startsWith(indent);
}

function documentEnd(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, i) => i > from && /^(?:---|\.\.\.)(?:\s|$)/.test(line));
  return end === -1 ? lines.length : end;
}

function contentLength(lines: readonly string[]): number {
  return lines.findLastIndex(isContent) + 1;
}
