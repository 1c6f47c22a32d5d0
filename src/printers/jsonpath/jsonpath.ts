import type { JsonValue } from "../../api/json-value.ts";
import { joinEscapedBytes } from "../../go/byte-text.ts";
import { JsonPathError } from "./json-path-error.ts";
import { parseTemplate } from "./jsonpath-parse.ts";
import { runJsonPath } from "./jsonpath-run.ts";
import { decodeAsGo, GoByte, isArray, isObject, NO_VALUE, type JsonPathValue } from "./jsonpath-value.ts";
import { formatGoFloat } from "../../go/float.ts";
import { writeJson } from "../../go/json.ts";

export { JsonPathError };

/** Slightly less than the longest string of V8, in UTF-16 units. */
const MAX_OUTPUT = 2 ** 29 - 2 ** 16;

export interface JsonPathOptions {
  /**
   * Whether a missing key finds nothing instead of being an error. Default: false, as in client-go; kubectl sets it.
   */
  readonly allowMissingKeys?: boolean;
  /** Prints each result as an indented JSON array, as `-o jsonpath-as-json` does. Default: false. */
  readonly jsonOutput?: boolean;
  /** Whether integers of the data are int64s, as in an object of a server, and not float64s. Default: false. */
  readonly hasIntegers?: boolean;
}

export interface JsonPathTemplate {
  /**
   * Runs the template on a value.
   *
   * Where Go walks a map in random order (wildcards and `..`), the order here is that of the keys.
   *
   * A template can write bytes that are not UTF-8; each is a lone surrogate in the result (`toBytes` restores the
   * bytes).
   *
   * @throws JsonPathError in client-go's words: `… is not found`, `array index out of bounds: …`. Nothing is printed
   *   then.
   */
  execute(value: JsonValue): string;
  /**
   * Returns the values that each node of the template finds. client-go's `FindResults`.
   *
   * @param value - as `decodeAsGo` makes it
   * @throws JsonPathError as {@link execute} does
   */
  find(value: JsonValue): readonly (readonly JsonPathValue[])[];
}

/**
 * Parses a template in kubectl's dialect of JSONPath (client-go, `util/jsonpath`). Text outside braces is printed as it
 * is: `.clusters` prints ".clusters". Decode a template file that is not UTF-8 by `fromBytes`.
 *
 * @throws JsonPathError when the template does not parse, in client-go's words: `unterminated array`, `unclosed
 *   action`.
 */
export function parseJsonPath(template: string, options: JsonPathOptions = {}): JsonPathTemplate {
  const nodes = parseTemplate(template);
  const { allowMissingKeys = false, jsonOutput = false, hasIntegers = false } = options;
  const print = jsonOutput ? printValuesAsJson : printValues;
  const find = (value: JsonValue) => runJsonPath(nodes, value, allowMissingKeys);
  return {
    find,
    execute(value: JsonValue): string {
      let output = "";
      for (const values of find(decodeAsGo(value, hasIntegers))) {
        for (const piece of print(values)) {
          if (output.length + piece.length > MAX_OUTPUT) {
            throw new JsonPathError(`the output is longer than ${MAX_OUTPUT} characters`);
          }
          output += piece;
        }
      }
      return joinEscapedBytes(output);
    },
  };
}

/**
 * Prints the results of one node of a template: objects and arrays as JSON, the rest as Go's `fmt.Fprint` does, with
 * spaces between them (client-go, `PrintResults`).
 */
function* printValues(values: readonly JsonPathValue[]): Generator<string> {
  let separator = "";
  for (const value of values) {
    yield separator + printValue(value);
    separator = " ";
  }
}

/**
 * Prints the results of one node of a template as a JSON array, indented by four spaces, with a line feed at the end.
 *
 * @throws JsonPathError where kubectl panics: a range over null has no value to print.
 */
function* printValuesAsJson(values: readonly JsonPathValue[]): Generator<string> {
  yield `${writeJson(values.map(toJson), 4)}\n`;
}

function printValue(value: JsonPathValue): string {
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

function toJson(value: JsonPathValue): JsonValue {
  if (value === NO_VALUE) {
    throw new JsonPathError("a range over null has no value to print");
  }
  return value instanceof GoByte ? value.byte : value;
}
