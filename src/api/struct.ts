import { emptyMap } from "./empty-map.ts";
import type { Field, FieldTable } from "./fields.ts";
import { visibilityOf } from "./fields.ts";
import type { Optional } from "./optional.ts";
import { checkField } from "./optional.ts";
import { asExtensionMap, entryMap } from "./entry-map.ts";
import type { JsonValue } from "./json-value.ts";
import { INSPECT, OMITTED, REDACTED, redactUrlPassword, redactValues } from "./redaction.ts";

/** What all nouns that are made from a table of fields have in common. */
export interface Struct<F> {
  /** Returns a copy with some fields changed; one that is undefined becomes one that is not set. */
  with(changes: Optional<F>): this;
  /** Returns the fields with every secret, and every extension's content, replaced by `REDACTED`. */
  toJSON(): object;
  /** Returns what `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): object;
}

/**
 * The class of a noun. Fields that its constructor does not receive, or receives as `undefined`, are not set. It throws a
 * TypeError for fields that the noun does not have, and for values of the wrong type.
 */
export type StructClass<F> = new (fields?: Optional<F>) => F & Struct<F>;

/** Returns the base class of a noun with the fields of a table. */
export function structOf<F>(table: FieldTable<F>): StructClass<F> {
  return classOf(Object.entries<Field>(table));
}

/** Returns the base class of an entry of a kubeconfig, which knows the file it comes from. */
export function entryOf<F extends { readonly locationOfOrigin: string }>(
  table: FieldTable<F>,
): StructClass<F> {
  return classOf([["locationOfOrigin", ORIGIN], ...Object.entries<Field>(table)]);
}

const ORIGIN: Field = { wire: "", kind: "string", doc: "The file that the entry comes from. Never written." };

/**
 * Returns a function that makes a plain noun with the fields of a table. Fields that it does not receive, or receives
 * as `undefined`, are not set.
 */
export function makerOf<F>(noun: string, table: FieldTable<F>): (fields?: Optional<F>) => F {
  const fill = fillerOf(Object.entries<Field>(table));
  return (fields = {}) => fill(noun, fields) as F;
}

/** Returns a function as {@link makerOf} for an entry of a kubeconfig, which knows the file it comes from. */
export function entryMakerOf<F extends { readonly locationOfOrigin: string }>(
  noun: string,
  table: FieldTable<F>,
): (fields?: Optional<F>) => F {
  const fill = fillerOf([["locationOfOrigin", ORIGIN], ...Object.entries<Field>(table)]);
  return (fields = {}) => fill(noun, fields) as F;
}

function fillerOf(
  rows: readonly (readonly [key: string, field: Field])[],
): (noun: string, fields: object) => object {
  const zeros = Object.fromEntries(rows.map(([key, field]) => [key, zeroOf(field)]));
  const hidden = new Set(rows.filter(([, { kind }]) => kind === "extensions").map(([key]) => key));
  return (noun, fields) => {
    const filled: Record<string, unknown> = { ...zeros };
    for (const key of Object.keys(fields)) {
      const value = (fields as Readonly<Record<string, unknown>>)[key];
      if (value !== undefined) {
        checkField(noun, zeros, key, value);
        filled[key] = hidden.has(key) ? asExtensionMap(value as ReadonlyMap<string, JsonValue>) : value;
      }
    }
    return filled;
  };
}

function classOf<F>(rows: readonly (readonly [key: string, field: Field])[]): StructClass<F> {
  const fill = fillerOf(rows);
  const base = class {
    constructor(fields: object = {}) {
      return Object.setPrototypeOf(fill(new.target.name, fields), new.target.prototype) as this;
    }

    with(changes: object): object {
      return Reflect.construct(this.constructor, [Object.assign({}, this, changes)]) as object;
    }

    toJSON(): object {
      const shown = Object.fromEntries(Object.entries(this)) as Record<string, unknown>;
      for (const [key, field] of rows) {
        shown[key] = redactField(field, shown[key]);
      }
      return shown;
    }

    [INSPECT](): object {
      return this.toJSON();
    }
  };
  return base as unknown as StructClass<F>;
}

/** Returns what a field holds when it is not set. */
export function zeroOf({ kind, always }: Field): unknown {
  switch (kind) {
    case "string":
      return "";
    case "boolean":
      return false;
    case "strings":
      return always ? undefined : [];
    case "stringLists":
    case "extensions":
      return emptyMap();
    default:
      return undefined;
  }
}

/** Reports whether a field is set: what Go's `omitempty` checks. */
export function isSet(value: unknown): boolean {
  if (Array.isArray(value) || value instanceof Uint8Array) {
    return value.length > 0;
  }
  if (value instanceof Map) {
    return value.size > 0;
  }
  return value !== "" && value !== false && value !== undefined;
}

function redactField(field: Field, value: unknown): unknown {
  if (field.kind === "extensions") {
    return entryMap(Array.from((value as ReadonlyMap<string, unknown>).keys(), (name) => [name, REDACTED]));
  }
  const visibility = visibilityOf(field);
  if (visibility === "omitted") {
    return value && OMITTED;
  }
  if (visibility === "url") {
    return redactUrlPassword(value as string);
  }
  if (visibility !== "secret" || !value) {
    return value instanceof Map ? entryMap(value as Map<string, unknown>) : value;
  }
  switch (field.kind) {
    case "strings":
      return (value as readonly string[]).map(() => REDACTED);
    case "environment":
      return (value as readonly { readonly name: string }[]).map(({ name }) => ({ name, value: REDACTED }));
    case "stringMap":
    case "stringLists":
      return entryMap(redactValues(value as ReadonlyMap<string, unknown>));
    default:
      return REDACTED;
  }
}
