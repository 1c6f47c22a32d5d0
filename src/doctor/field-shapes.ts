import type { Field } from "../api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS, STRUCTS } from "../api/fields.ts";

/** What may stand at a place of a kubeconfig. */
export type Shape =
  | "text"
  | "flag"
  | "bytes"
  /** Anything: what other programs keep. */
  | "free"
  | StructShape
  | { readonly kind: "list"; readonly items: Shape }
  | { readonly kind: "map"; readonly values: Shape };

/** A mapping with fields of its own. */
export interface StructShape {
  readonly kind: "struct";
  readonly fields: ReadonlyMap<string, Shape>;
}

function struct(fields: Readonly<Record<string, Shape>>): StructShape {
  return { kind: "struct", fields: new Map(Object.entries(fields)) };
}

function list(items: Shape): Shape {
  return { kind: "list", items };
}

function map(values: Shape): Shape {
  return { kind: "map", values };
}

function named(field: string, entry: Shape): Shape {
  return list(struct({ name: "text", [field]: entry }));
}

const EXTENSIONS = named("extension", "free");

function structOfFields(fields: Readonly<Record<string, Field>>): StructShape {
  return struct(Object.fromEntries(Object.values(fields).map((field) => [field.wire, shapeOf(field)])));
}

function shapeOf({ kind }: Field): Shape {
  switch (kind) {
    case "string":
      return "text";
    case "boolean":
      return "flag";
    case "bytes":
      return "bytes";
    case "strings":
      return list("text");
    case "stringMap":
      return map("text");
    case "stringLists":
      return map(list("text"));
    case "environment":
      return list(struct({ name: "text", value: "text" }));
    case "extensions":
      return EXTENSIONS;
    default:
      return structOfFields(STRUCTS[kind]);
  }
}

/** A kubeconfig as client-go's `clientcmd/api/v1.Config` has it. */
export const KUBECONFIG: StructShape = struct({
  apiVersion: "text",
  kind: "text",
  preferences: structOfFields(PREFERENCES_FIELDS),
  ...Object.fromEntries(
    Object.entries(SECTIONS).map(([section, { entry, fields }]) => [
      section,
      named(entry, structOfFields(fields)),
    ]),
  ),
  "current-context": "text",
  extensions: EXTENSIONS,
});
