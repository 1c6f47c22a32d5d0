import type { Config } from "../../api/config.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";
import type { EntrySection, Section } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { encodeFields } from "../json/encode-fields.ts";
import { writtenEntry } from "../kubeconfig/written-config.ts";
import { REMOVE } from "../../yaml/edit/change.ts";
import type { Change, FieldChange, FieldChanges, Removal } from "../../yaml/edit/change.ts";
import { fieldNode } from "../../yaml/edit/node-lookup.ts";
import { valueOf } from "../../yaml/edit/value-of.ts";
import type { NodeTree } from "../../yaml/node-tree.ts";
import { planEntries } from "./plan-entries.ts";
import { planValue } from "../../yaml/edit/plan-value.ts";

/** A change of some fields; undefined if there is none. */
type Plan = FieldChanges | undefined;

/** Returns the change of the document that turns one Config into another; undefined if both are written alike. */
export function planConfig(tree: NodeTree, before: Config, after: Config): Plan {
  return fieldsOf([
    ["preferences", planPreferences(tree, before, after)],
    ["clusters", planSection(tree, "clusters", before, after)],
    ["users", planSection(tree, "users", before, after)],
    ["contexts", planSection(tree, "contexts", before, after)],
    ["current-context", planValue(before.currentContext, after.currentContext)],
    ["extensions", planExtensions(tree, 0, before.extensions, after.extensions)],
  ]);
}

function fieldsOf(changes: readonly (readonly [string, FieldChange | undefined])[]): Plan {
  const fields = new Map<string, FieldChange>();
  for (const [name, change] of changes) {
    if (change !== undefined) {
      fields.set(name, change);
    }
  }
  return fields.size === 0 ? undefined : { kind: "fields", fields };
}

function planPreferences(
  tree: NodeTree,
  { preferences: before }: Config,
  { preferences: after }: Config,
): Plan {
  const node = fieldNode(tree, 0, "preferences");
  const colors: Change | Removal = after.colors ? { kind: "put", value: true } : REMOVE;
  return fieldsOf([
    ["colors", before.colors === after.colors ? undefined : colors],
    ["extensions", planExtensions(tree, node, before.extensions, after.extensions)],
  ]);
}

interface Extended {
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

function planSection(tree: NodeTree, name: EntrySection, before: Config, after: Config): Change | undefined {
  const { property, entry: field, fields }: Section = SECTIONS[name];
  const toJson = (entry: object): JsonObject => writtenEntry(encodeFields(fields, entry));
  return planEntries<Extended>(
    {
      tree,
      node: fieldNode(tree, 0, name),
      field,
      toJson,
      plan: (old, wanted, node) => planEntry(tree, node, [old, toJson(old)], [wanted, toJson(wanted)]),
    },
    before[property],
    after[property],
  );
}

function asObject(value: JsonValue | undefined): JsonObject {
  return value instanceof Map ? (value as JsonObject) : new Map<string, JsonValue>();
}

/** An entry, and its written form. */
type Entry = readonly [entry: Extended, json: JsonObject];

function planEntry(
  tree: NodeTree,
  node: number | undefined,
  [before, oldJson]: Entry,
  [after, newJson]: Entry,
): Plan {
  const old = withoutExtensions(oldJson);
  const wanted = withoutExtensions(newJson);
  const fields = planValue(withMode(tree, node, old, wanted), wanted);
  const extensions = planExtensions(tree, node, before.extensions, after.extensions);
  return fieldsOf([...(fields?.kind === "fields" ? fields.fields : []), ["extensions", extensions]]);
}

function withoutExtensions(json: JsonObject): JsonObject {
  return new Map([...json].filter(([name]) => name !== "extensions"));
}

/**
 * Returns the written form of a user, with the `interactiveMode` that its text has under the new `apiVersion`: the
 * versions before v1 have a default, which is decoded although it is not written.
 */
function withMode(tree: NodeTree, node: number | undefined, old: JsonObject, wanted: JsonObject): JsonObject {
  const exec = asObject(old.get("exec"));
  const newExec = asObject(wanted.get("exec"));
  const version = newExec.get("apiVersion");
  if (exec.size === 0 || newExec.size === 0 || exec.get("apiVersion") === version) {
    return old;
  }
  const written = textOf(execInText(tree, node).get("interactiveMode"));
  const mode = written || defaultInteractiveMode(textOf(version));
  const effective = new Map(exec);
  effective.delete("interactiveMode");
  if (mode !== "") {
    effective.set("interactiveMode", mode);
  }
  return new Map(old).set("exec", effective);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function execInText(tree: NodeTree, user: number | undefined): JsonObject {
  const node = user === undefined ? undefined : fieldNode(tree, user, "exec");
  return asObject(node === undefined ? undefined : valueOf(tree, node));
}

function planExtensions(
  tree: NodeTree,
  owner: number | undefined,
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
): Change | undefined {
  return planEntries(
    {
      tree,
      node: owner === undefined ? undefined : fieldNode(tree, owner, "extensions"),
      field: "extension",
      toJson: (extension) => extension,
      plan: planValue,
    },
    before,
    after,
  );
}
