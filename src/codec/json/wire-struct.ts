import type { Decoded, WireField, WireFields, WireTable } from "../../api/wire-fields.ts";
import { fieldName, INTERNAL_VERSION } from "../../api/wire-fields.ts";
import type { GoType, StructField } from "./decode-json.ts";
import {
  BOOLEAN,
  BYTES,
  INT32,
  INTERFACE,
  listOf,
  pointerTo,
  STRING,
  structOf,
  TIME,
  UNREAD,
} from "./decode-json.ts";

const STRINGS = listOf(STRING);

/** A list of strings, or one string by itself. */
const ONE_OR_MORE: typeof STRINGS = {
  zero: STRINGS.zero,
  decode: (value, before, run) => (typeof value === "string" ? [value] : STRINGS.decode(value, before, run)),
};

/** Returns the Go type of a table of fields, with the names of a version of the file. */
export function wireStruct<F>(table: WireTable<F>, version = ""): GoType<Decoded<F>> {
  return structOfFields(table, version) as GoType<unknown> as GoType<Decoded<F>>;
}

function structOfFields(table: WireFields, version: string): GoType<object> {
  const zero: Record<string, unknown> = {};
  const fields = new Map<string, StructField>();
  for (const [key, field] of Object.entries(table)) {
    const type = typeOf(field, version);
    zero[key] = type.zero;
    const name = fieldName(field, version);
    if (name !== undefined) {
      fields.set(name, { key, type });
    }
  }
  return structOf(zero, fields);
}

function typeOf({ kind, of = {}, orOne }: WireField, version: string): GoType<unknown> {
  switch (kind) {
    case "string":
      return STRING;
    case "boolean":
      return BOOLEAN;
    case "int32":
      return INT32;
    case "time":
      return TIME;
    case "bytes":
      return BYTES;
    case "strings":
      return orOne === true ? ONE_OR_MORE : STRINGS;
    case "object":
      return version === INTERNAL_VERSION ? INTERFACE : UNREAD;
    case "struct":
      return structOfFields(of, version);
    case "pointer":
      return pointerTo(structOfFields(of, version));
    default:
      return listOf(structOfFields(of, version));
  }
}
