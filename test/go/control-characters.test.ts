import { withoutControlCharacters } from "../../src/go/control-characters.ts";

describe("client_config_test.go TestCleanANSIEscapeCodes: what could rule a terminal is written out", () => {
  test.each<[name: string, text: string, cleaned?: string]>([
    [
      "DenyBoldCharacters",
      "\u001b[1mbold tuna\u001b[0m, fish, \u001b[1mbold marlin\u001b[0m",
      "U+001B[1mbold tunaU+001B[0m, fish, U+001B[1mbold marlinU+001B[0m",
    ],
    ["DenyCursorNavigation", "\u001b[2Aup up, \u001b[2Cright right", "U+001B[2Aup up, U+001B[2Cright right"],
    ["DenyClearScreen", "clear: \u001b[2J", "clear: U+001B[2J"],
    ["AllowSpaceCharactersUnchanged", "tuna\nfish\r\nmarlin\t\r\ntuna\vfish\fmarlin"],
    ["AllowLetters", "alpha: \u03b1, beta: \u03b2, gamma: \u03b3"],
    [
      "AllowMarks",
      "tu\u0301na with a mark over the u, fi\u0302sh with a mark over the i, ma\u030Arlin with a mark over the a",
    ],
    ["AllowNumbers", "t1na, f2sh, m3rlin, t12a, f34h, m56lin, t123, f456, m567n"],
    ["AllowPunctuation", '"here\'s a sentence; with! some...punctuation ;)"'],
    [
      "AllowSymbols",
      "the integral of f(x) from 0 to n approximately equals the sum of f(x) from a = 0 to n, where a and n are natural numbers:\u222b\u2081\u207F f(x) dx \u2248 \u2211\u2090\u208C\u2081\u207F f(x), a \u2208 \u2115, n \u2208 \u2115",
    ],
    ["AllowSepatators", "here is a paragraph separator\u2029and here\u2003are\u2003some\u2003em\u2003spaces"],
  ])("%s", (_name, text, cleaned = text) => {
    expect(withoutControlCharacters(text)).toBe(cleaned);
  });

  test("characters that show nothing are written out, too, with four digits or more", () => {
    expect(withoutControlCharacters("a\u200bb\u{e0001}c\u0085")).toBe("aU+200BbU+E0001cU+0085");
    expect(withoutControlCharacters("\ud800")).toBe("\ufffd");
  });
});
