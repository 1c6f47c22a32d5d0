import { quoteForPowerShell } from "../../../src/cli/completion/powershell-word.ts";
import { completionScript } from "../../../src/cli/completion/scripts.ts";
import { main } from "../../../src/cli/main.ts";
import { fakeHost } from "../../support/fake-host.ts";

describe("words are put in for PowerShell", () => {
  test.each([
    ["staging", "staging"],
    ["--context=a", "--context=a"],
    ["arn:aws:1/x", "arn:aws:1/x"],
    ["my ctx", "'my ctx'"],
    ["it's \u2019", "'it''s \u2019\u2019'"],
    ["$(x)", "'$(x)'"],
    ["@x", "'@x'"],
    ["a`b", "'a`b'"],
    ["a,b;c|d", "'a,b;c|d'"],
    ["", "''"],
  ])("%j", (word, quoted) => {
    expect(quoteForPowerShell(word)).toBe(quoted);
  });
});

/** No PowerShell runs here: what the script does is checked where it can be. */
describe("the script for PowerShell", () => {
  const script = completionScript("powershell") ?? "";

  test("is plain ASCII, which no code page changes", () => {
    expect(/[^\n -~]/.exec(script)).toBeNull();
  });

  test("evaluates nothing that was typed", () => {
    expect(script.replace(/^#.*/gm, "")).not.toMatch(
      /Invoke-Expression|\biex\b|SafeGetValue|ScriptBlock\]::Create/i,
    );
  });

  test("has as many closing brackets as opening ones", () => {
    for (const [open, close] of ["{}", "()", "[]"].map((pair) => pair.split(""))) {
      const text = script.replaceAll(/'[^'\n]*'|"[^"\n]*"/g, "");
      expect(text.split(close ?? "").length).toBe(text.split(open ?? "").length);
    }
  });
});

test("words go to and fro in percent-encoding", async () => {
  const config =
    'contexts:\n- {name: my ctx, context: {cluster: c}}\n- {name: it\'s 1\u00bd, context: {}}\n- {name: "new\\nline", context: {}}\n';
  const host = fakeHost({ files: { "/home/u/.kube/config": config }, env: { HOME: "/home/u" } });
  let out = "";
  const streams = {
    out: { write: (text: string | Uint8Array) => void (out += String(text)) },
    err: { write: () => undefined },
  };
  await main(host, streams, ["__complete-powershell", "=use-context", "="], "kcfg");
  expect(out.split("\n").map((line) => line.split("\t").map(decodeURIComponent))).toEqual([
    ["-"],
    ["'it''s 1\u00bd'", "it's 1\u00bd", "it's 1\u00bd"],
    ["'my ctx'", "my ctx", "cluster c"],
    [""],
  ]);
  expect(/[^\n\t -~]/.exec(out)).toBeNull();
});
