import { quoteForBash, readBashLine } from "../../../src/cli/completion/bash-line.ts";

/** Those of bash 5. */
const BREAKS = " \t\n\"'@><=;|&(:";

const read = (line: string) => readBashLine(line, BREAKS, { FILE: "/f", EMPTY: "" });

describe("a line of bash", () => {
  test.each<[string, readonly string[], string, string, number]>([
    ["kcfg ", [], "", "", 0],
    ["kcfg use-context my", ["use-context"], "my", "", 0],
    ["kcfg  use-context\tmy\\ c", ["use-context"], "my c", "", 0],
    ["kcfg use-context 'my c", ["use-context"], "my c", "'", 0],
    ['kcfg use-context "my \\"c\\" \\x', ["use-context"], 'my "c" \\x', '"', 0],
    ["kcfg use-context arn:aws:1", ["use-context"], "arn:aws:1", "", 8],
    ["kcfg use-context arn\\:aws:1", ["use-context"], "arn:aws:1", "", 8],
    ["kcfg view --context=my", ["view"], "--context=my", "", 10],
    ['kcfg view --context="my c', ["view"], "--context=my c", '"', 10],
    ["kcfg '' \"\" x", ["", ""], "x", "", 0],
    ["A=1 B+=2 kcfg view", [], "view", "", 0],
    ["kcfg $(x) `y` z", ["$(x)", "`y`"], "z", "", 0],
    [
      "kcfg --kubeconfig $FILE ${FILE}x '$FILE' $OTHER \"$FILE\" u",
      ["--kubeconfig", "/f", "/fx", "$FILE", "$OTHER", "/f"],
      "u",
      "",
      0,
    ],
    ["kc", [], "kc", "", 0],
  ])("%j has words", (line, words, word, quote, kept) => {
    expect(read(line)).toEqual({ words, word, quote, kept });
  });
});

describe("text is put in", () => {
  test.each([
    ["my ctx", "my\\ ctx", "my ctx", "my ctx"],
    ["it's", "it\\'s", "it's", "it'\\''s"],
    ['a"b', 'a\\"b', 'a\\"b', 'a"b'],
    ["$(x)`y`", "\\$\\(x\\)\\`y\\`", "\\$(x)\\`y\\`", "$(x)`y`"],
    ["a!b\\c", "a\\!b\\\\c", 'a"\\!"b\\\\c', "a!b\\c"],
    ["\n\u0085", "$'\\012'$'\\302\\205'", "\"$'\\012'\"\"$'\\302\\205'\"", "'$'\\012'''$'\\302\\205''"],
    ["wide\u65e5\ud83d\ude00", "wide\u65e5\ud83d\ude00", "wide\u65e5\ud83d\ude00", "wide\u65e5\ud83d\ude00"],
    [
      "arn:a/b=c@d.e-f_g%h+i,j",
      "arn:a/b=c@d.e-f_g%h+i,j",
      "arn:a/b=c@d.e-f_g%h+i,j",
      "arn:a/b=c@d.e-f_g%h+i,j",
    ],
  ])("%j by the quote that is open", (text, bare, double, single) => {
    expect(quoteForBash(text, "")).toBe(bare);
    expect(quoteForBash(text, '"')).toBe(double);
    expect(quoteForBash(text, "'")).toBe(single);
  });
});
