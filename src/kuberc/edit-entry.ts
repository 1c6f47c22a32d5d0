import { isDeepStrictEqual } from "node:util";
import type { AliasOverride, CommandDefaults, Preference } from "../api/preference.ts";
import type { Filepath } from "../clientcmd/filepath.ts";
import type { KubercFile } from "../codec/kuberc/decode.ts";
import { decodeKuberc } from "../codec/kuberc/decode.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { Spelling } from "../codec/kuberc/versions.ts";
import { spellingOf } from "../codec/kuberc/versions.ts";
import type { WireValue } from "../codec/kuberc/wire-value.ts";
import { membersOf } from "../codec/kuberc/wire-value.ts";
import { complaintsOf, decodeText, refuseEdit } from "./edit-policy.ts";
import { locateEntries, locateEntryFields } from "./entry-lines.ts";
import type { EntryField } from "./entry-text.ts";
import { entryText, fieldText } from "./entry-text.ts";
import { commentsOf } from "./line-comment.ts";
import type { FieldLines } from "./field-lines.ts";
import { locateFields } from "./field-lines.ts";
import { validatePreference } from "./validate.ts";

/** What is put into a kuberc. */
export type KubercEntry =
  | { readonly section: "aliases"; readonly entry: AliasOverride }
  | { readonly section: "defaults"; readonly entry: CommandDefaults };

/**
 * Puts an alias or a command's defaults into the text of a kuberc: instead of the entry at an index, or after all others.
 * Nothing outside that entry changes, and of an entry that is there only the fields that change. The result is read back,
 * and refused unless kubectl would read the same as before from it, save for the entry.
 *
 * @param data - the file as it is; empty for a new one
 * @param index - which entry to replace; undefined to add one
 * @throws KubercError when the file cannot be edited with certainty, or kubectl would refuse the result
 */
