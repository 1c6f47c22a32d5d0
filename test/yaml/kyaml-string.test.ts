import { compactString, kyamlString } from "../../src/yaml/kyaml-string.ts";

describe("a string value is quoted, and spread over lines if it holds newlines", () => {
  test.each([
    ["", '""'],
    ["a", '"a"'],
    ["a b", '"a b"'],
    ["it's", '"it\'s"'],
    ['"', '"\\""'],
    ["\\", '"\\\\"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ["null", '"null"'],
    ["1", '"1"'],
    ["<&>", '"<&>"'],
    ["é日本", '"é日本"'],
    ["\ud83d\ude00", '"\ud83d\ude00"'],
    ["\udbff\udfff", '"\\U0010ffff"'],
    ["\u00a0", '"\\_"'],
    ["\u00ad", '"\\u00ad"'],
    ["\u200b", '"\\u200b"'],
    ["\u2003", '"\\u2003"'],
    ["\u2028\u2029", '"\\L\\P"'],
    ["\u3000", '"\\u3000"'],
    ["\ufeff", '"\\ufeff"'],
    ["\ufffd", '"\ufffd"'],
    ["\ue000", '"\\ue000"'],
    ["\u0301", '"\u0301"'],
    ["\u0000\u0007\b\u000b\f\r\u001b", '"\\0\\a\\b\\v\\f\\r\\e"'],
    ["\u0001\u001f", '"\\x01\\x1f"'],
    ["a\tb", '"a\tb"'],
    ["\t", '"\t"'],
    ["a\nb", '"\\\n   a\\n\\\n   b\\\n  "'],
    ["a\n", '"\\\n   a\\n\\\n  "'],
    ["\n", '"\\\n   \\n\\\n  "'],
    ["\n\n", '"\\\n   \\n\\\n   \\n\\\n  "'],
    ["a\n\nb", '"\\\n   a\\n\\\n   \\n\\\n   b\\\n  "'],
    ["\na", '"\\\n   \\n\\\n   a\\\n  "'],
    ["a\nb\n", '"\\\n   a\\n\\\n   b\\n\\\n  "'],
    ["a\n b", '"\\\n   a\\n\\\n  \\ b\\\n  "'],
    ["a\n  b\n", '"\\\n   a\\n\\\n  \\  b\\n\\\n  "'],
    [" a\nb", '"\\\n  \\ a\\n\\\n   b\\\n  "'],
    ["\ta\nb", '"\\\n  \\\ta\\n\\\n   b\\\n  "'],
    ["a\n\tb", '"\\\n   a\\n\\\n  \\\tb\\\n  "'],
    ["a\n\u00a0b", '"\\\n   a\\n\\\n  \\\\_b\\\n  "'],
    ["a\n\u2028b", '"\\\n   a\\n\\\n  \\\\Lb\\\n  "'],
    ["a\n\u3000b", '"\\\n   a\\n\\\n  \\\\u3000b\\\n  "'],
    ["a\n\rb", '"\\\n   a\\n\\\n  \\\\rb\\\n  "'],
    ["a\n\u1680b", '"\\\n   a\\n\\\n  \\\\u1680b\\\n  "'],
    ["a\r\nb", '"\\\n   a\\r\\n\\\n   b\\\n  "'],
    ['a\n"b"\n', '"\\\n   a\\n\\\n   \\"b\\"\\n\\\n  "'],
    ["a\n\\b", '"\\\n   a\\n\\\n   \\\\b\\\n  "'],
    ["a \nb ", '"\\\n   a \\n\\\n   b \\\n  "'],
    ["# a\nb", '"\\\n   # a\\n\\\n   b\\\n  "'],
    ["a\n\u0001b", '"\\\n   a\\n\\\n   \\x01b\\\n  "'],
    [
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    ],
    [
      "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word ",
      '"word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word "',
    ],
  ])("%j is written %j", (text, want) => {
    expect(kyamlString(text, "  ")).toBe(want);
  });
});

describe("characters that are newer than Unicode 15.0 are not printable for kubectl", () => {
  test.each([
    ["\u{1fae9}", '"\\U0001fae9"'],
    ["\u{1fae8}", '"\u{1fae8}"'],
    ["\ua7cb", '"\\ua7cb"'],
    ["\ua7ca", '"\ua7ca"'],
  ])("%j is written %j", (text, want) => {
    expect(kyamlString(text, "  ")).toBe(want);
    expect(compactString(text)).toBe(want);
  });
});

test("a lone surrogate is written as U+FFFD", () => {
  expect(kyamlString("\ud800a\n\udc00", "  ")).toBe('"\\\n   \ufffda\\n\\\n   \ufffd\\\n  "');
  expect(compactString("a\ud800\n\t")).toBe('"a\ufffd\\n\\t"');
});
