import { AuthProviderConfig } from "../../api/auth-info.ts";
import { ExecConfig } from "../../api/exec.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { REDACTED, redactUrlPassword } from "../../api/redaction.ts";
import type { EntrySection, Field, Section, Visibility } from "../../api/fields.ts";
import { SECTIONS, STRUCTS, visibilityOf } from "../../api/fields.ts";
import { isSet } from "../../api/struct.ts";
import type { ConfigPath } from "../../clientcmd/origins.ts";
import { quoteForSentence } from "../../go/printable-text.ts";

/** A field, and its name in the API types. */
export type FieldRow = readonly [key: string, field: Field];

/** The fields of the entries by their names in a file. `chosen-entries.ts` has the effects of flags. */
export const FIELDS: Readonly<Record<EntrySection, ReadonlyMap<string, FieldRow>>> = {
  clusters: rowsOf(SECTIONS.clusters),
  users: rowsOf(SECTIONS.users),
  contexts: rowsOf(SECTIONS.contexts),
};

function rowsOf({ fields }: Section): ReadonlyMap<string, FieldRow> {
  return new Map(Object.entries(fields).map((row) => [row[1].wire, row]));
}

/**
 * Formats a value for people: without secrets, and without the arguments, the variables and the settings of plugins and
 * auth-providers.
 */
export function shownValue(path: ConfigPath, value: JsonValue): string {
  const [section, , name, ...below] = path;
  const [, field] = fieldAt(section, name) ?? [];
  if (value === null || value === "") {
    return "empty";
  }
  if (field !== undefined && below.length === 0 && value instanceof Map) {
    if (field.kind === "exec") {
      return `the plugin ${shownName((value as JsonObject).get("command"))}`;
    }
    if (field.kind === "authProvider") {
      return `the auth-provider ${shownName((value as JsonObject).get("name"))}`;
    }
  }
  if (field?.kind === "strings" && Array.isArray(value)) {
    return value.map(String).map(quoteForSentence).join(", ");
  }
  if (value instanceof Map || Array.isArray(value)) {
    const size = value instanceof Map ? value.size : value.length;
    return `${value instanceof Map ? "a mapping" : "a list"} of ${size}`;
  }
  const text = typeof value === "object" ? "" : String(value);
  switch (visibilityBelow(field, below)) {
    case "secret":
      return REDACTED;
    case "omitted":
      return "DATA+OMITTED";
    case "url":
      return quoteForSentence(redactUrlPassword(text));
    default:
      return quoteForSentence(text);
  }
}

function fieldAt(section: unknown, name: unknown): FieldRow | undefined {
  const isSection = section === "clusters" || section === "users" || section === "contexts";
  return isSection ? FIELDS[section].get(String(name)) : undefined;
}

/** Returns how a value inside of a field may be shown. */
function visibilityBelow(field: Field | undefined, below: ConfigPath): Visibility {
  if (field === undefined) {
    return "shown";
  }
  const [step] = below;
  if (step !== undefined && (field.kind === "exec" || field.kind === "authProvider")) {
    const inner = Object.values<Field>(STRUCTS[field.kind]).find(({ wire }) => wire === step);
    return inner === undefined ? "shown" : visibilityOf(inner);
  }
  return visibilityOf(field);
}

function shownName(name: JsonValue | undefined): string {
  return typeof name === "string" ? quoteForSentence(name) : '""';
}

/** Formats a field of the API types for people; undefined if it is not set. */
export function shownProperty(section: EntrySection, field: string, value: unknown): string | undefined {
  if (!isSet(value)) {
    return undefined;
  }
  if (value instanceof Uint8Array) {
    return shownValue([section, "", field], "data");
  }
  if (value instanceof ExecConfig) {
    return `the plugin ${quoteForSentence(value.command)}`;
  }
  if (value instanceof AuthProviderConfig) {
    return `the auth-provider ${quoteForSentence(value.name)}`;
  }
  return shownValue([section, "", field], value as JsonValue);
}
