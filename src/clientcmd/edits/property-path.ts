import type { PropertyKind } from "./property-fields.ts";
import { CLUSTER_PROPERTIES, CONTEXT_PROPERTIES, USER_PROPERTIES } from "./property-fields.ts";

/** The lists of named entries, by their names in a property path. */
export type EntrySection = "clusters" | "users" | "contexts";

/** What a property path leads to. */
export type PropertyTarget =
  | { readonly at: "current-context" }
  | { readonly at: "preferences" | "preferences.colors" | "preferences.extensions" | "extensions" }
  | { readonly at: "section"; readonly section: EntrySection }
  | { readonly at: "entry"; readonly section: EntrySection; readonly name: string }
  | {
      readonly at: "field";
      readonly section: EntrySection;
      readonly name: string;
      readonly field: string;
      readonly kind: PropertyKind;
    };

/** The names of the fields of each kind of entry. */
const FIELDS: Readonly<Record<EntrySection, ReadonlyMap<string, readonly [string, PropertyKind]>>> = {
  clusters: CLUSTER_PROPERTIES,
  users: USER_PROPERTIES,
  contexts: CONTEXT_PROPERTIES,
};

/**
 * Reads a property path such as `clusters.10.0.0.1.server`. The name of an entry may hold dots: it goes up to the first
 * word that is a field of such an entry. kubectl's `newNavigationSteps`.
 *
 * @throws Error in kubectl's words; also where kubectl panics, or sets what it does not write
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
  const fields = FIELDS[section];
  if (rest.length === 0) {
    return { at: "section", section };
  }
  const known = rest.slice(1).findIndex((word) => fields.has(word));
  if (known === -1) {
    return { at: "entry", section, name: rest.join(".") };
  }
  const [word = "", ...more] = rest.slice(known + 1);
  const name = rest.slice(0, known + 1).join(".");
  const [field, kind] = fields.get(word) ?? ["", "structure"];
  const target: PropertyTarget = { at: "field", section, name, field, kind };
  if (kind === "extensions") {
    return noExtension(path, more, target);
  }
  if (kind === "lists" && more.length > 0) {
    throw new Error("string is not of type struct");
  }
  return noMore(path, more, target);
}

function noMore(path: string, rest: readonly string[], target: PropertyTarget): PropertyTarget {
  if (rest.length > 0) {
    throw new Error(`unable to parse one or more field values of ${path}`);
  }
  return target;
}

/** kubectl panics here. */
function noExtension(path: string, rest: readonly string[], target: PropertyTarget): PropertyTarget {
  if (rest.length > 0) {
    throw new Error(`unable to parse ${path}: an extension is not a single value that can be set or unset`);
  }
  return target;
}
