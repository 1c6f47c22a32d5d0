import { KeyReader } from "../../../src/cli/picker/keys.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

/** Names of keys; a text stands in quotes. */
function keysOf(...parts: readonly string[]): readonly string[] {
  const reader = new KeyReader();
  const keys = [...parts.flatMap((part) => reader.read(bytes(part))), ...reader.decide()];
  return keys.map((each) => (each.key === "text" ? `'${each.text}'` : each.key));
}

describe("keys of a terminal", () => {
  test.each([
    ["ab", ["'a'", "'b'"]],
    ["\u65e5\ud83d\ude00", ["'\u65e5'", "'\ud83d\ude00'"]],
    ["\r", ["enter"]],
    ["\n", ["enter"]],
    ["\u001b[A\u001b[B", ["up", "down"]],
    ["\u001bOA\u001bOB", ["up", "down"]],
    ["\u0010\u000e", ["up", "down"]],
    ["\u001b[5~\u001b[6~", ["page-up", "page-down"]],
    [
      "\u001b[H\u001b[F\u001b[1~\u001b[4~\u001bOH\u001bOF\u0001\u0005",
      ["home", "end", "home", "end", "home", "end", "home", "end"],
    ],
    ["\u001b[1;5A\u001b[6;2~", ["up", "page-down"]],
    ["\u007f\b\u0015\u0017", ["erase", "erase", "erase-all", "erase-word"]],
    ["\u0003", ["interrupt"]],
    ["\u001b", ["escape"]],
    ["\u001b[", ["escape"]],
    ["\u001b\u001b", ["other"]],
    ["\u001bx", ["other"]],
    ["\u001b[200~x\u001b[I", ["other", "'x'", "other"]],
    ["\u0000\u001a\t", ["other", "other", "other"]],
  ])("%j are %j", (typed, keys) => {
    expect(keysOf(typed)).toEqual(keys);
  });

  test("may come in pieces", () => {
    expect(keysOf("\u001b", "[", "5", "~", "x")).toEqual(["page-up", "'x'"]);
    const reader = new KeyReader();
    const [first, ...rest] = bytes("\u65e5");
    expect(reader.read(Uint8Array.of(first ?? 0))).toEqual([]);
    expect(reader.isUndecided).toBe(false);
    expect(reader.read(Uint8Array.from(rest))).toEqual([{ key: "text", text: "\u65e5" }]);
    expect(reader.read(bytes("\u001b"))).toEqual([]);
    expect(reader.isUndecided).toBe(true);
  });
});
