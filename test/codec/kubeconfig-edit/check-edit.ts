import type { Config } from "../../../src/api/config.ts";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { editConfigText, withInteractiveModes } from "../../../src/codec/kubeconfig-edit/edit-config-text.ts";
import { isSameConfig } from "../../../src/codec/kubeconfig-edit/same-config.ts";
import { decodeConfig } from "../../../src/codec/kubeconfig/decode-config.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import type { Line } from "./random-layout.ts";
import { RandomLayout } from "./random-layout.ts";
import { randomEdit } from "./random-edit.ts";
import { randomConfigValue } from "./random-value.ts";
import type { Tape } from "./tape.ts";

/** A random document, an edit of it, and what became of it. */
export interface Case {
  readonly text: string;
  readonly before: Config;
  readonly after: Config;
  readonly lines: readonly Line[];
  readonly edited: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  readonly hasAnchors: boolean;
  readonly eol: string;
}

/** undefined where the layout does not say what it should, which is no matter of editing. */
export function randomCase(tape: Tape): Case | undefined {
  const value = randomConfigValue(tape);
  const isJson = tape.chance(8);
  const layout = new RandomLayout(tape);
  const eol = tape.of("\n", "\n", "\n", "\r\n");
  const lines: Line[] = isJson ? jsonLines(tape, value) : layout.document(value);
  const head = isJson ? "" : tape.of("", "", "# head\n\n", "---\n", "%YAML 1.1\n---\n", "# a\n--- # b\n");
  const tail = tape.of(
    "\n",
    "\n",
    "",
    isJson ? "\n" : "\n---\n# other\nclusters: [}\n",
    isJson ? "" : "\n...\n",
  );
  const mark = tape.chance(4) ? "\ufeff" : "";
  const body = lines.map(({ text }) => text).join("\n");
  const text = mark + (head + body + tail).replaceAll("\n", eol);
  let before: Config;
  try {
    if (!isSameValue(readYaml(text).value, value)) {
      return undefined;
    }
    before = decodeConfig(text);
  } catch {
    return undefined;
  }
  const { after, edited, deleted } = randomEdit(tape, before);
  return { text, before, after, lines, edited, deleted, hasAnchors: layout.hasAnchors, eol };
}

function jsonLines(tape: Tape, value: JsonValue): Line[] {
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => (part instanceof Map ? Object.fromEntries(part) : part),
    tape.of<number | string>(2, 4, "", "\t", 1),
  );
  const safe = text.replaceAll(
    /[\u0085\u2028]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return safe.split("\n").map((line) => ({ text: line, owner: "json", isText: false }));
}

function isSameValue(a: JsonValue, b: JsonValue): boolean {
  if (a instanceof Map && b instanceof Map) {
    return (
      a.size === b.size &&
      [...(a as ReadonlyMap<string, JsonValue>)].every(
        ([k, v]) => isSameValue(v, (b as ReadonlyMap<string, JsonValue>).get(k) ?? null) && b.has(k),
      )
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((v: JsonValue, i) => isSameValue(v, b[i] as JsonValue));
  }
  return a === b;
}

/** What is wrong with the edit of a case; undefined if all is well. */
export function faultOf(sample: Case): string | undefined {
  const { text, before, after } = sample;
  if (editConfigText(text, before, before) !== text) {
    return "an edit without a change changes the text";
  }
  const result = editConfigText(text, before, after);
  const decoded = decodeConfig(result);
  if (!isSameConfig(decoded, withInteractiveModes(after))) {
    return "the result decodes to something else";
  }
  if (editConfigText(result, decoded, after) !== result) {
    return "a second edit changes the text again";
  }
  if (sample.lines.some(({ owner }) => owner === "json") && !canParseJson(result)) {
    return "JSON is no longer JSON";
  }
  return faultOfUnknown(sample, result) ?? faultOfLines(sample, result) ?? faultOfComments(sample, result);
}

function canParseJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ""));
    return true;
  } catch {
    return false;
  }
}

