import { compareGoStrings } from "../../go/order.ts";
import { hasEscapedBytes, toBytes } from "../../go/byte-text.ts";
import { FunctionError } from "./function-error.ts";
import { type Concrete, GoComplex, GoInt, typeOf, unwrap, type TemplateValue } from "./template-value.ts";

type Kind = "bool" | "complex" | "int" | "float" | "string" | "other";

const BAD_TYPE = "invalid type for comparison";

/** Reports whether the first value is equal to one of the others. @throws FunctionError */
export function equal(left: TemplateValue, others: readonly TemplateValue[]): boolean {
  if (others.length === 0) {
    throw new FunctionError("missing argument for comparison");
  }
  const first = unwrap(left);
  return others.some((other) => equalTo(first, unwrap(other)));
}

export function notEqual(left: TemplateValue, right: TemplateValue): boolean {
  return !equal(left, [right]);
}

/**
 * Reports whether the first value is less than the second.
 *
 * @throws FunctionError when the types are not ordered, or differ in more than the sign of integers.
 */
export function less(left: TemplateValue, right: TemplateValue): boolean {
  const a = ordered(left);
  const b = ordered(right);
  const kind = kindOf(a);
  if (kind !== kindOf(b)) {
    throw incompatible(a, b);
  }
  if (kind === "bool" || kind === "complex") {
    throw new FunctionError(BAD_TYPE);
  }
  return isBefore(a, b);
}

export function lessOrEqual(left: TemplateValue, right: TemplateValue): boolean {
  return less(left, right) || equal(left, [right]);
}

export function greater(left: TemplateValue, right: TemplateValue): boolean {
  return !lessOrEqual(left, right);
}

export function greaterOrEqual(left: TemplateValue, right: TemplateValue): boolean {
  return !less(left, right);
}

function ordered(value: TemplateValue): Concrete {
  const concrete = unwrap(value);
  if (concrete === undefined || kindOf(concrete) === "other") {
    throw new FunctionError(BAD_TYPE);
  }
  return concrete;
}

function kindOf(value: Concrete): Kind {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "number":
      return "float";
    case "string":
      return "string";
    default:
      return value instanceof GoInt ? "int" : value instanceof GoComplex ? "complex" : "other";
  }
}

function equalTo(a: Concrete | undefined, b: Concrete | undefined): boolean {
  if (a === undefined || b === undefined) {
    return a === b;
  }
  if (kindOf(a) !== kindOf(b)) {
    throw incompatible(a, b);
  }
  if (kindOf(a) === "other") {
    // Go prints the values too.
    const types = typeOf(a) === typeOf(b) ? ` ${typeOf(b)}` : `s ${typeOf(a)}, ${typeOf(b)}`;
    throw new FunctionError(`non-comparable type${types}`);
  }
  if (a instanceof GoInt && b instanceof GoInt) {
    return a.value === b.value;
  }
  if (a instanceof GoComplex && b instanceof GoComplex) {
    return a.real === b.real && a.imaginary === b.imaginary;
  }
  return a === b;
}

function isBefore(a: Concrete, b: Concrete): boolean {
  if (typeof a === "string" && typeof b === "string") {
    return compareStrings(a, b) < 0;
  }
  if (a instanceof GoInt && b instanceof GoInt) {
    return a.value < b.value;
  }
  return typeof a === "number" && typeof b === "number" && a < b;
}

function compareStrings(left: string, right: string): number {
  if (!hasEscapedBytes(left) && !hasEscapedBytes(right)) {
    return compareGoStrings(left, right);
  }
  return Buffer.compare(Uint8Array.from(toBytes(left)), Uint8Array.from(toBytes(right)));
}

function incompatible(a: Concrete, b: Concrete): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
}
