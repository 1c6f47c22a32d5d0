import type { JsonValue } from "../../api/json-value.ts";

/**
 * A value as Go's JSON decoder reads it: the members of an object are in order, and a key may be repeated. Also used for
 * values from YAML.
 */
export type WireValue = JsonValue | WireObject | readonly WireValue[];

/** The members of a JSON object in the order of the text. */
export class WireObject {
  readonly members: readonly WireMember[];

  constructor(members: readonly WireMember[]) {
    this.members = members;
  }
}

export type WireMember = readonly [key: string, value: WireValue];

/** Returns the members of an object in their order; undefined for any other value. */
export function membersOf(value: WireValue | undefined): Iterable<WireMember> | undefined {
  return value instanceof WireObject ? value.members : value instanceof Map ? value : undefined;
}

/** Returns the members of an object, the last of a repeated key; none for any other value. */
export function fieldsOf(value: WireValue | undefined): ReadonlyMap<string, WireValue> {
  return new Map(membersOf(value));
}

/** A document that kubectl cannot use. Any other error is a bug in kcfg and must not be reported as one. */
export class RefusedDocument extends Error {
  override readonly name: string = "RefusedDocument";
}

/** The deepest nesting of lists and objects in Go's encoding/json. */
export const MAX_DEPTH = 10_000;

/** Reports whether lists and objects, empty ones included, nest deeper than Go's JSON decoder allows. */
export function nestsTooDeep(value: WireValue): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      return true;
    }
    level = level.flatMap(containersIn);
  }
  return false;
}

type Container = ReadonlyMap<string, JsonValue> | WireObject | readonly WireValue[];

function isContainer(value: WireValue): value is Container {
  return typeof value === "object" && value !== null;
}

function containersIn(container: Container): Container[] {
  const children: Iterable<WireValue> =
    container instanceof WireObject ? container.members.map(([, value]) => value) : container.values();
  return Array.from(children).filter(isContainer);
}

/** Returns a value in which the last member of each name counts. Does not recurse: a value may be nested deeply. */
export function withoutRepeatedKeys(root: WireValue): JsonValue {
  const steps: (() => void)[] = [];
  const convert = (value: WireValue, put: (converted: JsonValue) => void): void => {
    const members = membersOf(value);
    if (members !== undefined) {
      const object = new Map<string, JsonValue>();
      put(object);
      for (const [key, member] of new Map(members)) {
        object.set(key, null);
        steps.push(() => convert(member, (converted) => void object.set(key, converted)));
      }
    } else if (Array.isArray(value)) {
      const list: JsonValue[] = value.map(() => null);
      put(list);
      for (const [at, item] of (value as readonly WireValue[]).entries()) {
        steps.push(() => convert(item, (converted) => void (list[at] = converted)));
      }
    } else {
      put(value as JsonValue);
    }
  };
  let result: JsonValue = null;
  convert(root, (converted) => (result = converted));
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    step();
  }
  return result;
}
