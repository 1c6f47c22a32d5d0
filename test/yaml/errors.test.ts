import { refusal } from "./reading.ts";

describe("a refusal says where the fault is, and how to mend it", () => {
  test.each([
    ["a tab as indentation", "a:\n\tb: c\n", 2, 1, "indent with spaces instead of tabs"],
    ["a tab after spaces", "a:\n  b: c\n\td: e\n", 3, 1, "indent with spaces instead of tabs"],
    ["a tab that goes on a plain scalar", "é: b\n  - c\n\t- d\n", 3, 1, "indent with spaces instead of tabs"],
    ["a tab in a block scalar", "a: |\n\tb\n", 2, 1, "indent with spaces instead of tabs"],
    ["a value that starts with @", "- a\n- @b\n", 2, 3, "quote a value that starts with `@`"],
    ["a value that starts with a backtick", "a: `b`\n", 1, 4, "quote a value that starts with a backtick"],
    ["a value that starts with %", "a: %b\n", 1, 4, "quote a value that starts with `%`"],
    ["a line that starts with %", "a: b\n%c\n", 2, 1, "quote a value that starts with `%`"],
    ["a value that starts with | in brackets", "[|]", 1, 2, "quote a value that starts with `|`"],
    ["a value that starts with !", "a: !b!c d\n", 1, 4, "quote a value that starts with `!`"],
    ["a value that starts with &", "a: &\n", 1, 4, "quote a value that starts with `&`"],
    [
      "a value that starts with *",
      "a: *bcd\n",
      1,
      4,
      "define the anchor before it is used, or quote a value that starts with `*`",
    ],
    ["no colon after a key", "a: b\nc\nd: e\n", 2, 1, "put a colon and a space between a key and its value"],
    ["no space after a colon", "a: b\nc:d\n", 2, 1, "put a colon and a space between a key and its value"],
    [
      "a colon in a value",
      "a: b: c\n",
      1,
      5,
      "check the indentation, and quote a value that holds a colon and a space",
    ],
    [
      "a line that is indented too far",
      "a: b\n  c: d\n",
      2,
      4,
      "check the indentation, and quote a value that holds a colon and a space",
    ],
    ["a key among the items of a sequence", "- a\nb: c\n", 2, 1, "check the indentation of this line"],
    ["an item among the keys of a mapping", "a: b\n- c\n", 2, 1, "check the indentation of this line"],
    [
      "a double quote that is not closed",
      'a: b\nc: "d\ne: f\n',
      2,
      4,
      "close the double quote that opens here",
    ],
    ["a single quote that is not closed", "a: 'b\n---\n", 1, 4, "close the single quote that opens here"],
    ["a bracket that is not closed", "a:\n- [b, c\n", 2, 3, "close the bracket that opens here"],
    ["a brace that is not closed", "{a: {b: c}", 1, 1, "close the brace that opens here"],
    [
      "a backslash in double quotes",
      'a: "C:\\Users"',
      1,
      7,
      "write `\\\\` for a backslash, or use single quotes",
    ],
    [
      "text right after a block scalar's indicator",
      "a: |b\n",
      1,
      5,
      "put the text on the lines after the `|`, or quote the value",
    ],
    ["a template", "a: {{ b }}\n", 1, 5, "quote a value that starts with `{` or `[`"],
    ["a sequence as a key", "? [a]\n: b\n", 1, 3, "quote a value that starts with `{` or `[`"],
    [
      "a merge of something else than mappings",
      "a: b\n<<: c\n",
      2,
      5,
      "`<<` needs a mapping, or a list of mappings",
    ],
    [
      "another version of YAML",
      "%YAML 1.2\n---\na: b\n",
      1,
      1,
      "remove the %YAML line: kubectl reads YAML 1.1",
    ],
    [
      "a directive without a document",
      "%YAML 1.1\na: b\n",
      2,
      1,
      "put a line `---` between directives and the document",
    ],
    ["a null key", "a: b\n~: c\n", 2, 1, "quote the key"],
    ["an infinite number", "a:\n  b: .inf\n", 2, 6, "quote the value: JSON has no such number"],
    ["a word where a tag wants a number", "a: !!int b\n", 1, 10, undefined],
    ["a control character", "a: b\nc: d\u0007\n", 2, 5, undefined],
    ["bytes that are not UTF-8", Uint8Array.of(0x61, 0x3a, 0x20, 0xc3, 0xa9, 0xff), 1, 5, undefined],
  ])("for %s", (_what, yaml, line, column, hint) => {
    const { position, hint: given } = refusal(yaml);
    expect(position).toEqual({ line, column });
    expect(given).toBe(hint);
  });

  test("counting characters, not bytes or UTF-16 units", () => {
    expect(refusal("'é😀': b: c\n").position).toEqual({ line: 1, column: 8 });
  });

  test("counting lines that end with CR LF, and without a byte order mark", () => {
    expect(refusal("\ufeffa: b\r\n@\r\n").position).toEqual({ line: 2, column: 1 });
  });

  test("with a message that has the reason, the place and the hint", () => {
    const error = refusal("[a");
    expect(error.reason).toBe("did not find expected ',' or ']'");
    const { position, hint } = error;
    expect(error.message).toBe(
      `yaml: line ${position?.line}, column ${position?.column}: ${error.reason} (${hint})`,
    );
    expect(error.name).toBe("YamlError");
  });
});

describe("a refusal never shows what a scalar holds", () => {
  test.each([
    "password: !!int hunter2secret",
    "password: !!float hunter2secret",
    "password: !!binary hunter2secret!",
    "password: !!timestamp hunter2secret",
    "password: *hunter2secret",
    "password: &hunter2secret! x",
    "password: @hunter2secret",
    "password: %hunter2secret",
    "password: !hunter2secret!x y",
    "password: 'hunter2secret",
    'password: "hunter2secret\\q"',
    "password: hunter2: secret",
    "hunter2secret\npassword: x\n",
    "? [hunter2secret]\n: x",
    "~: hunter2secret",
    "<<: hunter2secret",
    "[hunter2secret",
  ])("not even for %j", (yaml) => {
    const error = refusal(yaml);
    expect(`${error.message} ${error.hint} ${error.stack?.split("\n")[0]}`).not.toMatch(/hunter|secret/);
  });

  test("but it does name an unknown anchor where anchors are in use", () => {
    expect(refusal("a: &base {b: c}\nd: *bass\n").reason).toBe("unknown anchor 'bass' referenced");
  });
});
