import type { JsonValue } from "../../api/json-value.ts";
import { DATA_OMITTED, omitData } from "../../api/redaction.ts";
import { base64Length, decodeBase64 } from "../../go/base64.ts";
import { goQuote } from "../../go/quote.ts";
import { parseRfc3339, ZERO_TIME } from "../../go/rfc3339.ts";
import { MAX_QUICK_DEPTH } from "../../yaml/quick/quick-value.ts";
import type { QuickObject, QuickValue } from "../../yaml/quick/quick-value.ts";
import type { WireValue } from "./wire-value.ts";
import { membersOf, RefusedDocument } from "./wire-value.ts";

/** A value from any reader: mappings are Maps and `WireObject`s from full readers, plain objects from the fast path. */
export type DecodedValue = WireValue | QuickValue;

/** The options for decoding one document. */
export interface Decoding {
  /** The expected kind of document, for errors about the whole document: `a kuberc`. */
  readonly what: string;
  /** The prefix of errors. Default: none. */
  readonly prefix?: string;
  /** Receives the errors of Go's strict mode, in order: `unknown field "a.b"`, `duplicate field "a"`. Default: not strict. */
  readonly complaints?: Set<string>;
  /** Whether an error of Go's strict mode refuses the document. Default: no. */
  readonly isStrict?: boolean;
  /** Whether keys match regardless of case, as in encoding/json itself. Default: exactly, as in sigs.k8s.io/json. */
  readonly foldsCase?: boolean;
  /** Whether only the last value of a repeated key counts, as in a Go map. Default: it is decoded over the earlier ones. */
  readonly lastCounts?: boolean;
  /** Whether bytes are only checked, and {@link DATA_OMITTED} represents any of them. */
  readonly omitsData?: boolean;
}

/** The state of a decoding: its options and the path of the current value. */
export interface Run extends Decoding {
  /** The path, with remains of longer ones behind it: resizing the array for each field would be slow. */
  readonly steps: (string | number)[];
  /** The length of the path. */
  depth: number;
}

/** Creates the state for decoding a document. */
export function newRun(decoding: Decoding): Run {
  return { ...decoding, steps: [], depth: 0 };
}

/**
 * A Go type, as encoding/json decodes into a variable of it. The previous value of the variable matters for a repeated key:
 * the second struct is decoded over the first, a list over the elements of the first; null leaves strings and structs
 * unchanged and clears lists, maps and pointers.
 */
export interface GoType<T> {
  /** The initial value of a variable. */
  readonly zero: T;
  /** Returns the new value of the variable; does not change `before`. @throws TypeMismatch */
  decode(value: DecodedValue, before: T, run: Run): T;
}

/**
 * Decodes a document.
 *
 * @throws TypeMismatch for a value of the wrong kind
 */
export function decodeJson<T>(type: GoType<T>, value: DecodedValue, decoding: Decoding): T {
  return type.decode(value, type.zero, newRun(decoding));
}

/** A document that is refused because of a value in it. */
export class DecodeError extends RefusedDocument {
  /** The path of the value from the top of the document. */
  readonly path: readonly (string | number)[];

  constructor(message: string, run: Run) {
    super(message);
    this.path = pathOf(run);
  }
}

/** A value of the wrong kind. The message never holds the value itself: it may be a secret. */
export class TypeMismatch extends DecodeError {
  /** The type that the field requires, such as "a string". */
  readonly expected: string;
  /** The kind of the value. */
  readonly found: string;

  constructor(expected: string, value: DecodedValue, run: Run) {
    super(`${run.prefix ?? ""}${formatPath(pathOf(run)) || run.what} must be ${expected}`, run);
    this.expected = expected;
    this.found = kindOf(value);
  }
}

/** Names the kind of a value for people. */
function kindOf(value: DecodedValue): string {
  if (value === null) {
    return "null";
  }
  switch (typeof value) {
    case "boolean":
      return "a boolean";
    case "number":
    case "bigint":
      return "a number";
    case "string":
      return "a string";
    default:
      return Array.isArray(value) ? "a list" : "a mapping";
  }
}

function pathOf({ steps, depth }: Run): readonly (string | number)[] {
  return steps.slice(0, depth);
}

