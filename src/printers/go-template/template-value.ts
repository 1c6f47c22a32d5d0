import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { sortedByName } from "../../go/order.ts";

/**
 * Go's `reflect.Value` in text/template: a value with its type; an {@link Interface} that holds one, or nil; or
 * undefined for no value at all (`reflect.Value{}`), which is the result of a missing key.
 */
export type TemplateValue = Concrete | Interface | undefined;

/** A value with a type of its own: a `number` is a float64, a Map a `map[string]interface {}` with sorted keys. */
export type Concrete = boolean | string | number | GoInt | GoComplex | GoSlice | GoMap;

/** The content of an `interface {}`: a value, or nil. */
export type Element = Concrete | null;

export type GoMap = ReadonlyMap<string, Element>;

/** Go's `interface {}`: the type of elements of maps and slices. */
export class Interface {
  readonly element: Element;

  constructor(element: Element) {
    this.element = element;
  }
}

/** An integer: `int` in a template, `int64` in the document, `uint8` for a byte of a string. */
export class GoInt {
  readonly type: "int" | "int64" | "uint8";
  readonly value: bigint;

  constructor(type: "int" | "int64" | "uint8", value: bigint) {
    this.type = type;
    this.value = value;
  }

  static int(value: bigint | number): GoInt {
    return new GoInt("int", BigInt(value));
  }
}

/** Go's complex128. */
export class GoComplex {
  readonly real: number;
  readonly imaginary: number;

  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

/**
 * Go's `[]interface {}`. Its capacity can be more than its length: a slice may be extended, and then has nils at its
 * end.
 */
export class GoSlice {
  readonly #elements: readonly Element[];
  readonly #start: number;
  readonly length: number;
  readonly capacity: number;

  constructor(
    elements: readonly Element[],
    start = 0,
    length = elements.length,
    capacity = grownCapacity(length),
  ) {
    this.#elements = elements;
    this.#start = start;
    this.length = length;
    this.capacity = capacity;
  }

  at(index: number): Element {
    return this.#elements[this.#start + index] ?? null;
  }

  /** Implements `slice[from:to:end]`. */
  cut(from: number, to: number, end: number): GoSlice {
    return new GoSlice(this.#elements, this.#start + from, to - from, end - from);
  }

  *[Symbol.iterator](): Generator<Element, undefined> {
    for (let i = 0; i < this.length; i++) {
      yield this.at(i);
    }
    return undefined;
  }
}

/**
 * The capacities of a slice that grows one by one: double, later by a quarter, rounded up to a size class of memory.
 */
const CAPACITIES = [0, 1, 2, 4, 8, 16, 32, 71, 143, 303, 591, 1023, 1535];

/** Larger ones take whole pages, of so many elements. */
const ELEMENTS_PER_PAGE = 512;

/**
 * Returns the capacity that Go's `append` gives to a slice which grew one by one (`runtime.growslice`, Go 1.25 and
 * 1.26).
 */
function grownCapacity(length: number): number {
  const small = CAPACITIES.find((capacity) => capacity >= length);
  if (small !== undefined) {
    return small;
  }
  let capacity = CAPACITIES.at(-1) ?? 0;
  while (capacity < length) {
    const wanted = capacity + Math.floor((capacity + 768) / 4);
    capacity = Math.ceil(wanted / ELEMENTS_PER_PAGE) * ELEMENTS_PER_PAGE;
  }
  return capacity;
}

export function isMap(value: TemplateValue | null): value is GoMap {
  return value instanceof Map;
}

/** Returns the value inside of an interface; undefined for nil (`indirectInterface`). */
export function unwrap(value: TemplateValue): Concrete | undefined {
  return value instanceof Interface ? (value.element ?? undefined) : value;
}

/** Returns the name of a concrete value's type. */
export function typeOf(value: Concrete): string {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "string":
      return "string";
    case "number":
      return "float64";
    default:
  }
  if (value instanceof GoInt) {
    return value.type;
  }
  if (value instanceof GoComplex) {
    return "complex128";
  }
  return value instanceof GoSlice ? "[]interface {}" : "map[string]interface {}";
}

/** Returns the name of a value's type; for an interface, that of the interface. */
export function staticTypeOf(value: Concrete | Interface): string {
  return value instanceof Interface ? "interface {}" : typeOf(value);
}

/** Reports whether `if` treats the value as true: it is not zero, false, empty or nil. */
export function isTrue(value: Concrete | undefined): boolean {
  if (value === undefined) {
    return false;
  }
  if (value instanceof GoInt) {
    return value.value !== 0n;
  }
  if (value instanceof GoComplex) {
    return value.real !== 0 || value.imaginary !== 0;
  }
  if (value instanceof GoSlice) {
    return value.length > 0;
  }
  // NaN is not zero.
  return isMap(value)
    ? value.size > 0
    : typeof value === "number"
      ? value !== 0
      : value !== false && value !== "";
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** Copies a document as {@link decodeValue} does. */
export function decodeDocument(document: JsonObject): GoMap {
  // A Map becomes a GoMap.
  return decodeValue(document) as GoMap;
}

/**
 * Copies a value as kubectl passes a document to a template: through apimachinery's `json.Unmarshal`, which makes an
 * int64 of every number that is written as an integer and fits, and a float64 of the others.
 */
export function decodeValue(root: JsonValue): Element {
  const open: (() => void)[] = [];
  const copy = (value: JsonValue): Element => {
    if (typeof value === "bigint" || typeof value === "number") {
      return decodeNumber(value);
    }
    if (Array.isArray(value)) {
      const source: readonly JsonValue[] = value;
      const elements = source.map((): Element => null);
      open.push(() => source.forEach((item, index) => void (elements[index] = copy(item))));
      return new GoSlice(elements);
    }
    return value instanceof Map ? copyMap(value) : (value as string | boolean | null);
  };
  const copyMap = (source: JsonObject): GoMap => {
    const map = new Map<string, Element>();
    open.push(() => {
      for (const [key, item] of sortedByName(source)) {
        map.set(key, copy(item));
      }
    });
    return map;
  };
  const result = copy(root);
  for (let fill = open.pop(); fill !== undefined; fill = open.pop()) {
    fill();
  }
  return result;
}

/**
 * Converts a number. A float64 passes through its JSON text, whose digits are as few as possible: 2^60 becomes
 * 1152921504606847000.
 */
function decodeNumber(value: number | bigint): Concrete {
  if (typeof value === "number" && (!Number.isInteger(value) || Math.abs(value) >= 1e21)) {
    return value;
  }
  const integer = BigInt(String(value));
  return integer >= MIN_INT64 && integer <= MAX_INT64 ? new GoInt("int64", integer) : Number(value);
}
