import { emitString } from "../../src/yaml/emit-string.ts";

const AT_ROOT = { column: 0, indent: 2, simpleKey: false };

/** Every row is what go-yaml v2 prints for the string as a document of its own. */
const write = (text: string): string => emitString(text, AT_ROOT).replace(/\n$/, "");

describe("indicators are quoted where YAML would misread them", () => {
  test.each([
    ["#a", "'#a'"],
    ["a#b", "a#b"],
    ["a #b", "'a #b'"],
    ["a# b", "a# b"],
    [",a", "',a'"],
    ["a,b", "a,b"],
    ["[a", "'[a'"],
    ["a[b]", "a[b]"],
    ["]", "']'"],
    ["{a}", "'{a}'"],
    ["a{b", "a{b"],
    ["}", "'}'"],
    ["&a", "'&a'"],
    ["a&b", "a&b"],
    ["*a", "'*a'"],
    ["!a", "'!a'"],
    ["!!str", "'!!str'"],
    ["|", "'|'"],
    ["|a", "'|a'"],
    [">", "'>'"],
    [">a", "'>a'"],
    ["'a'", "'''a'''"],
    ["it's", "it's"],
    ['"a"', "'\"a\"'"],
    ['a"b', 'a"b'],
    ["%a", "'%a'"],
    ["a%b", "a%b"],
    ["@a", "'@a'"],
    ["a@b", "a@b"],
    ["`a", "'`a'"],
    ["a`b", "a`b"],
    ["?", "'?'"],
    ["?a", "?a"],
    ["? a", "'? a'"],
    [":", "':'"],
    [":a", ":a"],
    [": a", "': a'"],
    ["a:", "'a:'"],
    ["a:b", "a:b"],
    ["a: b", "'a: b'"],
    ["a : b", "'a : b'"],
    ["-", "'-'"],
    ["-a", "-a"],
    ["- a", "'- a'"],
    ["--", "--"],
    ["---", "'---'"],
    ["--- a", "'--- a'"],
    ["---a", "'---a'"],
    ["...", "'...'"],
    ["...a", "'...a'"],
    ["..", ".."],
    ["a - b", "a - b"],
    ["a ? b", "a ? b"],
    ["=", "="],
    ["<<", "<<"],
    ["http://a:80/b?c=d&e#f", "http://a:80/b?c=d&e#f"],
    ["user@host", "user@host"],
    ["$HOME", "$HOME"],
    ["a\\b", "a\\b"],
    ["a;b", "a;b"],
    ["(a)", "(a)"],
    ["a*b", "a*b"],
    ["~a", "~a"],
    ["^a", "^a"],
    ["a|b", "a|b"],
    ["a>b", "a>b"],
    ["a: ", "'a: '"],
    ["a:#b", "a:#b"],
    ["a\\", "a\\"],
    ["\\a", "\\a"],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

describe("spaces at the ends are quoted", () => {
  test.each([
    [" ", "' '"],
    [" a", "' a'"],
    ["a ", "'a '"],
    ["  a  ", "'  a  '"],
    ["a b", "a b"],
    ["a  b", "a  b"],
    [" a: b", "' a: b'"],
    ["a\u00a0b", "a\u00a0b"],
    ["\u00a0", "\u00a0"],
    ["' '", "''' '''"],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

describe("characters of other scripts are written as they are", () => {
  test.each([
    ["é", "é"],
    ["日本語", "日本語"],
    ["a é: b", "'a é: b'"],
    ["ß#", "ß#"],
    ["\u00ad", "\u00ad"],
    ["\u200b", "\u200b"],
    ["\u2003", "\u2003"],
    ["\u3000", "\u3000"],
    ["\ufffd", "\ufffd"],
    ["\ue000", "\ue000"],
    ["\ud7ff", "\ud7ff"],
    ["\u0663", "\u0663"],
    ["é: ", "'é: '"],
    ["- é", "'- é'"],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

describe("control characters, the byte order mark and whatever is beyond the basic plane are escaped", () => {
  test.each([
    ["\u0000", '"\\0"'],
    ["a\tb", '"a\\tb"'],
    ["\t", '"\\t"'],
    ["\ta", '"\\ta"'],
    ["a\rb", '"a\\rb"'],
    ["\r", '"\\r"'],
    ["\r\n", '"\\r\\n"'],
    ["\u0007\b\u000b\f\u001b", '"\\a\\b\\v\\f\\e"'],
    ["\u0001\u001f", '"\\x01\\x1F"'],
    ["a\u001b[0m", '"a\\e[0m"'],
    ['"\\\t', '"\\"\\\\\\t"'],
    ["a\ufeffb", '"a\\uFEFFb"'],
    ["\ufeff", '"\\uFEFF"'],
    ["\ufeffab c", '"\\uFEFF\\x61\\x62\\x20\\x63"'],
    ['\ufeff"é\n', '"\\uFEFF\\"\\xE9\\n"'],
    ["\ud83d\ude00", '"\\U0001F600"'],
    ["a\udbff\udfff", '"a\\U0010FFFF"'],
    ["\ud83d\ude00 a: b", '"\\U0001F600 a: b"'],
    ["\ud83d\ude00\u00a0x", '"\\U0001F600\u00a0x"'],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

describe("Unicode's line and paragraph separators break lines", () => {
  test.each([
    ["a\u2028b", "'a\u2028  b'"],
    ["a\u2029b", "'a\u2029  b'"],
    ["\u2028", "'\u2028'"],
    ["a\u2028", "'a\u2028'"],
    ["\u2028a", "'\u2028  a'"],
    ["a\u2028\u2028b", "'a\u2028\u2028  b'"],
    ["a \u2028b", '"a \\Lb"'],
    ["a\u2028 b", '"a\\L b"'],
    ["it's\u2028b", "'it''s\u2028  b'"],
    ["a\u2028b\nc", "|-\n  a\u2028  b\n  c"],
    ["a\nb\u2028", "|\n  a\n  b\u2028"],
    ["a\n\u2028b", "|-\n  a\n\u2028  b"],
    ["\u2028\n", "|2+\n\u2028"],
    ["a: b\u2028c #d", "'a: b\u2028  c #d'"],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

describe("a string with newlines is a literal block unless a space is in the way", () => {
  test.each([
    ["a\nb", "|-\n  a\n  b"],
    ["a\n", "|\n  a"],
    ["a\n\n", "|+\n  a\n"],
    ["a\n\n\n", "|+\n  a\n\n"],
    ["\n", "|2+\n"],
    ["\n\n", "|2+\n\n"],
    ["\na", "|2-\n\n  a"],
    ["\n\na\n", "|2\n\n\n  a"],
    ["a\n\nb\n", "|\n  a\n\n  b"],
    [" a\nb", "|2-\n   a\n  b"],
    ["  a\n b\n", "|2\n    a\n   b"],
    ["a\n b", "|-\n  a\n   b"],
    ["a\n  b\n", "|\n  a\n    b"],
    ["a \nb", '"a \\nb"'],
    ["a\nb ", '"a\\nb "'],
    ["a\n ", '"a\\n "'],
    ["a\n \nb", '"a\\n \\nb"'],
    [" \n", '" \\n"'],
    ["# a\nb", "|-\n  # a\n  b"],
    ["- a\n- b\n", "|\n  - a\n  - b"],
    ["a: b\nc: d\n", "|\n  a: b\n  c: d"],
    ["---\na\n", "|\n  ---\n  a"],
    ["a\tb\nc", '"a\\tb\\nc"'],
    ["a\r\nb", '"a\\r\\nb"'],
    ["\ta\nb", '"\\ta\\nb"'],
    ["é\n日本\n", "|\n  é\n  日本"],
    ["\ud83d\ude00\n", '"\\U0001F600\\n"'],
    ['a\n"b"\n', '|\n  a\n  "b"'],
    ["it's\n", "|\n  it's"],
    ["\u00a0a\nb", "|-\n  \u00a0a\n  b"],
  ])("%j is written %j", (text, want) => {
    expect(write(text)).toBe(want);
  });
});

test("a lone surrogate is written as U+FFFD", () => {
  expect(write("a\ud800b")).toBe("a\ufffdb");
  expect(write("\udc00: \ud83d\ude00")).toBe('"\ufffd: \\U0001F600"');
});
