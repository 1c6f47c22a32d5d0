import type { Filepath } from "../go/filepath.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { Spelling } from "../codec/kuberc/versions.ts";
import { spellingOf } from "../codec/kuberc/versions.ts";
import type { WireValue } from "../codec/kuberc/wire-value.ts";
import { membersOf } from "../codec/kuberc/wire-value.ts";
import { decodeText, refuseEdit } from "./edit-policy.ts";
import { locateEntries } from "./entry-lines.ts";
import type { EntryField } from "./entry-text.ts";
import { entryText } from "./entry-text.ts";
import { locateFields } from "./field-lines.ts";
import type { LineEdit } from "./line-edit.ts";
import { applyEdits, endOf, endOfAll, indentBy } from "./line-edit.ts";
import { replaceEntryFields } from "./replace-fields.ts";
import { validatePreference } from "./validate-preference.ts";
import type { KubercEntry } from "./verify-entry.ts";
import { verifyEntry } from "./verify-entry.ts";

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
  verifyEntry(before, decodeKuberc(edited), change, index);
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
  const put = (edit: LineEdit): string => applyEdits(lines, [edit], eol).join("\n");
  const whole = (indent: string): readonly string[] =>
    entryText(fieldsOf(change, spelling), spelling).map((line) => indentBy(indent, line));
  if (field === undefined) {
    const end = endOfAll(located.fields.values());
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
  return replaceEntryFields(document, lines, target, {
    path: [section, index],
    old: new Map(membersOf(item) ?? []),
    fields: fieldsOf(change, spelling),
    spelling,
    eol,
  }).join("\n");
}
