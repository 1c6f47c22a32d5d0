import { positionAt } from "./position-at.ts";
import { YamlError } from "./yaml-error.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * The windows in which libyaml's reader reads a stream: 512 bytes at a time, each decoded at once. A fault in a window
 * is reported as soon as one character of that window is needed, and never if none is.
 */
export interface Windows {
  /** Where each window ends, as an offset into the text. A character never straddles two windows. */
  readonly ends: readonly number[];
  /** The fault in the window after the last of `ends`. */
  readonly fault?: YamlError;
}

const WINDOW_BYTES = 512;

/** Decodes a stream up to its first fault, window by window. */
export function readWindows(
  bytes: Uint8Array,
  markLength: number,
  encoding: Encoding,
): { readonly text: string; readonly windows: Windows } {
  const measure = encoding === "utf-8" ? measureUtf8 : measureUtf16(encoding);
  const ends: number[] = [];
  let windowEnd = Math.min(bytes.length, WINDOW_BYTES);
  let goodBytes = markLength;
  let units = 0;
  let at = markLength;
  while (at < bytes.length) {
    const character = measure(bytes, at, windowEnd);
    if (character === INCOMPLETE) {
      ends.push(units);
      goodBytes = at;
      if (windowEnd === bytes.length) {
        return finish(incomplete(encoding, bytes, at));
      }
      windowEnd = Math.min(bytes.length, at + WINDOW_BYTES);
      continue;
    }
    if (typeof character === "string") return finish(character);
    at += encoding === "utf-8" ? utf8Width(character) : character > 0xffff ? 4 : 2;
    units += character > 0xffff ? 2 : 1;
    if (at === windowEnd) {
      ends.push(units);
      goodBytes = at;
      windowEnd = Math.min(bytes.length, at + WINDOW_BYTES);
    }
  }
  return finish();

  function finish(reason?: string): { text: string; windows: Windows } {
    const text = decode(bytes, markLength, goodBytes, encoding);
    if (reason === undefined) return { text, windows: { ends } };
    const before = decode(bytes, markLength, at, encoding);
    return { text, windows: { ends, fault: new YamlError(reason, positionAt(before, before.length)) } };
  }
}

function decode(bytes: Uint8Array, from: number, to: number, encoding: Encoding): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(from, to));
}

/** The available bytes end inside a character. */
const INCOMPLETE = -1;

/** A code point, INCOMPLETE, or libyaml's reason why the bytes are not an allowed character. */
type Measured = number | string;

function measureUtf8(bytes: Uint8Array, at: number, end: number): Measured {
  const lead = bytes[at] ?? 0;
  const width = lead < 0x80 ? 1 : lead >> 5 === 6 ? 2 : lead >> 4 === 14 ? 3 : lead >> 3 === 30 ? 4 : 0;
  if (width === 0) return "invalid leading UTF-8 octet";
  if (at + width > end) return INCOMPLETE;
  let point = width === 1 ? lead : lead & (0x7f >> width);
  for (let i = 1; i < width; i++) {
    const octet = bytes[at + i] ?? 0;
    if (octet >> 6 !== 2) return "invalid trailing UTF-8 octet";
    point = (point << 6) | (octet & 0x3f);
  }
  if (utf8Width(point) !== width) return "invalid length of a UTF-8 sequence";
  if ((point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return "invalid Unicode character";
  return allowed(point);
}

function measureUtf16(encoding: Encoding) {
  const low = encoding === "utf-16le" ? 0 : 1;
  const unit = (bytes: Uint8Array, at: number): number =>
    (bytes[at + low] ?? 0) | ((bytes[at + 1 - low] ?? 0) << 8);
  return (bytes: Uint8Array, at: number, end: number): Measured => {
    if (at + 2 > end) return INCOMPLETE;
    const first = unit(bytes, at);
    if ((first & 0xfc00) === 0xdc00) return "unexpected low surrogate area";
    if ((first & 0xfc00) !== 0xd800) return allowed(first);
    if (at + 4 > end) return INCOMPLETE;
    const second = unit(bytes, at + 2);
    if ((second & 0xfc00) !== 0xdc00) return "expected low surrogate area";
    return allowed(0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff));
  };
}

function utf8Width(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

function incomplete(encoding: Encoding, bytes: Uint8Array, at: number): string {
  if (encoding === "utf-8") return "incomplete UTF-8 octet sequence";
  return bytes.length - at < 2 ? "incomplete UTF-16 character" : "incomplete UTF-16 surrogate pair";
}

/** Returns the code point itself if YAML 1.1 allows it in a stream. */
function allowed(point: number): Measured {
  const printable =
    point === 0x09 ||
    point === 0x0a ||
    point === 0x0d ||
    (point >= 0x20 && point <= 0x7e) ||
    point === 0x85 ||
    (point >= 0xa0 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    point >= 0x10000;
  return printable ? point : "control characters are not allowed";
}
