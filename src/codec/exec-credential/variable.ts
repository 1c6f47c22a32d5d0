import { decodeBase64 } from "../../go/base64.ts";
import type { WireValue } from "../kuberc/wire-value.ts";
import { membersOf } from "../kuberc/wire-value.ts";
import { parseRfc3339 } from "../../go/rfc3339.ts";
import type { Shape } from "./shapes.ts";

/** Stdout that is no ExecCredential. The message holds names of fields and kinds of values, never a value. */
export class ExecCredentialError extends Error {
  override readonly name = "ExecCredentialError";
}

/** What has been decoded into a Go variable. */
export type Decoded = string | number | Struct | undefined;

/** A Go struct, by the names of its fields; what is not there has its zero value. */
export type Struct = Map<string, Decoded>;

/**
 * Decodes a value into a variable that may hold something already, with the ways of Go's encoding/json (as sigs.k8s.io/json
 * has it: keys match to the letter, unknown ones are passed over). They show where a key stands twice: the second
 * struct is decoded over the first, and null leaves texts and takes pointers away.
 *
 * Only texts, times and structs are kept; of the rest nothing is needed but that it could be decoded.
 *
 * @param place - how an error names the value, such as `status.token`; `""` for the document
 * @throws ExecCredentialError
 */
export function decodeInto(before: Decoded, value: WireValue, shape: Shape, place: string): Decoded {
  if (shape.kind === "struct") {
    return decodeStruct(before, value, shape, place);
  }
  if (value === null) {
    return shape.kind === "string" ? before : undefined;
  }
  switch (shape.kind) {
    case "string":
      return isText(value) ? value : refuse(place, "a string", value);
    case "boolean":
      return typeof value === "boolean" ? undefined : refuse(place, "a boolean", value);
    case "time":
      return decodeTime(value, place);
    case "bytes":
      return isBytes(value) ? undefined : refuse(place, "base64 text", value);
    case "nothing":
      return refuse(place, "nothing", value);
    default:
      return undefined;
  }
}

function decodeStruct(
  before: Decoded,
  value: WireValue,
  shape: Extract<Shape, { readonly kind: "struct" }>,
  place: string,
): Decoded {
  if (value === null) {
    return shape.isOptional ? undefined : before;
  }
  const members = membersOf(value);
  if (members === undefined) {
    return refuse(place === "" ? "an ExecCredential" : place, "a mapping", value);
  }
  const struct: Struct = before instanceof Map ? before : new Map();
  for (const [key, member] of members) {
    const field = shape.fields.get(key);
    if (field !== undefined) {
      struct.set(key, decodeInto(struct.get(key), member, field, place === "" ? key : `${place}.${key}`));
    }
  }
  return struct;
}

function decodeTime(value: WireValue, place: string): number {
  if (!isText(value)) {
    return refuse(place, "a time", value);
  }
  const time = parseRfc3339(value);
  if (time === undefined) {
    throw new ExecCredentialError(`${place} must be a time such as 2006-01-02T15:04:05Z (RFC 3339)`);
  }
  return time;
}

/** What Go takes for a `[]byte`: base64 text, or a list of numbers from 0 to 255. */
function isBytes(value: WireValue): boolean {
  return isText(value)
    ? decodeBase64(value) !== undefined
    : Array.isArray(value) && value.every((element: WireValue) => element === null || isByte(element));
}

function isByte(value: WireValue): boolean {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= 255 &&
    !Object.is(value, -0)
  );
}

function isText(value: WireValue): value is string {
  return typeof value === "string";
}

function refuse(place: string, wanted: string, value: WireValue): never {
  throw new ExecCredentialError(`${place} must be ${wanted}, not ${kindOf(value)}`);
}

/** Names the kind of a value for people. */
export function kindOf(value: WireValue): string {
  if (value === null) {
    return "null";
  }
  switch (typeof value) {
    case "boolean":
      return "a boolean";
    case "number":
    case "bigint":
      return "a number";
    case "string":
      return "text";
    default:
      return Array.isArray(value) ? "a list" : "a mapping";
  }
}