/** The unknown fields of entries that are not deleted stay, whatever else changes. */
function faultOfUnknown({ text, edited }: Case, result: string): string | undefined {
  const [old, now] = [readYaml(text).value, readYaml(result).value];
  if (!(old instanceof Map) || !(now instanceof Map)) {
    return undefined;
  }
  for (const [key, value] of old as ReadonlyMap<string, JsonValue>) {
    if (
      key.startsWith("x-") &&
      !isSameValue(value, (now as ReadonlyMap<string, JsonValue>).get(key) ?? null)
    ) {
      return `the unknown field ${key} changes`;
    }
  }
  for (const section of ["clusters", "users", "contexts"]) {
    for (const [name, entry] of elementsOf(old, section)) {
      const other = elementsOf(now, section).get(name);
      if (!edited.has(`${section}/${name}`) && !isSameValue(entry, other ?? null)) {
        return `the entry ${section}/${name} changes`;
      }
      if (other !== undefined && entry instanceof Map && other instanceof Map && !sameUnknown(entry, other)) {
        return `unknown fields of ${section}/${name} change`;
      }
    }
  }
  return undefined;
}

function elementsOf(
  document: ReadonlyMap<string, JsonValue>,
  section: string,
): ReadonlyMap<string, JsonValue> {
  const list = document.get(section);
  return new Map(
    (Array.isArray(list) ? (list as readonly JsonValue[]) : []).map((element) => [
      ((element instanceof Map ? element.get("name") : undefined) ?? "") as string,
      element,
    ]),
  );
}

function sameUnknown(old: ReadonlyMap<string, JsonValue>, now: ReadonlyMap<string, JsonValue>): boolean {
  for (const [key, value] of old) {
    const other = now.get(key);
    if (key.startsWith("x-") && !isSameValue(value, other ?? null)) {
      return false;
    }
    const isEntry = ["cluster", "user", "context"].includes(key);
    if (isEntry && value instanceof Map && other instanceof Map && !sameUnknown(value, other)) {
      return false;
    }
  }
  return true;
}

/** Whether a line may change: it belongs to what is edited. */
function mayChange({ edited, hasAnchors, before }: Case, { owner, text }: Line): boolean {
  if (owner === "json" || (hasAnchors && /[*&]n\d/.test(text))) {
    return true;
  }
  if (owner === undefined) {
    return false;
  }
  for (const what of edited) {
    const [section = "", ...rest] = what.split("/");
    if (owner === `key ${section}` || owner === section) {
      return true;
    }
    const names = [...namesIn(before, section)];
    const name = rest.join("/");
    if (
      owner.startsWith(`${section}/`) &&
      (rest.length === 0 || names[Number(owner.slice(section.length + 1))] === name)
    ) {
      return true;
    }
  }
  return false;
}

function namesIn({ clusters, authInfos, contexts }: Config, section: string): Iterable<string> {
  return (section === "clusters" ? clusters : section === "users" ? authInfos : contexts).keys();
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\ufeff/, "")
    .replaceAll("\r\n", "\n")
    .split("\n");
}

function faultOfLines(sample: Case, result: string): string | undefined {
  if (sample.text.includes("\r\n") && /[^\r]\n/.test(result)) {
    return "a line ends with LF alone";
  }
  const now = linesOf(result);
  let at = 0;
  for (const line of sample.lines) {
    if (mayChange(sample, line) || isInEditedField(sample, line)) {
      continue;
    }
    const found = now.indexOf(line.text, at);
    if (found === -1) {
      return `the line ${JSON.stringify(line.text)} is lost`;
    }
    at = found + 1;
  }
  return undefined;
}

/** Lines under `preferences` or `current-context` have no owner of their own. */
function isInEditedField({ edited, lines }: Case, line: Line): boolean {
  const index = lines.indexOf(line);
  const key =
    lines.findLast((other, i) => i <= index && other.owner?.startsWith("key ") === true)?.owner ?? "";
  const isComment = line.text.trimStart().startsWith("#");
  const mayGo = !isComment || ["preferences", "extensions"].includes(key.slice(4));
  return line.owner === undefined && mayGo && edited.has(key.slice(4));
}

/** Comments outside of what is edited stay, each once. */
function faultOfComments(sample: Case, result: string): string | undefined {
  for (const line of sample.lines) {
    const [comment] = /#\s?c\d+c/.exec(line.text) ?? [];
    if (comment === undefined) {
      continue;
    }
    const count = result.split(comment).length - 1;
    if (count > 1) {
      return `the comment ${comment} is doubled`;
    }
    if (count === 0 && !mayChange(sample, line) && !isInEdited(sample, line)) {
      return `the comment ${comment} is lost`;
    }
  }
  return undefined;
}

function isInEdited({ edited, lines }: Case, line: Line): boolean {
  const index = lines.indexOf(line);
  const key =
    lines.findLast((other, i) => i <= index && other.owner?.startsWith("key ") === true)?.owner ?? "";
  return (
    line.owner === undefined &&
    ["preferences", "extensions"].includes(key.slice(4)) &&
    edited.has(key.slice(4))
  );
}
