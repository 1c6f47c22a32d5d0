import type { Field } from "../api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS, STRUCTS } from "../api/fields.ts";

/** The shape of a value in a kubeconfig. */
export type FieldShape =
  | "text"
  | "flag"
  | "bytes"
  /** Anything: data of other programs. */
  | "free"
  | StructShape
  | { readonly kind: "list"; readonly items: FieldShape }
  | { readonly kind: "map"; readonly values: FieldShape };

/** A mapping with fields of its own. */
export interface StructShape {
  readonly kind: "struct";
  readonly fields: ReadonlyMap<string, FieldShape>;
}

function struct(fields: Readonly<Record<string, FieldShape>>): StructShape {
  return { kind: "struct", fields: new Map(Object.entries(fields)) };
}

function list(items: FieldShape): FieldShape {
  return { kind: "list", items };
}

function map(values: FieldShape): FieldShape {
  return { kind: "map", values };
}

function named(field: string, entry: FieldShape): FieldShape {
  return list(struct({ name: "text", [field]: entry }));
}

const EXTENSIONS = named("extension", "free");

function structOfFields(fields: Readonly<Record<string, Field>>): StructShape {
  return struct(Object.fromEntries(Object.values(fields).map((field) => [field.wire, shapeOf(field)])));
}

function shapeOf({ kind }: Field): FieldShape {
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
