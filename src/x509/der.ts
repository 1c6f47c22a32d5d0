/** ASN.1 tags, with the bits for the class and for constructed elements. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Returns the tag of a primitive field `[n]`. */
export function contextTag(number: number): number {
  return 0x80 | number;
}

/** Returns the tag of a constructed field `[n]`. */
export function constructedTag(number: number): number {
  return 0xa0 | number;
}

/** One ASN.1 element. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element with its tag and length. */
  readonly whole: Uint8Array;
}

/** A length of more octets than this is refused, as in Go's `cryptobyte`. */
const MAX_LENGTH_OCTETS = 4;

/**
 * Reads DER element by element, as strictly as Go's `cryptobyte`: one way only to write a length or a number, and
 * nothing beyond the given bytes. Its methods return undefined, and read nothing, where the next element does not
 * match.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isEmpty(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Returns the tag of the next element; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** Returns the next element, whatever it is. */
  any(): DerElement | undefined {
    const element = elementAt(this.#bytes, this.#at);
    this.#at += element?.whole.length ?? 0;
    return element;
  }

  /** Returns the next element, if it has this tag. */
  element(tag: number): DerElement | undefined {
    return this.peek() === tag ? this.any() : undefined;
  }

  /** Returns the content of the next element, if it has this tag. */
  content(tag: number): Uint8Array | undefined {
    return this.element(tag)?.content;
  }

  /** Returns a reader of the content of the next element, if it has this tag. */
  nested(tag: number): DerReader | undefined {
    const content = this.content(tag);
    return content && new DerReader(content);
  }

  /**
   * Returns the content of an optional field with a tag of its own around it, as Go's `encoding/asn1` reads it: with
   * another element in it the field counts as absent, and the end of the outer tag is not checked.
   */
  optionalField(outerTag: number, innerTag: number): Uint8Array | "absent" | "broken" {
    if (this.isEmpty) {
      return "absent";
    }
    const outer = headerAt(this.#bytes, this.#at);
    if (outer?.tag !== outerTag) {
      return outer === undefined ? "broken" : "absent";
    }
    const inner = headerAt(this.#bytes, outer.end);
    if (inner === undefined || outer.length === 0) {
      return "broken";
    }
    const end = inner.end + inner.length;
    if (inner.tag !== innerTag || end > this.#bytes.length) {
      return inner.tag === innerTag ? "broken" : "absent";
    }
    this.#at = end;
    return this.#bytes.subarray(inner.end, end);
  }

  integer(): bigint | undefined {
    const content = this.content(TAG.integer);
    return content && integerOf(content);
  }

  boolean(): boolean | undefined {
    const content = this.content(TAG.boolean);
    const value = content?.length === 1 ? content[0] : undefined;
    return value === 0xff ? true : value === 0 ? false : undefined;
  }

  /** Returns an object identifier in dots: `2.5.29.17`. */
  oid(): string | undefined {
    const content = this.content(TAG.oid);
    return content && oidOf(content);
  }

  bitString(): BitString | undefined {
    const content = this.content(TAG.bitString);
    return content && bitStringOf(content);
  }
}

/** A string of bits, the first of which is the highest of the first byte. */
export interface BitString {
  readonly bytes: Uint8Array;
  /** How many bits of the last byte do not count. */
  readonly unused: number;
}

/** Returns the bytes of a bit string whose last bit is the lowest of the last byte. Go's `BitString.RightAlign`. */
export function rightAligned({ bytes, unused }: BitString): Uint8Array {
  return unused === 0
    ? bytes
    : bytes.map(
        (byte, at) => ((at === 0 ? 0 : (bytes[at - 1] ?? 0) << (8 - unused)) | (byte >> unused)) & 0xff,
      );
}

/** Reports whether a bit is set; those beyond the end are not. */
export function hasBit({ bytes, unused }: BitString, at: number): boolean {
  return at < bytes.length * 8 - unused && (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
}

/** Reads bytes as a number, the highest first, without a sign. */
export function unsigned(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexOf(bytes)}`);
}

/** Writes an element. */
export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...encodedLength(length)]), ...parts]);
}

/** Writes a number that is not negative. */
export function encodeInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return encodeDer(TAG.integer, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]));
}

/** Writes an object identifier that is given in dots. */
export function encodeOid(oid: string): Buffer {
  const [first = 0, second = 0, ...others] = oid.split(".").map(Number);
  return encodeDer(TAG.oid, Buffer.from([first * 40 + second, ...others].flatMap(base128)));
}

function elementAt(bytes: Uint8Array, at: number): DerElement | undefined {
  const header = headerAt(bytes, at);
  // A tag of more than one byte is in no certificate and in no key.
  if (header === undefined || (header.tag & 0x1f) === 0x1f || header.end + header.length > bytes.length) {
    return undefined;
  }
  const { tag, end, length } = header;
  return { tag, content: bytes.subarray(end, end + length), whole: bytes.subarray(at, end + length) };
}

/** Tag and length of an element, and where its content begins. */
interface DerHeader {
  readonly tag: number;
  readonly length: number;
  readonly end: number;
}

function headerAt(bytes: Uint8Array, at: number): DerHeader | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || first === 0x80) {
    return undefined;
  }
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const end = at + 2 + octets;
  const length = octets === 0 ? first : lengthOf(bytes.subarray(at + 2, end), octets);
  return length === undefined ? undefined : { tag, length, end };
}

/** Reads a length; undefined for one that could be written in fewer octets. */
function lengthOf(octets: Uint8Array, count: number): number | undefined {
  if (count > MAX_LENGTH_OCTETS || octets.length < count || octets[0] === 0) {
    return undefined;
  }
  const length = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return length < 0x80 ? undefined : length;
}

/** Reads a number; undefined for one with needless leading octets. */
function integerOf(content: Uint8Array): bigint | undefined {
  const [first, second = 0] = content;
  if (first === undefined) {
    return undefined;
  }
  const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (content.length > 1 && isPadded) {
    return undefined;
  }
  return BigInt.asIntN(content.length * 8, unsigned(content));
}

/** The largest part of an object identifier that Go reads. */
const MAX_PART = 2 ** 31 - 1;

/** Reads an object identifier, in dots; undefined if it is invalid. */
export function oidOf(content: Uint8Array): string | undefined {
  const parts: number[] = [];
  let part = 0;
  let isInside = false;
  for (const octet of content) {
    if (!isInside && octet === 0x80) {
      return undefined;
    }
    part = part * 128 + (octet & 0x7f);
    isInside = octet >= 0x80;
    if (part > MAX_PART) {
      return undefined;
    }
    if (!isInside) {
      parts.push(part);
      part = 0;
    }
  }
  const [first, ...others] = parts;
  if (first === undefined || isInside) {
    return undefined;
  }
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...others].join(".");
}

/** Reads a string of bits; undefined if it is invalid. */
export function bitStringOf(content: Uint8Array): BitString | undefined {
  const unused = content[0] ?? 8;
  const bytes = content.subarray(1);
  const last = bytes.at(-1);
  const isWrong = last === undefined ? unused !== 0 : (last & ((1 << unused) - 1)) !== 0;
  return unused > 7 || isWrong ? undefined : { bytes, unused };
}

function encodedLength(length: number): readonly number[] {
  if (length < 0x80) {
    return [length];
  }
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    octets.unshift(rest % 256);
  }
  return [0x80 | octets.length, ...octets];
}

function base128(value: number): readonly number[] {
  const octets = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) {
    octets.unshift(0x80 | (rest & 0x7f));
  }
  return octets;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
