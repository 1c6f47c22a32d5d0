import type { Config } from "../../api/config.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import type { Field, FieldKind, Section } from "../../api/fields.ts";
import { SECTIONS, STRUCTS } from "../../api/fields.ts";
import { isSet } from "../../api/struct.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { emitYaml } from "../yaml/emit.ts";
import { isYamlHazard } from "../yaml/json-hazard.ts";
import { compareGoStrings, sortedByName } from "../go-order.ts";
import { elementToV1, fieldsToV1 } from "./to-v1.ts";
import { YamlLines } from "./yaml-lines.ts";

/**
 * Writes a config without the detour over generic values, which would take most of the time: the fields of an entry are
 * known, so the layout and go-yaml's order of keys are too. Entries with free-form data take the detour by themselves.
 *
 * @returns undefined for a config that has to take the detour as a whole
 */
export function encodeUsual(config: Config): string | undefined {
  const { preferences, extensions } = config;
  if (preferences.colors || preferences.extensions.size > 0 || extensions.size > 0) return undefined;
  const lines = new YamlLines();
  lines.line("apiVersion: v1");
  writeEntries(lines, "clusters", config.clusters);
  writeEntries(lines, "contexts", config.contexts);
  lines.string("", "current-context", config.currentContext);
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
  const rows = rowsOf(fields);
  const nameGoesFirst = compareGoStrings("name", field) < 0;
  lines.line(`${list}:`);
  for (const [name, entry] of sortedByName(entries)) {
    if (!isUsual(rows, entry)) {
      writeUnusual(lines, elementToV1(name, field, fieldsToV1(fields, entry)));
    } else if (nameGoesFirst) {
      lines.string("- ", "name", name);
      lines.line(`  ${field}:`);
      writeFields(lines, "    ", rows, entry);
    } else {
      lines.line(`- ${field}:`);
      writeFields(lines, "    ", rows, entry);
      lines.string("  ", "name", name);
    }
  }
}

/** An entry of a list at the left margin looks as if the list were the whole document. */
function writeUnusual(lines: YamlLines, entry: JsonValue): void {
  if (isYamlHazard(entry)) lines.hazard = true;
  lines.append(emitYaml([entry]));
}

type Row = readonly [key: string, field: Field];

/** The fields in the order of go-yaml. */
function rowsOf(fields: Readonly<Record<string, Field>>): readonly Row[] {
  return Object.entries(fields).toSorted(([, one], [, other]) => compareGoStrings(one.wire, other.wire));
}

/** What has no layout that is known beforehand. */
const FREE_FORM: ReadonlySet<FieldKind> = new Set(["stringMap", "stringLists", "extensions", "authProvider"]);

/** Whether an entry has no free-form data, and some field: one without any is not a mapping of lines but `{}`. */
function isUsual(rows: readonly Row[], entry: object): boolean {
  let hasLines = false;
  for (const [key, { kind, always }] of rows) {
    if (always) {
      hasLines = true;
    } else if (isSet(Reflect.get(entry, key))) {
      if (FREE_FORM.has(kind)) return false;
      hasLines = true;
    }
  }
  return hasLines;
}

function writeFields(lines: YamlLines, indent: string, rows: readonly Row[], noun: object): void {
  for (const [key, { wire, kind, always }] of rows) {
    const value: unknown = Reflect.get(noun, key);
    if (!isSet(value)) {
      if (always) lines.line(`${indent}${wire}: ${emptyValue(value)}`);
      continue;
    }
    switch (kind) {
      case "string":
        lines.string(indent, wire, value as string);
        break;
      case "boolean":
        lines.line(`${indent}${wire}: true`);
        break;
      case "bytes":
        lines.bytes(indent, wire, value as Uint8Array);
        break;
      case "strings":
        lines.list(indent, wire, value as readonly string[]);
        break;
      case "environment":
        writeEnvironment(lines, indent, wire, value as readonly ExecEnvVar[]);
        break;
      case "exec":
        lines.line(`${indent}${wire}:`);
        writeFields(lines, `${indent}  `, EXEC_ROWS, value as object);
        break;
      default:
    }
  }
}

/** What stands for a field that is not set, and written all the same. */
function emptyValue(value: unknown): string {
  if (value === undefined) return "null";
  return typeof value === "string" ? '""' : Array.isArray(value) ? "[]" : "false";
}

const EXEC_ROWS = rowsOf(STRUCTS.exec);

function writeEnvironment(
  lines: YamlLines,
  indent: string,
  wire: string,
  variables: readonly ExecEnvVar[],
): void {
  lines.line(`${indent}${wire}:`);
  for (const { name, value } of variables) {
    lines.string(`${indent}- `, "name", name);
    lines.string(`${indent}  `, "value", value);
  }
}
