import { createHash } from "node:crypto";
import { fromBytes } from "../../src/go/byte-text.ts";
import { canBackquote, goQuote, goQuoteRune, goQuoteToAscii } from "../../src/go/quote.ts";

test.each([
  ["", '""'],
  ['a"b\\', '"a\\"b\\\\"'],
  ["\u0007\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'],
  ["\u0001\u007f", '"\\x01\\x7f"'],
  ["é日本😀", '"é日本😀"'],
  ["\u00a0\u2028\ufeff", '"\\u00a0\\u2028\\ufeff"'],
  ["\u{e0001}", '"\\U000e0001"'],
  ["ctx\u1c89", '"ctx\\u1c89"'],
  ["\u{16ea0}", '"\\U00016ea0"'],
  [fromBytes([0x61, 0xff, 0xc3, 0xa9]), '"a\\xffé"'],
])("%j is quoted as Go's %%q quotes it", (text, want) => {
  expect(goQuote(text)).toBe(want);
});

test.each([
  ["é日\t😀", '"\\u00e9\\u65e5\\t\\U0001f600"'],
  ["plain", '"plain"'],
])("%j is quoted in ASCII as Go's %%+q quotes it", (text, want) => {
  expect(goQuoteToAscii(text)).toBe(want);
});

test.each([
  [0x78, "'x'"],
  [0x27, "'\\''"],
  [0x22, "'\"'"],
  [0x1c89, "'\\u1c89'"],
  [0xd800, "'\ufffd'"],
  [0x110000, "'\ufffd'"],
])("the character %i is quoted as Go's %%q quotes it", (rune, want) => {
  expect(goQuoteRune(rune)).toBe(want);
});

test.each([
  ["a\tb", true],
  ["a`b", false],
  ["a\nb", false],
  ["\ufeff", false],
  [fromBytes([0xff]), false],
])("%j can be between backquotes: %p", (text, want) => {
  expect(canBackquote(text)).toBe(want);
});

/**
 * How kubectl 1.35.2 and 1.36.3 (Go 1.25 and 1.26) print every code point with `printf "%q"`: how many stay as they are, and
 * the SHA-256 of one byte for each code point, 1 for those. Recorded with `kubectl config view -o go-template` over a
 * kubeconfig whose contexts are named by all code points, 256 at a time.
 */
test("every code point is escaped or not as kubectl does it, whatever Unicode this Node.js knows", () => {
  const kept = new Uint8Array(0x110000);
  for (let point = 0; point < kept.length; point++) {
    const character = String.fromCodePoint(point);
    const isQuoteOrBackslash = character === '"' || character === "\\";
    kept[point] = isQuoteOrBackslash || goQuote(character) === `"${character}"` ? 1 : 0;
  }
  expect(kept.filter((bit) => bit === 1)).toHaveLength(148_998);
  expect(createHash("sha256").update(kept).digest("hex")).toBe(
    "a24a109bc8e347f9490466c59e4160d0dc9dd1006a5be9a4c91af71cd2e7fa99",
  );
});