export function setEntryInKuberc(
  data: Uint8Array,
  change: KubercEntry,
  index: number | undefined,
  filepath: Filepath,
): Uint8Array {
  const before = decodeKuberc(data);
  const edited = new TextEncoder().encode(editText(decodeText(data), before, change, index));
  verify(before, decodeKuberc(edited), change, index);
  const preference = decodeKuberc(edited).used?.preference;
  try {
    if (preference !== undefined) {
      validatePreference(preference, filepath);
    }
  } catch (error) {
    throw refuseEdit(
      `kubectl would refuse the result: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return edited;
}

function editText(text: string, before: KubercFile, change: KubercEntry, index: number | undefined): string {
  const { used, attempted, separatorError } = before;
  if (separatorError !== undefined) {
    throw refuseEdit(separatorError.message);
  }
  if (used !== undefined) {
    return editDocument(text, used, change, index);
  }
  if (attempted.some(({ value, refusal }) => value !== null || refusal?.startsWith("Object") !== true)) {
    throw refuseEdit("it has no document that kubectl can use");
  }
  // Nothing but comments: the entry becomes their document.
  const spelling = spellingOf("v1beta1");
  return [
    text === "" || text.endsWith("\n") ? text : `${text}\n`,
    "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n",
    `${change.section}:\n`,
    ...entryText(fieldsOf(change, spelling), spelling).map((line) => `${line}\n`),
  ].join("");
}

function fieldsOf(change: KubercEntry, spelling: Spelling): readonly EntryField[] {
  const { entry, section } = change;
  if (section === "defaults") {
    return [
      [spelling.command, entry.command],
      [spelling.options, entry.options],
    ];
  }
  const lists: readonly EntryField[] = [
    [spelling.prependArgs, change.entry.prependArgs],
    [spelling.appendArgs, change.entry.appendArgs],
    [spelling.options, change.entry.options],
  ];
  return [
    [spelling.name, change.entry.name],
    [spelling.command, change.entry.command],
    ...lists.filter(([, value]) => value.length > 0),
  ];
}

function editDocument(
  text: string,
  document: KubercDocument,
  change: KubercEntry,
  index: number | undefined,
): string {
  if (document.format === "json") {
    throw refuseEdit("it is JSON");
  }
  const spelling = spellingOf(document.meta?.version ?? "");
  const section = change.section === "aliases" ? spelling.aliases : spelling.defaults;
  const lines = text.split("\n");
  const located = locateFields(document, lines);
  if (located === undefined) {
    throw refuseEdit("its fields do not stand each on lines of their own");
  }
  const field = located.fields.get(section);
  const eol = lines[located.fields.get("kind")?.first ?? 0]?.endsWith("\r") === true ? "\r" : "";
  const put = (edit: Edit): string => apply(lines, edit, eol);
  const whole = (indent: string): readonly string[] =>
    entryText(fieldsOf(change, spelling), spelling).map((line) => indentBy(indent, line));
  if (field === undefined) {
    const end = Math.max(...[...located.fields.values()].map(endOf));
    return put({
      at: end,
      remove: 0,
      insert: [`${located.indent}${section}:`, ...whole(located.indent)],
    });
  }
  const items = new Map(membersOf(document.value) ?? []).get(section) ?? null;
  const count = Array.isArray(items) ? items.length : 0;
  if (count === 0) {
    const key = lines[field.first] ?? "";
    const [, comment] = /:(?: *(?:\[ *\]|null|~))?( *(?:#.*)?)\r?$/.exec(key) ?? [];
    if (field.count !== 1 || comment === undefined) {
      throw refuseEdit(`its empty ${section} cannot be told from what is around them`);
    }
    return put({
      at: field.first,
      remove: 1,
      insert: [`${located.indent}${section}:${comment}`, ...whole(located.indent)],
    });
  }
  const list = locateEntries(lines, field, count);
  const target = list?.entries[index ?? count - 1];
  if (list === undefined || target === undefined) {
    throw refuseEdit(`its ${section} do not stand each on lines of their own`);
  }
  if (index === undefined) {
    return put({ at: endOf(target), remove: 0, insert: whole(list.indent) });
  }
  const item = (items as readonly WireValue[])[index] ?? null;
  return replaceFields(document, lines, target, {
    path: [section, index],
    old: new Map(membersOf(item) ?? []),
    fields: fieldsOf(change, spelling),
    spelling,
    eol,
  });
}

interface Replacement {
  readonly path: readonly (string | number)[];
  /** The fields that the entry has. */
  readonly old: ReadonlyMap<string, WireValue>;
  /** The fields that it shall have. */
  readonly fields: readonly EntryField[];
  readonly spelling: Spelling;
  readonly eol: string;
}

function replaceFields(
  document: KubercDocument,
  lines: readonly string[],
  entry: FieldLines,
  { path, old, fields, spelling, eol }: Replacement,
): string {
  const located = locateEntryFields(document, lines, entry, path, [...old.keys()]);
  if (located === undefined) {
    throw refuseEdit("the fields of the entry do not stand each on lines of their own");
  }
  const indent = " ".repeat(located.column - 1);
  let text = [...lines];
  const edits: Edit[] = [];
  let end = Math.max(...[...located.fields.values()].map(endOf));
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
  for (const edit of edits.toReversed().toSorted((a, b) => b.at - a.at)) {
    text = apply(text, edit, eol).split("\n");
  }
  return text.join("\n");
}

/** Texts, and options by their names, in a form to compare. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return { name: value.get("name") ?? "", default: value.get("default") ?? "" };
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

function apply(lines: readonly string[], { at, remove, insert }: Edit, eol: string): string {
  return lines
    .toSpliced(at, remove, ...insert.map((line) => (line.endsWith(eol) ? line : line + eol)))
    .join("\n");
}

function indentBy(indent: string, line: string): string {
  return line === "" ? "" : `${indent}${line}`;
}

function endOf({ first, count }: FieldLines): number {
  return first + count;
}

/** @throws KubercError if kubectl would now read something else than it shall */
function verify(before: KubercFile, after: KubercFile, change: KubercEntry, index: number | undefined): void {
  const { used: document, attempted, later } = after;
  if (document?.preference === undefined) {
    throw refuseEdit("kubectl would not read the result");
  }
  const isMoved =
    before.used !== undefined &&
    (attempted.length !== before.attempted.length || later.length !== before.later.length);
  if (isMoved || !isDeepStrictEqual(document.preference, expected(before.used?.preference, change, index))) {
    throw refuseEdit("kubectl would not read from the result what it shall");
  }
  if (!isDeepStrictEqual(complaintsOf(after), complaintsOf(before))) {
    throw refuseEdit("it has fields that are unknown or stand twice, and are in the way");
  }
}

function expected(old: Preference | undefined, change: KubercEntry, index: number | undefined): Preference {
  const preference: Preference = old ?? {
    aliases: [],
    defaults: [],
    pluginPolicy: { policyType: "", allowlist: undefined },
  };
  return change.section === "aliases"
    ? { ...preference, aliases: replaced(preference.aliases, change.entry, index) }
    : { ...preference, defaults: replaced(preference.defaults, change.entry, index) };
}

function replaced<T>(entries: readonly T[], entry: T, index: number | undefined): readonly T[] {
  return index === undefined ? [...entries, entry] : entries.toSpliced(index, 1, entry);
}
