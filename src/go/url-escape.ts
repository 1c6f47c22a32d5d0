/**
 * The escaping of Go's `net/url`. Texts are "byte strings" here: each character, U+0000 to U+00FF, is a byte.
 */
import { fromBytes } from "./byte-text.ts";
import { goQuote } from "./quote.ts";

/** The part of a URL that a text stands in; each part has its own reserved characters. */
export type UrlPart = "path" | "host" | "zone" | "userPassword" | "fragment";

/** A URL that Go's `net/url` refuses. `message` says why, in Go's words, and holds nothing of the URL but a few characters. */
export class GoUrlError extends Error {
  override readonly name = "GoUrlError";
}

const ALWAYS_PLAIN = /[A-Za-z0-9\-_.~]/;

/** What may stand unescaped in a part besides {@link ALWAYS_PLAIN}. */
const PLAIN: Readonly<Record<UrlPart, string>> = {
  path: "$&+,/:;=@",
  host: "!$&'()*+,;=:[]<>\"",
  zone: "!$&'()*+,;=:[]<>\"",
  userPassword: "$&+,;=",
  fragment: "$&+,/:;=?@!()*",
};

/** Go's `escape`. */
export function escapeUrlPart(text: string, part: UrlPart): string {
  return text.replace(/[^]/g, (byte) =>
    mustBeEscaped(byte, part) ? `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : byte,
  );
}

/**
 * Go's `unescape`.
 *
 * @throws GoUrlError for a `%` that begins no escape, or an escape or a character that may not stand in this part
 */
export function unescapeUrlPart(text: string, part: UrlPart): string {
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

/** Go's `validEncoded` of a path or fragment: whether no byte in it would have to be escaped. */
export function isEscaped(text: string, part: UrlPart): boolean {
  return Array.from(text).every((byte) => "!$&'()*+,;=:@[]%".includes(byte) || !mustBeEscaped(byte, part));
}

/** A host may only escape bytes that are not ASCII; a zone, what it could as well have written plainly, and spaces. */
function mayBeEscaped(byte: string, part: UrlPart): boolean {
  return part === "host" ? byte >= "\u0080" : byte === " " || !mustBeEscaped(byte, "host");
}

function mustBeEscaped(byte: string, part: UrlPart): boolean {
  return !ALWAYS_PLAIN.test(byte) && !PLAIN[part].includes(byte);
}

/** Go's `%q` of a byte string. */
export function quoteBytes(bytes: string): string {
  return goQuote(fromBytes(Buffer.from(bytes, "latin1")));
}

/** The text that a byte string encodes in UTF-8. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** The UTF-8 of a text as a byte string. */
export function bytesOfText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
