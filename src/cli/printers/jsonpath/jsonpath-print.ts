import { formatGoFloat } from "../../../go/float.ts";
import { writeJson } from "../../../go/json.ts";
import type { JsonValue } from "../../../api/json-value.ts";
import { JsonPathError } from "./json-path-error.ts";
import { GoByte, isArray, isObject, NO_VALUE, type Value } from "./jsonpath-value.ts";

/**
 * Prints what one node of a template has found: objects and arrays as JSON, the rest as Go's `fmt.Fprint` does, with
 * spaces between them (client-go, `PrintResults`).
 */
export function* printValues(values: readonly Value[]): Generator<string> {
  let separator = "";
  for (const value of values) {
    yield separator + printValue(value);
    separator = " ";
  }
}

/**
 * Prints what one node of a template has found as a JSON array, indented by four spaces, with a line feed at the end.
 *
 * @throws JsonPathError where kubectl panics: a range over null has no value to print.
 */
export function* printValuesAsJson(values: readonly Value[]): Generator<string> {
  yield `${writeJson(values.map(toJson), 4)}\n`;
}

function printValue(value: Value): string {
  if (isArray(value) || isObject(value)) {
    return writeJson(value);
  }
  if (value === NO_VALUE) {
    return "<no value>";
  }
  if (value instanceof GoByte) {
    return String(value.byte);
  }
  return typeof value === "number" ? formatGoFloat(value, "g") : String(value);
}

function toJson(value: Value): JsonValue {
  if (value === NO_VALUE) {
    throw new JsonPathError("a range over null has no value to print");
  }
  return value instanceof GoByte ? value.byte : value;
}
