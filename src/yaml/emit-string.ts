import { toValidText } from "../go/unicode.ts";
import { doubleQuoted } from "./emit-double-quoted.ts";
import { literal, plainScalar, singleQuoted, type EmitContext } from "./emit-lines.ts";
import { needsQuotes } from "./needs-quotes.ts";

/**
 * Writes one string as go-yaml v2's emitter does: plain if it reads back as the same string, else single or double
 * quoted, or as a literal block if it holds a newline. Lone surrogates, which represent bytes that were not UTF-8,
 * become U+FFFD. A literal block that ends in a line break ends the text with that break.
 */
export function emitString(value: string, spot: EmitContext): string {
  if (isPlainWord(value)) {
    return value;
  }
  const text = toValidText(value);
  switch (styleOf(text, spot.simpleKey)) {
    case "plain":
      return plainScalar(text, spot);
    case "single":
      return singleQuoted(text, spot);
    case "literal":
      return literal(text, spot.indent);
    default:
      return doubleQuoted(text, spot);
  }
}

/**
 * Reports whether {@link emitString} writes a string unquoted at any place. True for most strings, addresses, options
 * and base64 included; false for some rare ones.
 */
export function isPlainWord(value: string): boolean {
  return PLAIN_WORD.test(value) && !(value.length <= LONGEST_RESERVED && needsQuotes(value));
}

/** Of these only YAML's reserved words need quotes, and none is folded. */
const PLAIN_WORD = /^(?:--?[A-Za-z]|[A-Za-z/_])[A-Za-z0-9/+=_.-]*(?::[A-Za-z0-9/+=_.-]+)*$/;
const LONGEST_RESERVED = 5;

type Style = "plain" | "single" | "double" | "literal";

const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const BREAK = /[\n\u2028\u2029]/;
const SPACE_BEFORE_BREAK = / [\n\u2028\u2029]/;
const SPACE_AFTER_BREAK = /[\n\u2028\u2029] /;
/** What a plain scalar may not hold outside of flow collections: indicators at the start, `: ` and ` #`. */
const INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?: |$))|:(?: |$)| #/;

/** Chooses a style. Source: go-yaml v2 `stringv`, `yaml_emitter_analyze_scalar`, `yaml_emitter_select_scalar_style`. */
function styleOf(text: string, simpleKey: boolean): Style {
  const unquotable = UNPRINTABLE.test(text) || SPACE_BEFORE_BREAK.test(text);
  if (text.includes("\n")) {
    return unquotable || simpleKey || text.endsWith(" ") ? "double" : "literal";
  }
  if (unquotable || needsQuotes(text) || SPACE_AFTER_BREAK.test(text)) {
    return "double";
  }
  return text.startsWith(" ") || text.endsWith(" ") || BREAK.test(text) || INDICATOR.test(text)
    ? "single"
    : "plain";
}