/** Formats a path for people: `clusters[0].cluster.server`. */
export function formatPath(
  path: readonly (string | number)[],
  shown: (key: string) => string = (key) => key,
): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${shown(step)}`))
    .join("");
}

/** Returns a type that null leaves unchanged. */
function scalar<T>(zero: T, read: (value: NonNullable<DecodedValue>, run: Run) => T): GoType<T> {
  return { zero, decode: (value, before, run) => (value === null ? before : read(value, run)) };
}

/** Returns a type that null makes undefined. */
function nullable<T>(
  read: (value: NonNullable<DecodedValue>, run: Run, before: T | undefined) => T | undefined,
): GoType<T | undefined> {
  return {
    zero: undefined,
    decode: (value, before, run) => (value === null ? undefined : read(value, run, before)),
  };
}

export const STRING: GoType<string> = {
  zero: "",
  decode(value, before, run) {
    if (typeof value === "string") {
      return value;
    }
    if (value === null) {
      return before;
    }
    throw new TypeMismatch("a string", value, run);
  },
};

export const BOOLEAN = scalar(false, (value, run) => {
  if (typeof value === "boolean") {
    return value;
  }
  throw new TypeMismatch("a boolean", value, run);
});

export const INT32 = integer(-(2 ** 31), 2 ** 31 - 1, "a number of 32 bits");
const BYTE = integer(0, 255, "a number from 0 to 255");

function integer(least: number, most: number, expected: string): GoType<number> {
  return scalar(0, (value, run) => {
    // Go treats -0 as a signed number.
    const isInteger = Number.isInteger(value) && !(least === 0 && Object.is(value, -0));
    if (isInteger && typeof value === "number" && value >= least && value <= most) {
      return value;
    }
    throw new TypeMismatch(expected, value, run);
  });
}

/** apimachinery's `Time`: milliseconds since 1970. Go's zero time is undefined. */
export const TIME = nullable<number>((value, run) => {
  if (typeof value !== "string") {
    throw new TypeMismatch("a time", value, run);
  }
  const time = parseRfc3339(value);
  if (time === undefined) {
    throw new TypeMismatch("a time such as 2006-01-02T15:04:05Z (RFC 3339)", value, run);
  }
  return time === ZERO_TIME ? undefined : time;
});

/** Go's `[]byte`: a base64 string, or a list of numbers from 0 to 255. */
export const BYTES = nullable<Uint8Array>((value, run) => {
  if (Array.isArray(value)) {
    const bytes = Uint8Array.from(BYTE_LIST.decode(value, undefined, run) ?? []);
    return run.omitsData === true ? omitData(bytes) : bytes;
  }
  if (typeof value !== "string") {
    throw new TypeMismatch("base64 text", value, run);
  }
  const bytes = run.omitsData === true ? omittedBytes(value) : decodeBase64(value);
  if (bytes === undefined) {
    throw new TypeMismatch("base64 (standard alphabet, with padding)", value, run);
  }
  return bytes;
});

/** Checks a base64 string without decoding it. */
function omittedBytes(text: string): Uint8Array | undefined {
  const length = base64Length(text);
  return length === undefined ? undefined : length === 0 ? EMPTY_BYTES : DATA_OMITTED;
}

const EMPTY_BYTES = new Uint8Array();

/** Any value, unchanged: apimachinery's `RawExtension`. Not for a `WireObject`. */
export const ANY: GoType<JsonValue> = { zero: null, decode: (value) => toJsonValue(value, 0) };

/** Converts the fast path's plain objects to Maps. */
function toJsonValue(value: DecodedValue, depth: number): JsonValue {
  // Deeper values come from the full reader, and consist of Maps and lists already.
  if (typeof value !== "object" || value === null || value instanceof Map || depth > MAX_QUICK_DEPTH) {
    return value as JsonValue;
  }
  return Array.isArray(value)
    ? value.map((element: DecodedValue) => toJsonValue(element, depth + 1))
    : new Map(Object.entries(value).map(([key, element]) => [key, toJsonValue(element, depth + 1)]));
}

/** Any value, which is discarded. */
export const UNREAD: GoType<undefined> = { zero: undefined, decode: () => undefined };

/** A Go interface: only null can be decoded into it. */
export const INTERFACE = nullable<never>((value, run) => {
  throw new TypeMismatch("nothing", value, run);
});

/** Returns Go's slice of a type: undefined for nil. */
export function listOf<T>(element: GoType<T>): GoType<readonly T[] | undefined> {
  return nullable((value, run, before) => {
    if (!Array.isArray(value)) {
      throw new TypeMismatch("a list", value, run);
    }
    const elements = value as readonly DecodedValue[];
    const backing = before === undefined ? NO_ELEMENTS : (backings.get(before) ?? before);
    const depth = run.depth++;
    const decoded: T[] = [];
    for (let index = 0; index < elements.length; index++) {
      run.steps[depth] = index;
      const old = index < backing.length ? (backing[index] as T) : element.zero;
      decoded.push(element.decode(elements[index] as DecodedValue, old, run));
    }
    run.depth = depth;
    if (decoded.length > 0 && decoded.length < backing.length) {
      backings.set(decoded, [...decoded, ...backing.slice(decoded.length)]);
    }
    return decoded;
  });
}

const BYTE_LIST = listOf(BYTE);
const NO_ELEMENTS: readonly never[] = [];

/** The elements behind a list that is shorter than an earlier one: Go decodes a longer list over those elements again. */
const backings = new WeakMap<readonly unknown[], readonly unknown[]>();

/** Returns Go's map from strings to a type: undefined for nil. */
export function mapOf<T>(element: GoType<T>): GoType<ReadonlyMap<string, T> | undefined> {
  return nullable((value, run, before) => {
    const entries = new Map(before);
    forEachMember(value, run, (key, member) => {
      entries.set(key, element.decode(member, element.zero, run));
    });
    return entries;
  });
}

/** Returns a pointer to a type: undefined for nil. */
export function pointerTo<T extends object>(type: GoType<T>): GoType<T | undefined> {
  return nullable((value, run, before) => type.decode(value, before ?? type.zero, run));
}

/** A field of a struct. */
export interface StructField {
  /** The property that holds it. */
  readonly key: string;
  readonly type: GoType<unknown>;
  /** What represents a list or map that is nil. Default: undefined. */
  readonly nil?: unknown;
}

/** The fields of a struct, by their names in a file. */
export type StructFields = ReadonlyMap<string, StructField>;

/**
 * Returns a struct.
 *
 * @param zero - the noun without any field set; decoded nouns get its prototype
 */
export function structOf<T extends object>(zero: T, fields: StructFields): GoType<T> {
  const prototype = Object.getPrototypeOf(zero) as object;
  return {
    zero,
    decode(value, before, run) {
      // Copy and change some fields: building each noun field by field would dominate the run time.
      const noun = { ...before } as Record<string, unknown>;
      const seen = run.complaints || run.isStrict ? new Set<string>() : undefined;
      forEachMember(value, run, (key, member) => {
        const field = fields.get(run.foldsCase === true ? foldCase(key) : key);
        if (field === undefined) {
          complain(run, "unknown field");
          return;
        }
        if (seen?.has(key) === true) {
          complain(run, "duplicate field");
        }
        seen?.add(key);
        const old = run.lastCounts === true ? field.type.zero : noun[field.key];
        const decoded = field.type.decode(member, old, run);
        noun[field.key] = decoded === undefined ? field.nil : decoded;
      });
      return Object.setPrototypeOf(noun, prototype) as T;
    },
  };
}

/** Folds a key by Unicode simple folding, as far as it reaches ASCII: U+017F folds to s and U+212A to k. */
function foldCase(key: string): string {
  return key.toLowerCase().replaceAll("\u017F", "s").replaceAll("\u212A", "k");
}

/** The limit of accumulated strict-mode errors; as in Go. */
const MAX_COMPLAINTS = 100;

function complain(run: Run, complaint: string): void {
  const { complaints } = run;
  if (run.isStrict === true) {
    throw new DecodeError(`${complaint} ${goQuote(formatPath(pathOf(run)))}`, run);
  }
  if (complaints !== undefined && complaints.size < MAX_COMPLAINTS) {
    complaints.add(`${complaint} ${goQuote(formatPath(pathOf(run)))}`);
  }
}

/** Visits the members of a mapping in order; null has none. @throws TypeMismatch for any other kind of value */
export function forEachMember(
  value: DecodedValue,
  run: Run,
  visit: (key: string, value: DecodedValue) => void,
): void {
  if (value === null) {
    return;
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new TypeMismatch("a mapping", value, run);
  }
  const depth = run.depth++;
  const members = membersOf(value as WireValue);
  if (members === undefined) {
    for (const key in value as QuickObject) {
      run.steps[depth] = key;
      visit(key, (value as QuickObject)[key] as QuickValue);
    }
  } else {
    for (const [key, member] of members) {
      run.steps[depth] = key;
      visit(key, member);
    }
  }
  run.depth = depth;
}
