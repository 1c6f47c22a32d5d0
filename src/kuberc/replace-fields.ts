import { isDeepStrictEqual } from "node:util";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { Spelling } from "../codec/kuberc/versions.ts";
import type { WireValue } from "../codec/kuberc/wire-value.ts";
import { refuseEdit } from "./edit-policy.ts";
import { locateEntryFields } from "./entry-lines.ts";
import type { EntryField } from "./entry-text.ts";
import { fieldText } from "./entry-text.ts";
import type { FieldLines } from "./field-lines.ts";
import { commentsOf } from "./line-comment.ts";
import type { LineEdit } from "./line-edit.ts";
import { applyEdits, endOf, endOfAll, indentBy } from "./line-edit.ts";

/** What an entry is to become. */
export interface Replacement {
  /** The way to the entry from the top of the document. */
  readonly path: readonly (string | number)[];
  /** The fields that the entry has. */
  readonly old: ReadonlyMap<string, WireValue>;
  /** The fields that it shall have. */
  readonly fields: readonly EntryField[];
  readonly spelling: Spelling;
  /** As for {@link applyEdits}. */
  readonly eol: string;
}

/**
 * Replaces those fields of an entry that change, and adds those that it has not. All other lines of the entry stay, and
 * the comments of the lines that go.
 *
 * @throws KubercError where the fields do not stand each on lines of their own
 */
export function replaceEntryFields(
  document: KubercDocument,
  lines: readonly string[],
  entry: FieldLines,
  { path, old, fields, spelling, eol }: Replacement,
): readonly string[] {
  const located = locateEntryFields(document, lines, entry, path, [...old.keys()]);
  if (located === undefined) {
    throw refuseEdit("the fields of the entry do not stand each on lines of their own");
  }
  const indent = " ".repeat(located.column - 1);
  const edits: LineEdit[] = [];
  const end = endOfAll(located.fields.values());
  for (const field of fields) {
    const [key, value] = field;
    if (isDeepStrictEqual(plain(old.get(key)), plain(value))) {
      continue;
    }
    const place = located.fields.get(key);
    const [first = "", ...rest] = fieldText(field, spelling);
    if (place === undefined) {
      edits.push({ at: end, remove: 0, insert: [first, ...rest].map((line) => indentBy(indent, line)) });
      continue;
    }
    const taken = lines.slice(place.first, endOf(place));
    edits.push({
      at: place.first,
      remove: place.count,
      insert: [
        `${taken[0]?.slice(0, located.column - 1) ?? indent}${first}`,
        ...taken.flatMap((line) => commentsOf(line, indent)),
        ...rest.map((line) => indentBy(indent, line)),
      ],
    });
  }
  return applyEdits(lines, edits, eol);
}

/** Texts, and options by their names, in a form to compare. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return { name: value.get("name") ?? "", default: value.get("default") ?? "" };
  }
  return Array.isArray(value) ? value.map(plain) : value;
}
