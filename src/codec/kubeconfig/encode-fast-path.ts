import type { Config } from "../../api/config.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import type { Field, FieldKind, Section } from "../../api/fields.ts";
import { SECTIONS, STRUCTS } from "../../api/fields.ts";
import { isSet, zeroOf } from "../../api/struct.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { emitYaml } from "../../yaml/emit.ts";
import { isYamlHazard } from "../../yaml/json-hazard.ts";
import { compareGoStrings, sortedByName } from "../../go/order.ts";
import { encodeElement, encodeFields } from "../json/encode-fields.ts";
import { YamlLines } from "./yaml-lines.ts";

/**
 * Writes a config without generic values, which would take most of the time: the fields of an entry are known, so the
 * layout and go-yaml's order of keys are too. Entries with free-form data are written by the full writer.
 *
 * @returns undefined for a config that needs the full writer as a whole
 */
export function encodeFastPath(config: Config): string | undefined {
  const { preferences, extensions } = config;
  if (preferences.colors || preferences.extensions.size > 0 || extensions.size > 0) return undefined;
  const lines = new YamlLines();
  lines.line("apiVersion: v1");
  writeEntries(lines, "clusters", config.clusters);
  writeEntries(lines, "contexts", config.contexts);
  lines.string("current-context: ", 0, config.currentContext);
  lines.line("kind: Config");
  writeEntries(lines, "users", config.authInfos);
  return lines.hazard ? undefined : lines.text;
}

function writeEntries(
  lines: YamlLines,
  list: keyof typeof SECTIONS,
  entries: ReadonlyMap<string, object>,
): void {
  if (entries.size === 0) {
    lines.line(`${list}: null`);
    return;
  }
  const { entry: field, fields }: Section = SECTIONS[list];
  const rows = rowsOf(fields, "    ");
  const free = rows.filter(({ kind }) => FREE_FORM.has(kind));
  const nameGoesFirst = compareGoStrings("name", field) < 0;
  lines.line(`${list}:`);
  for (const [name, entry] of sortedByName(entries)) {
    const noun = entry as Noun;
    if (isAnySet(free, noun)) {
      writeUnusual(lines, encodeElement(name, field, encodeFields(fields, entry)));
    } else if (nameGoesFirst) {
      lines.string("- name: ", 2, name);
      writeRows(lines, `  ${field}:`, rows, noun);
    } else {
      writeRows(lines, `- ${field}:`, rows, noun);
      lines.string("  name: ", 2, name);
    }
  }
}

/**
 * Writes an entry by the full writer. An entry of a list at the left margin looks as if the list were the whole
 * document.
 */
function writeUnusual(lines: YamlLines, entry: JsonValue): void {
  if (isYamlHazard(entry)) lines.hazard = true;
  lines.append(emitYaml([entry]));
}

interface Row {
  readonly key: string;
  readonly kind: FieldKind;
  readonly always: boolean;
  /** The value of the field when it is not set. */
  readonly zero: unknown;
  readonly indent: string;
  /** The line up to the value. */
  readonly head: string;
}

/** Kinds whose layout is not known beforehand. */
const FREE_FORM: ReadonlySet<FieldKind> = new Set(["stringMap", "stringLists", "extensions", "authProvider"]);

/** Returns the fields in go-yaml's order. */
function rowsOf(fields: Readonly<Record<string, Field>>, indent: string): readonly Row[] {
  return Object.entries(fields)
    .toSorted(([, one], [, other]) => compareGoStrings(one.wire, other.wire))
    .map(([key, field]) => {
      const { wire, kind, always = false } = field;
      return {
        key,
        kind,
        always,
        zero: zeroOf(field),

        indent,
        head: `${indent}${wire}:`,
      };
    });
}

type Noun = Readonly<Record<string, unknown>>;

function isAnySet(rows: readonly Row[], noun: Noun): boolean {
  for (const { key, zero } of rows) {
    if (noun[key] !== zero && isSet(noun[key])) return true;
  }
  return false;
}

/** Writes the lines of a noun under a head; `{}` behind it if nothing is set. */
function writeRows(lines: YamlLines, headOfAll: string, rows: readonly Row[], noun: Noun): void {
  let isEmpty = true;
  for (const { key, kind, always, zero, indent, head } of rows) {
    const value = noun[key];
    if (!always && (value === zero || !isSet(value))) continue;
    if (isEmpty) lines.line(headOfAll);
    isEmpty = false;
    switch (kind) {
      case "string":
        lines.string(`${head} `, indent.length, value as string);
        break;
      case "boolean":
        lines.line(`${head} ${String(value)}`);
        break;
      case "bytes":
        lines.bytes(`${head} `, indent.length, value as Uint8Array);
        break;
      case "strings":
        writeList(lines, head, value as readonly string[] | undefined, (text) => {
          lines.string(`${indent}- `, indent.length, text);
        });
        break;
      case "environment":
        writeList(lines, head, value as readonly ExecEnvVar[] | undefined, (variable) => {
          lines.string(`${indent}- name: `, indent.length + 2, variable.name);
          lines.string(`${indent}  value: `, indent.length + 2, variable.value);
        });
        break;
      case "exec":
        writeRows(lines, head, EXEC_ROWS, value as Noun);
        break;
      default:
    }
  }
  if (isEmpty) lines.line(`${headOfAll} {}`);
}

const EXEC_ROWS = rowsOf(STRUCTS.exec, "      ");

function writeList<T>(
  lines: YamlLines,
  head: string,
  items: readonly T[] | undefined,
  write: (item: T) => void,
): void {
  if (items === undefined || items.length === 0) {
    lines.line(`${head} ${items === undefined ? "null" : "[]"}`);
  } else {
    lines.line(head);
    items.forEach(write);
  }
}
