import { decodeBase64 } from "../go/base64.ts";
import { goString } from "./go-string.ts";
import { isTimestamp } from "./timestamp.ts";

/** Go's kinds of scalar; `float` and `int` are apart because equal numbers of both are different keys. */
export type Scalar =
  | { readonly kind: "null" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  /** What go-yaml refuses to decode. */
  | { readonly kind: "error"; readonly reason: string };

export const MERGE_TAG = "tag:yaml.org,2002:merge";
const PREFIX = "tag:yaml.org,2002:";
const BINARY_TAG = `${PREFIX}binary`;
const TIMESTAMP_TAG = `${PREFIX}timestamp`;
const FLOAT_TAG = `${PREFIX}float`;

/** The kind of scalar that each tag demands. Scalars with other tags are strings, whatever they look like. */
const DEMANDS: ReadonlyMap<string, Scalar["kind"]> = new Map([
  [`${PREFIX}bool`, "bool"],
  [`${PREFIX}int`, "int"],
  [FLOAT_TAG, "float"],
  [`${PREFIX}null`, "null"],
]);

/** The words of YAML 1.1 that are not strings (go-yaml v2 `resolve.go`). */
const WORDS: ReadonlyMap<string, Scalar> = new Map([
  ...words({ kind: "bool", value: true }, "y Y yes Yes YES true True TRUE on On ON"),
  ...words({ kind: "bool", value: false }, "n N no No NO false False FALSE off Off OFF"),
  ...words({ kind: "null" }, "~ null Null NULL"),
  ["", { kind: "null" }],
  ...words({ kind: "float", value: Number.NaN }, ".nan .NaN .NAN"),
  ...words({ kind: "float", value: Infinity }, ".inf .Inf .INF +.inf +.Inf +.INF"),
  ...words({ kind: "float", value: -Infinity }, "-.inf -.Inf -.INF"),
]);

function words(scalar: Scalar, list: string): [string, Scalar][] {
  return list.split(" ").map((word) => [word, scalar]);
}

const LONGEST_WORD = 5;

/** The first characters of everything that is not a string. */
const HINTS = new Set("+-0123456789yYnNtTfFoO~.");

/** Reports whether a plain scalar with this first character can be anything but a string. */
export function mayBeSpecial(code: number): boolean {
  return HINT_CODES[code] === 1;
}

const HINT_CODES = new Uint8Array(128);
for (const hint of HINTS) HINT_CODES[hint.charCodeAt(0)] = 1;

/** Reports whether a plain scalar without a tag is a string. */
export function isPlainString(text: string): boolean {
  const first = text.charCodeAt(0);
  if (!mayBeSpecial(first)) return text !== "";
  if (text.length <= LONGEST_WORD && WORDS.has(text)) return false;
  return isLetter(first) || resolveNumber(text) === undefined;
}

/** Resolves a plain scalar without a tag: go-yaml v2's `resolve` with an empty tag. */
export function resolvePlain(text: string): Scalar {
  const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
  return (
    word ??
    (isLetter(text.charCodeAt(0)) ? undefined : resolveNumber(text)) ?? { kind: "string", value: text }
  );
}

/** Reports whether a character is a letter: no number begins with one. */
function isLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

/** Resolves a scalar with a tag, quoted or not: go-yaml v2's `resolve`. */
export function resolveTagged(tag: string, text: string): Scalar {
  if (tag === BINARY_TAG) {
    const bytes = decodeBase64(text);
    return bytes === undefined
      ? { kind: "error", reason: "!!binary value contains invalid base64 data" }
      : { kind: "string", value: goString(bytes) };
  }
  if (tag === TIMESTAMP_TAG) {
    return isTimestamp(text) ? { kind: "string", value: text } : mismatch(resolvePlain(text), tag);
  }
  const demand = DEMANDS.get(tag);
  if (demand === undefined) return { kind: "string", value: text };
  const scalar = resolvePlain(text);
  if (scalar.kind === demand) return scalar;
  if (demand === "float" && scalar.kind === "int" && fitsInt64(scalar.value)) {
    return { kind: "float", value: Number(scalar.value) };
  }
  return mismatch(scalar, tag);
}

/**
 * Makes the error for a scalar that does not match its tag. go-yaml quotes the scalar, which may be a secret, so this
 * names the kinds only.
 */
function mismatch(scalar: Scalar, tag: string): Scalar {
  const found = scalar.kind === "string" ? "str" : scalar.kind;
  return { kind: "error", reason: `cannot decode !!${found} as a !!${tag.slice(PREFIX.length)}` };
}

/** Reports whether go-yaml holds an integer as `int`; larger ones are `uint64`. */
export function fitsInt64(value: number | bigint): boolean {
  return typeof value === "number" || value <= MAX_INT64;
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/** The characters of a number, including underscores, which are ignored. */
const NUMERIC = /^[-+.0-9][0-9a-fA-F_.xXoO+-]*$/;
const DECIMAL_INT = /^[-+]?(?:0|[1-9][0-9]*)$/;
const PREFIXED_INT = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+))$/;
/** A second form of base 2, in which a sign follows the prefix. */
const BINARY_INT = /^0b([-+]?)([01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** In a number that starts with its point, underscores must be between digits. */
const STRAY_UNDERSCORE = /(?<![0-9])_|_(?![0-9])/;

function resolveNumber(text: string): Scalar | undefined {
  const fromPoint = text.startsWith(".");
  if (!NUMERIC.test(text)) return undefined;
  if (fromPoint && STRAY_UNDERSCORE.test(text)) return undefined;
  const plain = text.includes("_") ? withoutUnderscores(text) : text;
  if (fromPoint) return FLOAT.test(plain) ? float(plain) : undefined;
  return integer(plain) ?? (FLOAT.test(plain) ? float(plain) : undefined) ?? signedBinary(plain);
}

const UNDERSCORE = 0x5f;

/** Removes underscores from an ASCII string. `replaceAll` would need a gigabyte for millions of underscores. */
function withoutUnderscores(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  let length = 0;
  for (const byte of bytes) {
    if (byte !== UNDERSCORE) {
      bytes[length] = byte;
      length++;
    }
  }
  return bytes.toString("latin1", 0, length);
}

/** Implements Go's `ParseInt` and, for what is too large, `ParseUint`, both with base 0. */
function integer(plain: string): Scalar | undefined {
  if (DECIMAL_INT.test(plain)) {
    const value = Number(plain);
    if (Number.isSafeInteger(value)) return { kind: "int", value: value === 0 ? 0 : value };
    return plain.length > 21 ? undefined : large(plain.startsWith("+"), BigInt(plain.replace("+", "")));
  }
  const match = PREFIXED_INT.exec(plain);
  if (match === null) return undefined;
  const [, sign = "", hex, binary, octal = ""] = match;
  const prefix = hex !== undefined ? "0x" : binary !== undefined ? "0b" : "0o";
  const digits = (hex ?? binary ?? octal).replace(/^0+(?=.)/, "");
  if (digits.length > 64) return undefined;
  const magnitude = BigInt(prefix + digits);
  return large(sign === "+", sign === "-" ? -magnitude : magnitude);
}

/** Returns an integer, if Go has a type for it. A sign keeps it from being a uint64. */
function large(plus: boolean, value: bigint): Scalar | undefined {
  if (value < MIN_INT64 || value > (plus ? MAX_INT64 : MAX_UINT64)) return undefined;
  const number = Number(value);
  return { kind: "int", value: Number.isSafeInteger(number) ? number : value };
}

function signedBinary(plain: string): Scalar | undefined {
  const match = BINARY_INT.exec(plain);
  if (match === null) return undefined;
  const [, sign = "", digits = ""] = match;
  const significant = digits.replace(/^0+(?=.)/, "");
  if (significant.length > 64) return undefined;
  const magnitude = BigInt(`0b${significant}`);
  return large(sign === "+", sign === "-" ? -magnitude : magnitude);
}

/** Implements Go's `ParseFloat`, which refuses what is too large. */
function float(plain: string): Scalar | undefined {
  const value = Number(plain);
  return Number.isFinite(value) ? { kind: "float", value } : undefined;
}
