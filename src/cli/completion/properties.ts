import type { Config } from "../../api/config.ts";
import type { EntrySection, PropertyTarget } from "../../clientcmd/edits/property-path.ts";
import { parsePropertyPath } from "../../clientcmd/edits/property-path.ts";
import type { PropertyKind } from "../../clientcmd/edits/property-fields.ts";
import {
  CLUSTER_PROPERTIES,
  CONTEXT_PROPERTIES,
  USER_PROPERTIES,
} from "../../clientcmd/edits/property-fields.ts";
import type { Candidate } from "./completion.ts";
import { ENTRIES } from "./entries.ts";

const SECTIONS: Readonly<
  Record<string, readonly [placeholder: string, fields: ReadonlyMap<string, readonly [string, PropertyKind]>]>
> = {
  clusters: ["cluster", CLUSTER_PROPERTIES],
  contexts: ["context", CONTEXT_PROPERTIES],
  users: ["user", USER_PROPERTIES],
};

/** The property paths that begin with a text: a section, then its entries, then the fields of one. */
export function propertyPaths(config: Config, text: string): readonly Candidate[] {
  const [section = ""] = text.split(".", 1);
  const [placeholder = "", fields] = (text.includes(".") ? SECTIONS[section] : undefined) ?? [];
  if (fields === undefined) {
    const sections = Object.keys(SECTIONS).map((name) => ({ value: `${name}.`, description: "" }));
    return [...sections, { value: "current-context", description: "" }];
  }
  const entries = ENTRIES[placeholder]?.(config) ?? [];
  // Names may hold dots: the longest that fits is the entry.
  const entry = entries
    .filter(({ value }) => text.startsWith(`${section}.${value}.`))
    .toSorted((one, other) => other.value.length - one.value.length)[0];
  return entry === undefined
    ? entries.map(({ value, description }) => ({ value: `${section}.${value}.`, description }))
    : Array.from(fields, ([field, [, kind]]) => ({
        value: `${section}.${entry.value}.${field}`,
        description: kind,
      }));
}

/** What a property takes, as a placeholder: see `placeholderOf`. */
export function placeholderOfProperty(path: string): string {
  const target = targetOf(path);
  if (target?.at === "current-context") {
    return "context";
  }
  if (target?.at !== "field") {
    return "";
  }
  return target.kind === "boolean" ? "true|false" : (PLACEHOLDERS[target.section][target.field] ?? "");
}

const PLACEHOLDERS: Readonly<Record<EntrySection, Readonly<Record<string, string>>>> = {
  contexts: { cluster: "cluster", authInfo: "user", namespace: "namespace" },
  clusters: { certificateAuthority: "file" },
  users: { clientCertificate: "file", clientKey: "file", tokenFile: "file" },
};

function targetOf(path: string): PropertyTarget | undefined {
  try {
    return parsePropertyPath(path);
  } catch {
    return undefined;
  }
}
