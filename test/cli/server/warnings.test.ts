import { warningPrinter } from "../../../src/cli/server/warnings.ts";
import { warningsIn } from "../../../src/transport/warning-headers.ts";
import { openStreams } from "../../../src/cli/output.ts";
import { fakeHost } from "../../support/fake-host.ts";

describe("the warnings of a server", () => {
  test.each([
    ['299 - "this is old"', ["this is old"]],
    ['299 a:80 "one" "Mon, 02 Jan 2006 15:04:05 GMT"', ["one"]],
    ['299 - "one", 299 - "two \\"2\\" \\\\"', ["one", 'two "2" \\']],
    ['199 - "one", 299 - "two"', ["one", "two"]],
    ['299 - "tw\u00c3\u00b6"', ["tw\u00f6"]],
    ['299 - "one" nonsense, 299 - "two"', []],
    ['299 - "a line\nbreak"', []],
    ["299 -", []],
    ["nonsense", []],
    ["", []],
  ])("%j are %j", (header, texts) => {
    expect(warningsIn(header).map(({ text }) => text)).toEqual(texts);
  });

  test("are told once each", () => {
    expect(told(false)).toBe("Warning: one\nWarning: tw\u00f6\n");
  });

  test("are yellow on a terminal that knows colours", () => {
    expect(told(true)).toContain("\u001b[33;1mWarning:\u001b[0m one\n");
    expect(told(true, { NO_COLOR: "" })).toContain("Warning: one\n");
    expect(told(true, { TERM: "dumb" })).toBe(told(false));
  });
});

/** What is told of two warnings, of which one comes twice. */
function told(isTerminal: boolean, env: Readonly<Record<string, string>> = {}): string {
  let written = "";
  const host = fakeHost({ env });
  const writer = warningPrinter(
    { ...host, terminal: { ...host.terminal, isTerminal: () => isTerminal } },
    openStreams({ out: { write: () => undefined }, err: { write: (text) => (written += String(text)) } }),
  );
  for (const text of ["one", "one", "tw\u00f6"]) {
    writer.print({ code: 299, agent: "-", text });
  }
  writer.print({ code: 199, agent: "-", text: "of another kind" });
  expect(() => writer.refuse()).toThrow(new Error("2 warnings received"));
  return written;
}
