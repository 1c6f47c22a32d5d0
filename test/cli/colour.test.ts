import { hasColours, paint, painter } from "../../src/cli/colour.ts";

const TERMINAL = { isTTY: true };

describe("there are colours", () => {
  test.each([
    ["on a terminal", TERMINAL, {}, true],
    ["on a terminal of a kind", TERMINAL, { TERM: "xterm-256color" }, true],
    ["where NO_COLOR is empty", TERMINAL, { NO_COLOR: "" }, true],
  ])("%s", (_where, stream, env, expected) => {
    expect(hasColours({ env }, stream)).toBe(expected);
    expect(painter({ env }, { ...stream, paint })("text", "red")).toBe("\u001b[31mtext\u001b[0m");
  });
});

describe("there are none", () => {
  test.each([
    ["in a pipe", {}, {}],
    ["in what is known to be no terminal", { isTTY: false }, {}],
    ["where NO_COLOR is anything", TERMINAL, { NO_COLOR: "0" }],
    ["on a dumb terminal", TERMINAL, { TERM: "dumb" }],
  ])("%s", (_where, stream, env) => {
    expect(hasColours({ env }, stream)).toBe(false);
    expect(painter({ env }, { ...stream, paint })("text", "red")).toBe("text");
  });
});

test("several ways to stand out go together, and nothing needs none", () => {
  expect(paint("x", "bold", "cyan")).toBe("\u001b[1;36mx\u001b[0m");
  expect(paint("x")).toBe("x");
  expect(paint("", "bold")).toBe("");
});
