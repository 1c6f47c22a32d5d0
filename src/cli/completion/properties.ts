import type { Config } from "../../api/config.ts";
import type { EntrySection, FieldKind } from "../../api/fields.ts";
import { EXEC_FIELDS, SECTIONS } from "../../api/fields.ts";
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
    : pathsOfFields(`${section}.${entry.value}`, section);
}

function pathsOfFields(path: string, section: EntrySection): readonly Candidate[] {
  const paths: Candidate[] = [];
  for (const [property, [, { kind }]] of propertiesOf(section)) {
    paths.push({ value: `${path}.${property}`, description: DESCRIPTIONS[kind] ?? kind });
    if (kind === "exec") {
      paths.push(...pluginProperties(`${path}.${property}`));
    }
  }
  return paths;
}

function pluginProperties(path: string): readonly Candidate[] {
  return Object.values(EXEC_FIELDS).map(({ wire, kind }) => ({
    value: `${path}.${wire}`,
    description: DESCRIPTIONS[kind] ?? kind,
  }));
}

function isSection(name: string): name is EntrySection {
  return Object.hasOwn(SECTIONS, name);
}

/** Kinds of values, with names for people. */
const DESCRIPTIONS: Readonly<Partial<Record<FieldKind, string>>> = {
  stringLists: "lists",
  authProvider: "structure",
  exec: "structure",
  strings: "words, separated by commas",
  environment: "NAME=VALUE, separated by commas",
};

/** Returns the placeholder for a property's value: see `placeholderOf`. */
export function placeholderOfProperty(path: string): string {
  const target = targetOf(path);
  if (target?.at === "current-context") {
    return "context";
  }
  if (target?.at === "exec") {
    return PLUGIN_VALUES[target.key] ?? "";
  }
  if (target?.at !== "field") {
    return "";
  }
  const { kind, names = "" } = target.field;
  return kind === "boolean" ? "true|false" : names;
}

/** The values of a plugin's fields. */
const PLUGIN_VALUES: Readonly<Partial<Record<keyof typeof EXEC_FIELDS, string>>> = {
  command: EXEC_FIELDS.command.names,
  provideClusterInfo: "true|false",
  interactiveMode: "Never|IfAvailable|Always",
};

function targetOf(path: string): PropertyTarget | undefined {
  try {
    return parsePropertyPath(path);
  } catch {
    return undefined;
  }
}
