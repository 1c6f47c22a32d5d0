import type { Host } from "../../src/host/host.ts";
import { terminalPrompter } from "../../src/loading/terminal-prompter.ts";
import { promptForCredentials } from "../../src/loading/prompt.ts";
import { fakeHost } from "../support/fake-host.ts";

/** A terminal, or a pipe, at which this is typed. */
function typing(
  bytes: Uint8Array | string,
  isTerminal: boolean,
): { readonly host: Host; readonly said: string[] } {
  const left = [...Buffer.from(bytes)];
  const said: string[] = [];
  const terminal: Host["terminal"] = {
    ...fakeHost().terminal,
    isTerminal: () => isTerminal,
    write: (text) => void said.push(text),
    readByte: () => Promise.resolve(left.shift()),
    readHiddenLine: () => {
      const line = Buffer.from(left).toString().split("\n")[0] ?? "";
      return Promise.resolve(line);
    },
  };
  return { host: { ...fakeHost(), terminal }, said };
}

describe("questions on the terminal", () => {
  test("are kubectl's, and the answers a word and a hidden line", async () => {
    const { host, said } = typing("  me\nsecret word\n", true);
    expect(await promptForCredentials(terminalPrompter(host))).toEqual({
      username: "me",
      password: "secret word",
    });
    expect(said.join("")).toBe("Please enter Username: Please enter Password: ");
  });

  test("go where they are to go", async () => {
    const { host, said } = typing("me\n", true);
    const elsewhere: string[] = [];
    await terminalPrompter(host, (text) => elsewhere.push(text)).ask("Username");
    expect([said, elsewhere]).toEqual([[], ["Please enter Username: "]]);
  });

  test.each<[what: string, typed: Uint8Array | string, word: string]>([
    ["ends at white space", "a b", "a"],
    ["begins after white space and newlines", "\r\n \t\u00a0\u3000a\n", "a"],
    ["may end with the input", "a", "a"],
    ["is UTF-8", "\u00fc\u{1f600}\n", "\u00fc\u{1f600}"],
    ["keeps a byte order mark", "\ufeffa\n", "\ufeffa"],
    ["has a sign for bytes that are none", Uint8Array.of(0x61, 0xff, 0x62, 0x0a), "a\ufffdb"],
  ])("a word %s", async (_what, typed, word) => {
    expect(await terminalPrompter(typing(typed, true).host).ask("Username")).toBe(word);
  });

  test.each(["", " \n "])("without an answer (%j) is an error in Go's words", async (typed) => {
    await expect(terminalPrompter(typing(typed, true).host).ask("Username")).rejects.toMatchObject({
      message: "EOF",
    });
  });

  test("a secret is taken from a terminal only", async () => {
    const { host, said } = typing("me\nsecret\n", false);
    await expect(promptForCredentials(terminalPrompter(host))).rejects.toMatchObject({
      message: "error reading input for Password",
    });
    expect(said.join("")).toBe("Please enter Username: Please enter Password: ");
  });
});
