/**
 * Go's classes of characters. Go 1.21 to 1.26 know Unicode 15.0; a newer Node.js knows more characters than that,
 * which are unassigned, neither letters nor printable, to the Go of kubectl.
 */

/** The ranges that Unicode 16 and 17 filled (with whatever lies between them, if it was not printable before). */
const SINCE_UNICODE_16 =
  "\\u088f-\\u0897\\u0c5c\\u0cdc\\u1acf-\\u1aeb\\u1b4e-\\u1b4f\\u1b7f\\u1c89-\\u1c8a\\u20c1\\u2427-\\u2429\\u2b96" +
  "\\u2ffc-\\u2fff\\u31e4-\\u31ef\\ua7cb-\\ua7cf\\ua7d2\\ua7d4\\ua7da-\\ua7f1\\ufbc3-\\ufbd2\\ufd90-\\ufd91\\ufdc8-\\ufdce" +
  "\\u{105c0}-\\u{105f3}\\u{10940}-\\u{10959}\\u{10d40}-\\u{10d8f}\\u{10ec2}-\\u{10efc}\\u{11380}-\\u{113e2}" +
  "\\u{116d0}-\\u{116e3}\\u{11b60}-\\u{11bf9}\\u{11db0}-\\u{11de9}\\u{11f5a}\\u{13460}-\\u{143fa}\\u{16100}-\\u{16139}" +
  "\\u{16d40}-\\u{16d79}\\u{16ea0}-\\u{16ed3}\\u{16ff2}-\\u{16ff6}\\u{187f8}-\\u{187ff}\\u{18cff}\\u{18d09}-\\u{18df2}" +
  "\\u{1cc00}-\\u{1cef0}\\u{1e5d0}-\\u{1e6ff}\\u{1f6d8}\\u{1f777}-\\u{1f77a}\\u{1f8b2}-\\u{1f8d8}\\u{1fa54}-\\u{1fa57}" +
  "\\u{1fa89}-\\u{1fa8f}\\u{1fabe}\\u{1fac6}-\\u{1facd}\\u{1fadc}-\\u{1fadf}\\u{1fae9}-\\u{1faef}\\u{1fbcb}-\\u{1fbef}" +
  "\\u{1fbfa}\\u{2b73a}-\\u{2b73f}\\u{2cea2}-\\u{2cead}\\u{2ebf0}-\\u{2ee5d}\\u{323b0}-\\u{33479}";

const LETTER = new RegExp(`^(?![${SINCE_UNICODE_16}])\\p{L}`, "u");
const DIGIT = new RegExp(`^(?![${SINCE_UNICODE_16}])\\p{Nd}`, "u");
const PRINTABLE = new RegExp(`^(?![${SINCE_UNICODE_16}])[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]`, "u");
const LETTERS_AND_NUMBERS = new RegExp(`^(?:(?![${SINCE_UNICODE_16}])[\\p{L}\\p{N}])*$`, "u");

/** Implements Go's `unicode.IsLetter` of a code point. */
export function isGoLetter(point: number): boolean {
  const lower = point | 0x20;
  return point < 0x80 ? lower >= 0x61 && lower <= 0x7a : LETTER.test(String.fromCodePoint(point));
}

/** Implements Go's `unicode.IsDigit` of a code point: decimal digits of any script. */
export function isGoDigit(point: number): boolean {
  return point < 0x80 ? point >= 0x30 && point <= 0x39 : DIGIT.test(String.fromCodePoint(point));
}

/** Reports whether Go's `unicode.IsLetter` or `unicode.IsNumber` holds for all of the text. */
export function isGoLettersAndNumbers(text: string): boolean {
  return LETTERS_AND_NUMBERS.test(text);
}

/** Implements Go's `unicode.IsPrint` of a code point: of all white space, only the space is printable. */
export function isGoPrintable(point: number): boolean {
  if (point < 0x7f) {
    return point >= 0x20;
  }
  if (point > 0xffff) {
    return PRINTABLE.test(String.fromCodePoint(point));
  }
  const known = printable[point];
  if (known !== 0) {
    return known === YES;
  }
  const answer = PRINTABLE.test(String.fromCharCode(point));
  printable[point] = answer ? YES : NO;
  return answer;
}

/** Caches the result for characters of the basic plane: long strings repeat the same ones. */
const printable = new Uint8Array(0x10000);
const YES = 1;
const NO = 2;

/** Replaces lone surrogates by U+FFFD: they represent bytes that are not UTF-8, which Go reads as U+FFFD. */
export function toValidText(text: string): string {
  return LONE_SURROGATE.test(text) ? text.replaceAll(LONE_SURROGATES, "\ufffd") : text;
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;
const LONE_SURROGATES = new RegExp(LONE_SURROGATE, "gu");
