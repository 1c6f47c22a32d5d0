import { compareGoStrings } from "../../go/order.ts";
import { hasEscapedBytes, toBytes } from "../../go/byte-text.ts";
import { GoByte, type JsonPathValue } from "./jsonpath-value.ts";

/** Whether a comparison holds, or the words of the error. */
export type Comparison = boolean | string;

const BAD_TYPE = "invalid type for comparison";
const BAD_PAIR = "incompatible types for comparison";

/**
 * Compares as Go's text/template does (client-go, `third_party/forked/golang/template/funcs.go`). Types are not
 * converted: a number of the data is a float64, so `@.port == 80` is an error and `@.port == 80.0` works.
 */
export function compareValues(operator: string, left: JsonPathValue, right: JsonPathValue): Comparison {
  switch (operator) {
    case "==":
      return equal(left, right);
    case "!=":
      return not(equal(left, right));
    case "<":
      return less(left, right);
    case ">=":
      return not(less(left, right));
    case "<=":
      return lessOrEqual(left, right);
    case ">":
      return not(lessOrEqual(left, right));
    default:
      return `unrecognized filter operator ${operator}`;
  }
}

function not(comparison: Comparison): Comparison {
  return typeof comparison === "string" ? comparison : !comparison;
}

function lessOrEqual(left: JsonPathValue, right: JsonPathValue): Comparison {
  const isLess = less(left, right);
  return isLess === false ? equal(left, right) : isLess;
}

function equal(left: JsonPathValue, right: JsonPathValue): Comparison {
  const error = incompatibility(left, right);
  return error ?? order(left, right) === 0;
}

function less(left: JsonPathValue, right: JsonPathValue): Comparison {
  const error = incompatibility(left, right);
  if (error !== undefined) {
    return error;
  }
  return typeof left === "boolean" ? BAD_TYPE : order(left, right) < 0;
}

type Kind = "bool" | "int" | "uint" | "float" | "string";

function kindOf(value: JsonPathValue): Kind | undefined {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "number":
      return "float";
    case "bigint":
      return "int";
    case "string":
      return "string";
    default:
      return value instanceof GoByte ? "uint" : undefined;
  }
}

function incompatibility(left: JsonPathValue, right: JsonPathValue): string | undefined {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a === undefined || b === undefined) {
    return BAD_TYPE;
  }
  const integers = (a === "int" || a === "uint") && (b === "int" || b === "uint");
  return a === b || integers ? undefined : BAD_PAIR;
}

/** Orders two compatible values. */
function order(left: JsonPathValue, right: JsonPathValue): number {
  if (typeof left === "string" && typeof right === "string") {
    return orderStrings(left, right);
  }
  const a = left instanceof GoByte ? left.byte : Number(left);
  const b = right instanceof GoByte ? right.byte : Number(right);
  if (typeof left === "bigint" && typeof right === "bigint") {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderStrings(left: string, right: string): number {
  if (!hasEscapedBytes(left) && !hasEscapedBytes(right)) {
    return compareGoStrings(left, right);
  }
  const a = toBytes(left);
  const b = toBytes(right);
  const differs = a.findIndex((byte, index) => byte !== b[index]);
  return differs < 0 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}
