import { HiddenLine } from "../../src/host/hidden-line.ts";

function typed(...chunks: readonly (string | Uint8Array)[]): HiddenLine {
  const line = new HiddenLine();
  for (const chunk of chunks) {
    line.type(Buffer.from(chunk));
  }
  return line;
}

describe("a line that is typed without being shown", () => {
  test.each<[what: string, keys: readonly (string | Uint8Array)[], text: string, state: HiddenLine["state"]]>(
    [
      ["is open until Enter", ["ab"], "ab", "open"],
      ["ends with Enter", ["ab\r"], "ab", "complete"],
      ["ends with a newline", ["ab\n"], "ab", "complete"],
      ["may be empty", ["\r"], "", "complete"],
      ["drops what follows", ["a\rb", "c\r"], "a", "complete"],
      ["loses a character to Backspace", ["ab\u007fc\b\u00fc\u007fd\r"], "ad", "complete"],
      ["has nothing to lose when it is empty", ["\u007fa\r"], "a", "complete"],
      ["is cleared by Control-U", ["abc\u0015d\r"], "d", "complete"],
      ["does not end with Control-D", ["\u0004ab\u0004\u0004"], "ab", "open"],
      ["takes no other control character", ["a\u001b\u0000\tb\r"], "ab", "complete"],
      ["is interrupted by Control-C", ["ab\u0003c"], "ab", "interrupted"],
      [
        "may come in pieces of characters",
        [Uint8Array.of(0xc3), Uint8Array.of(0xbc, 0x0d)],
        "\u00fc",
        "complete",
      ],
    ],
  )("%s", (_what, keys, text, state) => {
    const line = typed(...keys);
    expect([line.text, line.state]).toEqual([text, state]);
  });

  test("shows nothing when it is inspected", () => {
    expect(JSON.stringify(typed("secret"))).not.toContain("secret");
  });
});
