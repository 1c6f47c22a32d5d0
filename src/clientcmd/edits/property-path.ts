import type { EntrySection, Field, Section } from "../../api/fields.ts";
import { EXEC_FIELDS, SECTIONS } from "../../api/fields.ts";

/** The target of a property path. */
export type PropertyTarget =
  | { readonly at: "current-context" }
  | { readonly at: "preferences" | "preferences.colors" | "preferences.extensions" | "extensions" }
  | { readonly at: "section"; readonly section: EntrySection }
  | { readonly at: "entry"; readonly section: EntrySection; readonly name: string }
  | {
      readonly at: "field";
      readonly section: EntrySection;
      readonly name: string;
      /** Its name in the API types. */
      readonly key: string;
      readonly field: Field;
    }
  | {
      /** A field of a user's credential plugin, which kubectl cannot set. */
      readonly at: "exec";
      readonly name: string;
      readonly key: keyof typeof EXEC_FIELDS;
      /** The variable that is meant, of `env` alone; undefined for the whole field. */
      readonly variable: string | undefined;
    };

/**
 * Returns the fields of the entries of a section by their names in a property path: those of client-go's internal
 * types, which is why users set `act-as` where the file has `as`.
 */
export function propertiesOf(
  section: EntrySection,
): ReadonlyMap<string, readonly [key: string, field: Field]> {
  const { fields }: Section = SECTIONS[section];
  return new Map(
    Object.entries(fields).map(([key, field]) => [field.property ?? field.wire, [key, field] as const]),
  );
}

/**
 * Parses a property path such as `clusters.10.0.0.1.server`. The name of an entry may hold dots: it ends before the
 * first word that is a field of such an entry. kubectl's `newNavigationSteps`.
 *
 * @throws Error in kubectl's words; also where kubectl panics, or sets a field that it does not write
 */
export function parsePropertyPath(path: string): PropertyTarget {
  const [first = "", ...rest] = path.split(".");
  switch (first) {
    case "clusters":
    case "users":
    case "contexts":
      return parseEntryPath(path, first, rest);
    case "current-context":
      return noMore(path, rest, { at: first });
    case "preferences":
      return parsePreferencesPath(path, rest);
    case "extensions":
      return noExtension(path, rest, { at: first });
    case "kind":
    case "apiVersion":
      throw new Error(`${first} is the same in every kubeconfig: it cannot be set or unset`);
    default:
      throw new Error(`unable to parse ${path} after [] at api.Config`);
  }
}

function parsePreferencesPath(path: string, rest: readonly string[]): PropertyTarget {
  const [field, ...more] = rest;
  switch (field) {
    case undefined:
      return { at: "preferences" };
    case "colors":
      return noMore(path, more, { at: "preferences.colors" });
    case "extensions":
      return noExtension(path, more, { at: "preferences.extensions" });
    default:
      throw new Error(`unable to parse ${path} after [preferences] at api.Preferences`);
  }
}

function parseEntryPath(path: string, section: EntrySection, rest: readonly string[]): PropertyTarget {
  const fields = propertiesOf(section);
  if (rest.length === 0) {
    return { at: "section", section };
  }
  const at = rest.findIndex((word, i) => i > 0 && fields.has(word));
  const property = fields.get(rest[at] ?? "");
  if (property === undefined) {
    return { at: "entry", section, name: rest.join(".") };
  }
  const [key, field] = property;
  const name = rest.slice(0, at).join(".");
  const more = rest.slice(at + 1);
  const target: PropertyTarget = { at: "field", section, name, key, field };
  if (field.kind === "extensions") {
    return noExtension(path, more, target);
  }
  const execTarget = field.kind === "exec" ? parseExecPath(name, more) : undefined;
  if (execTarget !== undefined) {
    return execTarget;
  }
  if (field.kind === "stringLists" && more.length > 0) {
    throw new Error("string is not of type struct");
  }
  return noMore(path, more, target);
}

/** Parses the path below `exec`; undefined where there is none, or no such field. */
function parseExecPath(name: string, [property, ...more]: readonly string[]): PropertyTarget | undefined {
  const found = Object.entries(EXEC_FIELDS).find(([, { wire }]) => wire === property);
  if (found === undefined || (more.length > 0 && property !== "env")) {
    return undefined;
  }
  // The key is one of the table's.
  const key = found[0] as keyof typeof EXEC_FIELDS;
  return { at: "exec", name, key, variable: more.length === 0 ? undefined : more.join(".") };
}

function noMore(path: string, rest: readonly string[], target: PropertyTarget): PropertyTarget {
  if (rest.length > 0) {
    throw new Error(`unable to parse one or more field values of ${path}`);
  }
  return target;
}

/** Refuses a path into extensions, where kubectl panics. */
function noExtension(path: string, rest: readonly string[], target: PropertyTarget): PropertyTarget {
  if (rest.length > 0) {
    throw new Error(`unable to parse ${path}: an extension is not a single value that can be set or unset`);
  }
  return target;
}
