import { readGoEscape } from "../go-escape.ts";
import { fromBytes, toBytes } from "./byte-text.ts";

/** A byte that is not UTF-8 becomes U+FFFD in a string with escapes; in one without, it stays as it is. */
const ESCAPED_BYTES = /[\udc80-\udcff]/gu;

/**
 * Reads a string in single or double quotes with the escapes of a Go string literal. A quote may be escaped only
 * inside quotes of its own kind.
 *
 * @returns undefined where Go says "invalid syntax".
 */
export function unquote(quoted: string): string | undefined {
  const quote = quoted.charAt(0);
  const body = quoted.slice(1, -1);
  if (!body.includes("\\")) {
    return body;
  }
  const bytes: number[] = [];
  for (let i = 0; i < body.length;) {
    const character = body.charAt(i);
    if (character === quote) {
      return undefined;
    }
    if (character === "\\") {
      const escape = readGoEscape(body, i + 1, quote);
      if (escape === undefined) {
        return undefined;
      }
      bytes.push(...(escape.isByte ? [escape.value] : toBytes(String.fromCodePoint(escape.value))));
      i = escape.end;
    } else {
      const plain = plainRun(body, i, quote);
      for (const byte of toBytes(plain.replaceAll(ESCAPED_BYTES, "\ufffd"))) {
        bytes.push(byte);
      }
      i += plain.length;
    }
  }
  return fromBytes(bytes);
}

function plainRun(body: string, start: number, quote: string): string {
  let end = start;
  while (end < body.length && body.charAt(end) !== quote && body.charAt(end) !== "\\") {
    end++;
  }
  return body.slice(start, end);
}
