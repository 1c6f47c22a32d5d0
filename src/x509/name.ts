import type { DerElement } from "./der.ts";
import { DerReader, TAG } from "./der.ts";
import { X509Error } from "./x509-error.ts";

/** The name of a subject or an issuer. */
export interface Name {
  /** DER, by which names are compared. */
  readonly raw: Uint8Array;
  /** In their order. */
  readonly attributes: readonly NameAttribute[];
}

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

export const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [COMMON_NAME, "CN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "street"],
  [ORGANIZATION, "O"],
  ["2.5.4.11", "OU"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
]);

/** Returns the last common name, as Go has it; `""` if there is none. */
export function commonName({ attributes }: Name): string {
  return attributes.findLast(({ oid }) => oid === COMMON_NAME)?.value ?? "";
}

/** Returns the first organization, as Go has it; `""` if there is none. */
export function organization({ attributes }: Name): string {
  return attributes.find(({ oid }) => oid === ORGANIZATION)?.value ?? "";
}

/** Describes a name in one line: the common name, or else the first attribute. */
export function describeName(name: Name): string {
  const [first] = name.attributes;
  return (
    commonName(name) ||
    (first === undefined ? "" : `${SHORT_NAMES.get(first.oid) ?? first.oid}=${first.value}`)
  );
}

/**
 * Implements Go's `x509.parseName`.
 *
 * @throws X509Error
 */
export function readName({ whole, content }: DerElement): Name {
  const sets = new DerReader(content);
  const attributes: NameAttribute[] = [];
  while (!sets.isEmpty) {
    const set = sets.nested(TAG.set);
    if (set === undefined) {
      throw new X509Error("x509: invalid RDNSequence");
    }
    while (!set.isEmpty) {
      attributes.push(readAttribute(set));
    }
  }
  return { raw: whole, attributes };
}

function readAttribute(set: DerReader): NameAttribute {
  const fields = set.nested(TAG.sequence);
  if (fields === undefined) {
    throw new X509Error("x509: invalid RDNSequence: invalid attribute");
  }
  const oid = fields.oid();
  if (oid === undefined) {
    throw new X509Error("x509: invalid RDNSequence: invalid attribute type");
  }
  const value = fields.any();
  if (value === undefined) {
    throw new X509Error("x509: invalid RDNSequence: invalid attribute value");
  }
  return { oid, value: stringOf(value) };
}

/** Implements Go 1.26's `parseASN1String`. */
function stringOf({ tag, content }: DerElement): string {
  switch (tag) {
    case TAG.t61String:
      return latin1(content);
    case TAG.printableString:
      return checked(latin1(content), /^[A-Za-z0-9'()+,\-./ :=?*&]*$/, "invalid PrintableString");
    case TAG.numericString:
      return checked(latin1(content), /^[0-9 ]*$/, "invalid NumericString");
    case TAG.ia5String:
      return checked(latin1(content), /^[^\x80-\xff]*$/, "invalid IA5String");
    case TAG.utf8String:
      return utf8(content);
    case TAG.bmpString:
      return bmp(content);
    default:
      throw invalid(`unsupported string type: ${tag}`);
  }
}

function checked(value: string, pattern: RegExp, words: string): string {
  if (!pattern.test(value)) {
    throw invalid(words);
  }
  return value;
}

function utf8(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw invalid("invalid UTF-8 string");
  }
}

/** Decodes two bytes a character; refuses surrogates and noncharacters. */
function bmp(content: Uint8Array): string {
  const data = Buffer.from(content);
  if (data.length % 2 !== 0) {
    throw invalid("invalid BMPString");
  }
  const text = data.swap16().toString("utf16le").replace(/\0$/, "");
  return checked(text, /^[^\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*$/, "invalid BMPString");
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("latin1");
}

function invalid(words: string): X509Error {
  return new X509Error(`x509: invalid RDNSequence: invalid attribute value: ${words}`);
}
