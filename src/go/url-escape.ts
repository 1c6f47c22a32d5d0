/** The escaping of Go's `net/url`. Strings are "byte strings" here: each character, U+0000 to U+00FF, is a byte. */
import { fromBytes } from "./byte-text.ts";
import { goQuote } from "./quote.ts";

/** The part of a URL that a string belongs to; each part has its own reserved characters. */
export type UrlPart = "path" | "host" | "zone" | "userPassword" | "fragment";

/** A URL that Go's `net/url` refuses. `message` says why, in Go's words, and holds nothing of the URL but a few characters. */
export class GoUrlError extends Error {
  override readonly name = "GoUrlError";
}

const ALWAYS_PLAIN = /[A-Za-z0-9\-_.~]/;

/** Characters that may be unescaped in a part, in addition to {@link ALWAYS_PLAIN}. */
const PLAIN: Readonly<Record<UrlPart, string>> = {
  path: "$&+,/:;=@",
  host: "!$&'()*+,;=:[]<>\"",
  zone: "!$&'()*+,;=:[]<>\"",
  userPassword: "$&+,;=",
  fragment: "$&+,/:;=?@!()*",
};

/** Implements Go's `escape`. */
export function escapeUrlPart(text: string, part: UrlPart): string {
  return text.replace(/[^]/g, (byte) =>
    mustBeEscaped(byte, part) ? `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : byte,
  );
}

/**
 * Implements Go's `unescape`.
 *
 * @throws GoUrlError for a `%` that begins no escape, or an escape or a character that may not be in this part
 */
export function unescapeUrlPart(text: string, part: UrlPart): string {
  // Most hosts and paths.
  if (/^[\w.~-]*$/.test(text)) {
    return text;
  }
  const ofHost = part === "host" || part === "zone";
  return text.replace(/%([0-9A-Fa-f]{2})|%.{0,2}|[^%]/gs, (match, hex: string | undefined) => {
    if (hex !== undefined) {
      const byte = String.fromCharCode(Number.parseInt(hex, 16));
      if (ofHost && match !== "%25" && !mayBeEscaped(byte, part)) {
        throw new GoUrlError(`invalid URL escape ${quoteBytes(match)}`);
      }
      return byte;
    }
    if (match.startsWith("%")) {
      throw new GoUrlError(`invalid URL escape ${quoteBytes(match)}`);
    }
    if (ofHost && match < "\u0080" && mustBeEscaped(match, part)) {
      throw new GoUrlError(`invalid character ${quoteBytes(match)} in host name`);
    }
    return match;
  });
}

/** Reports whether no byte of a path or fragment needs escaping. Go's `validEncoded`. */
export function isEscaped(text: string, part: UrlPart): boolean {
  return Array.from(text).every((byte) => "!$&'()*+,;=:@[]%".includes(byte) || !mustBeEscaped(byte, part));
}

/**
 * Reports whether a byte may be escaped: in a host, only bytes that are not ASCII; in a zone, spaces and characters
 * that need no escape.
 */
function mayBeEscaped(byte: string, part: UrlPart): boolean {
  return part === "host" ? byte >= "\u0080" : byte === " " || !mustBeEscaped(byte, "host");
}

function mustBeEscaped(byte: string, part: UrlPart): boolean {
  return !ALWAYS_PLAIN.test(byte) && !PLAIN[part].includes(byte);
}

/** Implements Go's `%q` of a byte string. */
export function quoteBytes(bytes: string): string {
  return goQuote(fromBytes(Buffer.from(bytes, "latin1")));
}

/** Decodes a byte string as UTF-8. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encodes a string in UTF-8, as a byte string. */
export function bytesOfText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
