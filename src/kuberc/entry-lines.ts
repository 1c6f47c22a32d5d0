import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { FieldLines } from "./field-lines.ts";
import { isComment, isContent } from "./field-lines.ts";

/** The entries of a list, by the lines that they take. */
export interface ListLines {
  /** What stands before each dash: spaces. */
  readonly indent: string;
  /** Comments that stand under an entry, as deep as its fields, are a part of it; others are not. */
  readonly entries: readonly FieldLines[];
}

/**
 * Finds the lines of each entry of a block list.
 *
 * @param field - the lines of the field that has the list
 * @param count - how many entries it has
 * @returns undefined where the entries do not stand each on lines of their own
 */
export function locateEntries(
  lines: readonly string[],
  field: FieldLines,
  count: number,
): ListLines | undefined {
  const end = field.first + field.count;
  const head = lines.findIndex((line, i) => i > field.first && i < end && isContent(line));
  const indent = /^ *(?=-(?: |\r?$))/.exec(lines[head] ?? "")?.[0];
  if (head === -1 || indent === undefined) {
    return undefined;
  }
  const starts: number[] = [];
  for (let i = head; i < end; i++) {
    if (/^-(?: |\r?$)/.test(lines[i]?.slice(indent.length) ?? "") && lines[i]?.startsWith(indent) === true) {
      starts.push(i);
    }
  }
  if (starts.length !== count) {
    return undefined;
  }
  return {
    indent,
    entries: starts.map((first, i) => {
      const next = starts[i + 1];
      const after = next ?? lines.length;
      let last = lines.findLastIndex((line, at) => at < (next ?? end) && isContent(line));
      while (last + 1 < after && isCommentWithin(lines[last + 1] ?? "", indent)) {
        last++;
      }
      return { first, count: last + 1 - first };
    }),
  };
}

function isCommentWithin(line: string, indent: string): boolean {
  return isComment(line) && line.startsWith(`${indent} `);
}

/**
 * Finds the lines of the fields of an entry.
 *
 * @param path - the way to the entry
 * @returns undefined where the fields do not stand each on lines of their own
 */
export function locateEntryFields(
  document: KubercDocument,
  lines: readonly string[],
  entry: FieldLines,
  path: readonly (string | number)[],
  keys: readonly string[],
): { readonly column: number; readonly fields: ReadonlyMap<string, FieldLines> } | undefined {
  const found = keys
    .map((key) => ({ key, position: document.locate([...path, key], "key") }))
    .toSorted((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0));
  const column = found[0]?.position?.column ?? 0;
  const starts = found.map(({ position }) => (position?.column === column ? position.line - 1 : -1));
  const end = entry.first + entry.count;
  const isApart = starts.every(
    (start, i) =>
      start >= entry.first &&
      start < end &&
      starts.indexOf(start) === i &&
      /^ *(?:- +)?$/.test(lines[start]?.slice(0, column - 1) ?? "{"),
  );
  if (starts.length === 0 || !isApart) {
    return undefined;
  }
  return {
    column,
    fields: new Map(
      found.map(({ key }, i) => {
        const first = starts[i] ?? 0;
        const last = lines.findLastIndex((line, at) => at < (starts[i + 1] ?? end) && isContent(line));
        return [key, { first, count: last + 1 - first }];
      }),
    ),
  };
}
