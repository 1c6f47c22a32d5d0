import { byteAt, byteLength, sliceBytes } from "./go-text.ts";
import { FunctionError } from "./function-error.ts";
import {
  type Concrete,
  GoInt,
  GoSlice,
  Interface,
  isMap,
  staticTypeOf,
  typeOf,
  unwrap,
  type TemplateValue,
} from "./template-value.ts";

/** Implements `index x 1 "a"`: Go's `x[1]["a"]`. A missing key of a map gives nil. @throws FunctionError */
export function indexInto(item: TemplateValue, keys: readonly TemplateValue[]): TemplateValue {
  let found: TemplateValue = unwrap(item);
  if (found === undefined) {
    throw new FunctionError("index of untyped nil");
  }
  for (const key of keys) {
    const collection = unwrap(found);
    if (collection === undefined) {
      throw new FunctionError("index of nil pointer");
    }
    found = indexOne(collection, unwrap(key));
  }
  return found;
}

function indexOne(collection: Concrete, key: Concrete | undefined): TemplateValue {
  if (isMap(collection)) {
    return new Interface(collection.get(mapKey(key)) ?? null);
  }
  if (typeof collection === "string") {
    const length = byteLength(collection);
    const at = position(key, length);
    if (at === length) {
      throw new FunctionError("reflect: string index out of range");
    }
    return new GoInt("uint8", BigInt(byteAt(collection, at)));
  }
  if (collection instanceof GoSlice) {
    const at = position(key, collection.length);
    if (at === collection.length) {
      throw new FunctionError("reflect: slice index out of range");
    }
    return new Interface(collection.at(at));
  }
  throw new FunctionError(`can't index item of type ${typeOf(collection)}`);
}

function mapKey(key: Concrete | undefined): string {
  if (typeof key === "string") {
    return key;
  }
  throw new FunctionError(
    key === undefined
      ? "value is nil; should be of type string"
      : `value has type ${typeOf(key)}; should be string`,
  );
}

/** Returns an index into a string or slice. Go's `indexArg` accepts the end itself. */
function position(index: TemplateValue, end: number): number {
  if (!(index instanceof GoInt)) {
    throw new FunctionError(
      `cannot index slice/array with ${index === undefined ? "nil" : `type ${staticTypeOf(index)}`}`,
    );
  }
  if (index.value < 0n || index.value > BigInt(end)) {
    throw new FunctionError(`index out of range: ${index.value}`);
  }
  return Number(index.value);
}

/** Implements `slice x 1 2 3`: Go's `x[1:2:3]`. @throws FunctionError */
export function sliceOf(item: TemplateValue, ends: readonly TemplateValue[]): TemplateValue {
  const sliced = unwrap(item);
  if (sliced === undefined) {
    throw new FunctionError("slice of untyped nil");
  }
  if (ends.length > 3) {
    throw new FunctionError(`too many slice indexes: ${ends.length}`);
  }
  if (typeof sliced === "string") {
    if (ends.length === 3) {
      throw new FunctionError("cannot 3-index slice a string");
    }
    const length = byteLength(sliced);
    const [from, to] = bounds(ends, length, length);
    return sliceBytes(sliced, from, to);
  }
  if (sliced instanceof GoSlice) {
    return sliced.cut(...bounds(ends, sliced.length, sliced.capacity));
  }
  throw new FunctionError(`can't slice item of type ${typeOf(sliced)}`);
}

function bounds(
  ends: readonly TemplateValue[],
  length: number,
  capacity: number,
): [from: number, to: number, end: number] {
  const given = ends.map((end) => position(end, capacity));
  const [from = 0, to = length, end = capacity] = given;
  if (from > to) {
    throw new FunctionError(`invalid slice index: ${from} > ${to}`);
  }
  if (to > end) {
    throw new FunctionError(`invalid slice index: ${to} > ${end}`);
  }
  return [from, to, end];
}

/**
 * Implements `len`.
 *
 * @throws FunctionError when the item has no length.
 */
export function lengthOf(item: TemplateValue): GoInt {
  if (item === undefined) {
    throw new FunctionError("reflect: call of reflect.Value.Type on zero Value");
  }
  const collection = unwrap(item);
  if (collection === undefined) {
    throw new FunctionError("len of nil pointer");
  }
  if (isMap(collection)) {
    return GoInt.int(collection.size);
  }
  if (collection instanceof GoSlice) {
    return GoInt.int(collection.length);
  }
  if (typeof collection === "string") {
    return GoInt.int(byteLength(collection));
  }
  throw new FunctionError(`len of type ${typeOf(collection)}`);
}

/** Reports whether `index` would find a value that is not nil; without keys, always. A function of kubectl's. */
export function exists(item: TemplateValue, keys: readonly TemplateValue[]): boolean {
  let found = unwrap(item);
  for (const key of keys) {
    if (isMap(found)) {
      // Go reads nil as the key "".
      const name = key ?? "";
      found = typeof name === "string" ? (found.get(name) ?? undefined) : undefined;
    } else if (key instanceof GoInt && typeof found === "string") {
      found = isWithin(key, byteLength(found))
        ? new GoInt("uint8", BigInt(byteAt(found, Number(key.value))))
        : undefined;
    } else if (key instanceof GoInt && found instanceof GoSlice) {
      found = isWithin(key, found.length) ? (found.at(Number(key.value)) ?? undefined) : undefined;
    } else {
      return false;
    }
    if (found === undefined) {
      return false;
    }
  }
  return true;
}

function isWithin({ value }: GoInt, length: number): boolean {
  return value >= 0n && value < BigInt(length);
}

/** Implements `call`, which always fails: a document has no functions. @throws FunctionError */
export function callFunction(item: TemplateValue, callee: string): never {
  const called = unwrap(item);
  throw new FunctionError(
    called === undefined ? "call of nil" : `non-function ${callee} of type ${typeOf(called)}`,
  );
}
