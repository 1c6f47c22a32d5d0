import { base64ErrorOffset, decodeBase64 } from "../../go/base64.ts";
import { fromBytes, toBytes } from "../../go/byte-text.ts";
import { callFunction, exists, indexInto, lengthOf, sliceOf } from "./collections.ts";
import { equal, greater, greaterOrEqual, less, lessOrEqual, notEqual } from "./template-compare.ts";
import { escapeHtml, escapeJs, escapeUrlQuery } from "./escape.ts";
import { formatPrint, formatPrintln } from "./format/format-print.ts";
import { formatPrintf } from "./format/printf.ts";
import { FunctionError } from "./function-error.ts";
import { type Element, isTrue, unwrap, type TemplateValue } from "./template-value.ts";

/**
 * The type of a parameter: `value` anything unchanged (Go's `reflect.Value`); `any` the content of an interface;
 * `string` a string, without conversion.
 */
export type Parameter = "value" | "any" | "string";

export interface GoFunction {
  readonly parameters: readonly Parameter[];
  /** The type of all further arguments, where there may be any. */
  readonly rest?: Parameter;
  /**
   * Calls the function.
   *
   * @param callee - for `call`, the text of its argument
   * @throws FunctionError
   */
  readonly call: (values: readonly TemplateValue[], callee: string) => TemplateValue;
}

/** How many characters count as one step. */
const CHARACTERS_PER_STEP = 8;

/** Returns how many steps it takes to read or make values. */
export function costOf(values: readonly TemplateValue[]): number {
  let length = 0;
  for (const value of values) {
    const inside = unwrap(value);
    length += typeof inside === "string" ? inside.length : 0;
  }
  return 1 + Math.ceil(length / CHARACTERS_PER_STEP);
}

function comparison(compare: (left: TemplateValue, right: TemplateValue) => boolean): GoFunction {
  return { parameters: ["value", "value"], call: ([left, right]) => compare(left, right) };
}

function printer(print: (elements: readonly Element[]) => string): GoFunction {
  return {
    parameters: [],
    rest: "any",
    call: (values) => print(values.map((value) => unwrap(value) ?? null)),
  };
}

const decided: GoFunction = { parameters: ["value"], rest: "value", call: ([value]) => value };

/** The functions of text/template, and kubectl's `exists` and `base64decode`. */
const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  // These two are evaluated by the caller, since they do not need all of their arguments.
  ["and", decided],
  ["or", decided],
  ["not", { parameters: ["value"], call: ([value]) => !isTrue(unwrap(value)) }],
  ["call", { parameters: ["value"], rest: "value", call: ([value], callee) => callFunction(value, callee) }],
  [
    "index",
    {
      parameters: ["value"],
      rest: "value",
      call: ([item, ...keys]) => indexInto(item, keys),
    },
  ],
  [
    "slice",
    {
      parameters: ["value"],
      rest: "value",
      call: ([item, ...ends]) => sliceOf(item, ends),
    },
  ],
  ["len", { parameters: ["value"], call: ([item]) => lengthOf(item) }],
  ["exists", { parameters: ["any"], rest: "any", call: ([item, ...keys]) => exists(item, keys) }],
  [
    "eq",
    {
      parameters: ["value"],
      rest: "value",
      call: ([left, ...others]) => equal(left, others),
    },
  ],
  ["ne", comparison(notEqual)],
  ["lt", comparison(less)],
  ["le", comparison(lessOrEqual)],
  ["gt", comparison(greater)],
  ["ge", comparison(greaterOrEqual)],
  ["print", printer(formatPrint)],
  ["println", printer(formatPrintln)],
  [
    "printf",
    {
      parameters: ["string"],
      rest: "any",
      call: ([format, ...values]) =>
        formatPrintf(
          typeof format === "string" ? format : "",
          values.map((value) => unwrap(value) ?? null),
        ),
    },
  ],
  ["html", printer((elements) => escapeHtml(printable(elements)))],
  ["js", printer((elements) => escapeJs(printable(elements)))],
  ["urlquery", printer((elements) => escapeUrlQuery(printable(elements)))],
  ["base64decode", { parameters: ["string"], call: ([text]) => decodeBase64Text(text) }],
]);

export function isFunctionName(name: string): boolean {
  return FUNCTIONS.has(name);
}

export function functionNamed(name: string): GoFunction | undefined {
  return FUNCTIONS.get(name);
}

/** Returns the arguments of an escaper: nil prints as a missing key does (Go's `evalArgs`). */
function printable(elements: readonly Element[]): string {
  return formatPrint(elements.map((element) => element ?? "<no value>"));
}

/**
 * Implements kubectl's `base64decode`: standard base64 with padding. @throws FunctionError that names the first wrong
 * byte
 */
function decodeBase64Text(value: TemplateValue): string {
  const text = typeof value === "string" ? value : "";
  const bytes = decodeBase64(text);
  if (bytes === undefined) {
    const offset = base64ErrorOffset(toBytes(text));
    throw new FunctionError(`base64 decode failed: illegal base64 data at input byte ${offset}`);
  }
  return fromBytes(bytes);
}
