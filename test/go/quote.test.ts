import { goQuote } from "../../src/go/quote.ts";

test.each([
  ["", '""'],
  ['a"b\\', '"a\\"b\\\\"'],
  ["\u0007\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'],
  ["\u0001\u007f", '"\\x01\\x7f"'],
  ["é日本😀", '"é日本😀"'],
  ["\u00a0\u2028\ufeff", '"\\u00a0\\u2028\\ufeff"'],
  ["\u{e0001}", '"\\U000e0001"'],
])("%j is quoted as Go's %%q quotes it", (text, want) => {
  expect(goQuote(text)).toBe(want);
});
