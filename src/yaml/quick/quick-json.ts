import { COLON, COMMA, CLOSE_BRACE, CLOSE_BRACKET, LF, OPEN_BRACE, OPEN_BRACKET, SPACE } from "../chars.ts";
import { MAX_QUICK_DEPTH, MAX_QUICK_KEY, MAX_QUICK_VALUES } from "./quick-value.ts";
import type { QuickValue } from "./quick-value.ts";

/**
 * Reads JSON by JSON.parse, if go-yaml, to which JSON is YAML, would read the same: without escapes and numbers, in
 * printable ASCII, and laid out so that no key is far from its colon.
 *
 * @param text - only printable ASCII characters and line feeds
 * @returns undefined for a string that needs the full reader
 */
export function quickJson(text: string): QuickValue | undefined {
  if (!text.startsWith("{") || text.includes("\\") || !isPlainLayout(text)) return undefined;
  try {
    return JSON.parse(text) as QuickValue;
  } catch {
    // Not JSON, but perhaps YAML.
    return undefined;
  }
}

/** Reports whether everything between strings is harmless. JSON.parse finds out whether it is JSON. */
function isPlainLayout(text: string): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > MAX_QUICK_DEPTH || ++values > MAX_QUICK_VALUES) return false;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
    } else if (code === QUOTE) {
      const close = text.indexOf('"', at + 1);
      if (close === -1 || !isFollowedWell(text, close, close - at)) return false;
      values++;
      at = close;
    } else if (code !== SPACE && code !== LF && code !== COMMA && code !== COLON && !isLetter(code)) {
      return false;
    }
  }
  return values <= MAX_QUICK_VALUES;
}

const QUOTE = 0x22;

/** Reports whether a string ends its value, or is a short key followed by its colon. */
function isFollowedWell(text: string, close: number, length: number): boolean {
  switch (text.charCodeAt(close + 1)) {
    case COLON:
      return length <= MAX_QUICK_KEY;
    case COMMA:
    case CLOSE_BRACE:
    case CLOSE_BRACKET:
      return true;
    case LF: {
      // JSON would allow a colon on one of the next lines, YAML does not.
      let next = close + 2;
      while (text.charCodeAt(next) === SPACE || text.charCodeAt(next) === LF) next++;
      return text.charCodeAt(next) !== COLON;
    }
    default:
      return false;
  }
}

/** Reports whether a character is a letter of `true`, `false` or `null`. */
function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
