import type { JsonValue } from "./json-value.ts";

/**
 * A field of a document other than a kubeconfig, once: it is decoded and encoded by its row, and a field without one
 * does not compile.
 */
export interface WireField {
  /** Its name in a file. */
  readonly wire: string;
  /** Its name in some versions of the file, null for a version that does not have it. Default: {@link fieldName}. */
  readonly in?: Readonly<Record<string, string | null>>;
  /** The Go type it has. */
  readonly kind: WireKind;
  /** The fields of a struct, of what is behind a pointer, or of each element of a list. */
  readonly of?: WireFields;
  /** Whether a lone string counts as a list of one. */
  readonly orOne?: true;
  /** Written even where it is not set: a field without Go's `omitempty`. */
  readonly always?: true;
}

export type WireFields = Readonly<Record<string, WireField>>;

/** The type of a field: `object` is what other programs keep there, of which decoding keeps nothing. */
export type WireKind =
  | "string"
  | "boolean"
  | "int32"
  /** apimachinery's `Time`, in milliseconds since 1970. */
  | "time"
  | "bytes"
  | "strings"
  | "object"
  | "struct"
  | "pointer"
  /** A list of structs. */
  | "list";

type KindOf<V> = [V] extends [string]
  ? { readonly kind: "string" }
  : [V] extends [boolean]
    ? { readonly kind: "boolean" }
    : [V] extends [number]
      ? { readonly kind: "int32" }
      : [V] extends [number | undefined]
        ? { readonly kind: "time" }
        : [V] extends [Uint8Array | undefined]
          ? { readonly kind: "bytes" }
          : [JsonValue] extends [V]
            ? { readonly kind: "object" }
            : [V] extends [readonly string[] | undefined]
              ? { readonly kind: "strings" }
              : [V] extends [readonly (infer E)[] | undefined]
                ? { readonly kind: "list"; readonly of: WireTable<E> }
                : undefined extends V
                  ? { readonly kind: "pointer"; readonly of: WireTable<NonNullable<V>> }
                  : { readonly kind: "struct"; readonly of: WireTable<V> };

/** A row for each field of a noun, in the order in which Go writes them. */
export type WireTable<F> = { readonly [K in keyof F]-?: WireField & KindOf<F[K]> };

/** What is decoded by a table: a noun in which lists may be nil. */
export type Decoded<F> = { readonly [K in keyof F]: DecodedField<F[K]> };

type DecodedField<V> = V extends string | number | boolean | Uint8Array | undefined
  ? V
  : V extends readonly (infer E)[]
    ? readonly DecodedField<E>[] | undefined
    : JsonValue extends V
      ? V
      : Decoded<V>;

/** The version of Kubernetes' own, internal types. Nobody should write it, but it is read. */
export const INTERNAL_VERSION = "__internal";

/**
 * Returns the name of a field in a version of its file; undefined if the version does not have it. The internal types
 * have no JSON names: Go's own are read, which begin with a capital letter.
 */
export function fieldName(
  { wire, in: names }: Pick<WireField, "wire" | "in">,
  version: string,
): string | undefined {
  const name = names?.[version];
  if (name !== undefined) {
    return name ?? undefined;
  }
  return version === INTERNAL_VERSION ? wire.charAt(0).toUpperCase() + wire.slice(1) : wire;
}

/** The fields that say what a document is. */
export interface TypeMetaFields {
  readonly kind: string;
  readonly apiVersion: string;
}

export const TYPE_META_FIELDS = {
  kind: { wire: "kind", in: { [INTERNAL_VERSION]: "kind" }, kind: "string", always: true },
  apiVersion: { wire: "apiVersion", in: { [INTERNAL_VERSION]: "apiVersion" }, kind: "string", always: true },
} as const satisfies WireTable<TypeMetaFields>;
