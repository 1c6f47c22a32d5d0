import { LF, SPACE, TILDE } from "./chars.ts";
import { readWindows } from "./windows.ts";
import type { Encoding, Windows } from "./windows.ts";
import { YamlError } from "./yaml-error.ts";

/** The characters of a YAML stream, without its encoding. */
export interface YamlInput {
  /** The readable text, without a byte order mark. */
  readonly text: string;
  /** Whether the text consists of printable ASCII characters and line feeds, which allows shortcuts. */
  readonly simple: boolean;
  /**
   * How far go-yaml would have read at each point. Present only where that is observable: the bytes hold something that
   * may not be read, or a second byte order mark (see `Cursor`).
   */
  readonly windows?: Windows;
}

/** The longest string that V8 has. */
const MAX_LENGTH = 0x1fffffe8;

const NOT_SIMPLE = /[^\n\x20-\x7e]/;

/** Control characters, surrogates and non-characters, which YAML 1.1 refuses; and byte order marks. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/;

/** Surrogates in pairs are how JavaScript holds the characters that YAML allows beyond U+FFFF. */
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/**
 * Decodes a stream as libyaml's reader does: UTF-8 unless it begins with a UTF-16 byte order mark, one byte order mark
 * dropped. A fault is refused only when a scanner reaches it.
 *
 * @throws YamlError if the stream is longer than half a gigabyte
 */
export function decodeInput(data: Uint8Array | string): YamlInput {
  if (data.length > MAX_LENGTH) throw new YamlError(`stream is longer than ${MAX_LENGTH} bytes`);
  if (data.length === 0) return { text: "\n", simple: true };
  if (typeof data !== "string") return decodeBytes(data);
  if (!NOT_SIMPLE.test(data)) return { text: data, simple: true };
  return isHarmless(data) ? { text: data, simple: false } : decodeBytes(new TextEncoder().encode(data));
}

function decodeBytes(bytes: Uint8Array): YamlInput {
  if (isPrintableAscii(bytes)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    return { text, simple: true };
  }
  const { encoding, markLength } = detectEncoding(bytes);
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    const text = decoder.decode(bytes.subarray(markLength));
    if (isHarmless(text)) return { text, simple: false };
  } catch {
    // Not decodable as a whole. The part before the fault may still be a whole document.
  }
  return { ...readWindows(bytes, markLength, encoding), simple: false };
}

function isHarmless(text: string): boolean {
  if (!SUSPECT.test(text)) return true;
  return !SUSPECT.test(text.replaceAll(PAIR, ""));
}

/** Detects the encoding. libyaml's `yaml_parser_determine_encoding`. */
function detectEncoding(bytes: Uint8Array): { encoding: Encoding; markLength: number } {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", markLength: 2 };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  return { encoding: "utf-8", markLength: marked ? 3 : 0 };
}

/** Reports whether bytes consist of printable ASCII characters and line feeds, as nearly all YAML does. */
function isPrintableAscii(bytes: Uint8Array): boolean {
  let at = 0;
  if (bytes.byteOffset % 4 === 0) {
    // Four bytes at a time. What the sum and difference flag is only a suspicion: it includes line feeds.
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      if (
        ((word | (word - 0x20202020) | (word + 0x01010101)) & 0x80808080) !== 0 &&
        !isPrintable(bytes, i * 4, i * 4 + 4)
      ) {
        return false;
      }
    }
    at = words.length * 4;
  }
  return isPrintable(bytes, at, bytes.length);
}

function isPrintable(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if ((byte < SPACE && byte !== LF) || byte > TILDE) return false;
  }
  return true;
}
