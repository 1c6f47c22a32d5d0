import type { Config } from "../../api/config.ts";
import type { EntrySection, FieldKind } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import type { PropertyTarget } from "../../clientcmd/edits/property-path.ts";
import { parsePropertyPath, propertiesOf } from "../../clientcmd/edits/property-path.ts";
import type { Candidate } from "./completer.ts";
import { ENTRIES } from "./entries.ts";

/** Returns the property paths that begin with a string: a section, then its entries, then the fields of one. */
export function propertyPaths(config: Config, text: string): readonly Candidate[] {
  const [section = ""] = text.split(".", 1);
  if (!text.includes(".") || !isSection(section)) {
    const sections = Object.keys(SECTIONS).toSorted();
    return [...sections.map((name) => `${name}.`), "current-context"].map((value) => ({
      value,
      description: "",
    }));
  }
  const entries = ENTRIES[SECTIONS[section].entry]?.(config) ?? [];
  // Names may hold dots: the longest match is the entry.
  const entry = entries
    .filter(({ value }) => text.startsWith(`${section}.${value}.`))
    .toSorted((one, other) => other.value.length - one.value.length)[0];
  return entry === undefined
    ? entries.map(({ value, description }) => ({ value: `${section}.${value}.`, description }))
    : Array.from(propertiesOf(section), ([property, [, { kind }]]) => ({
        value: `${section}.${entry.value}.${property}`,
        description: DESCRIPTIONS[kind] ?? kind,
      }));
}

function isSection(name: string): name is EntrySection {
  return Object.hasOwn(SECTIONS, name);
}

/** Kinds of values that can only be unset, with names for people. */
const DESCRIPTIONS: Readonly<Partial<Record<FieldKind, string>>> = {
  stringLists: "lists",
  authProvider: "structure",
  exec: "structure",
};

/** Returns the placeholder for a property's value: see `placeholderOf`. */
export function placeholderOfProperty(path: string): string {
  const target = targetOf(path);
  if (target?.at === "current-context") {
    return "context";
  }
  if (target?.at !== "field") {
    return "";
  }
  const { kind, names = "" } = target.field;
  return kind === "boolean" ? "true|false" : names;
}

function targetOf(path: string): PropertyTarget | undefined {
  try {
    return parsePropertyPath(path);
  } catch {
    return undefined;
  }
}
