import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeHost } from "../support/fake-host.ts";
import { newConfig } from "../../src/api/config.ts";
import { promptText } from "../../src/cli/shell/prompt-text.ts";
import { builtCli } from "../conformance/repository.ts";
import { runBin } from "../support/run-bin.ts";
import { describeUnless, lackOf, lackOfPosix, testUnless } from "../support/unless.ts";

/** Names that some shell, prompt or terminal would obey. */
const HOSTILE = [
  "$(touch pwned)",
  "`touch pwned`",
  "${x:=$(touch pwned)}",
  "\\$(touch pwned)",
  "x'$(touch pwned)'\"$(touch pwned)\"",
  "%F{red}%{%n%m%~%1(l.a.b)%D{%s}",
  "\\u\\h\\w\\[\\]\\e[2J",
  "\u001b]0;title\u0007\u001b[2J",
  "\u009b2J\u202egnp.\u2066",
  "!!!1;touch pwned|touch pwned&touch pwned\ntouch pwned\rx",
  "(touch pwned)[*]{a,b}~#<>?*",
  "\u0001\u0002\u0000",
  "x".repeat(5000),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-prompt-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "kcfg"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`, {
    mode: 0o755,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

function use(name: string, namespace = "shop"): void {
  const contexts = [{ name, context: { cluster: "c", user: "u", namespace } }];
  writeFileSync(join(folder, "config"), inAscii({ contexts, "current-context": name }));
}

/** Writes JSON whose names are escaped: YAML does not take every character as it is. */
function inAscii(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const env = (): Record<string, string> => ({
  HOME: folder,
  KUBECONFIG: join(folder, "config"),
  PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
  TERM: "xterm",
  LC_ALL: "C.UTF-8",
});
const run = (args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) =>
  runBin(["prompt", ...args], { cwd: folder, env: { ...env(), ...more } });

describe("kcfg prompt", () => {
  test.each<readonly [string, readonly string[], string]>([
    ["dev", [], "dev:shop\n"],
    ["dev", ["--shell", "bash"], "dev:shop\n"],
    ["prod", [], "prod:shop\n"],
    ["prod", ["--shell=bash"], "\u0001\u001b[31m\u0002prod:shop\u0001\u001b[0m\u0002\n"],
    ["prod", ["--shell", "zsh"], "%{\u001b[31m%}prod:shop%{\u001b[0m%}\n"],
    ["prod", ["--shell", "fish"], "\u001b[31mprod:shop\u001b[0m\n"],
    ["prod", ["--shell", "powershell"], "\u001b[31mprod:shop\u001b[0m\n"],
    ["non-prod", ["--shell", "fish"], "non-prod:shop\n"],
    [
      "stage",
      ["--shell", "fish", "--color", "st*=yellow", "--color=*=blue"],
      "\u001b[33mstage:shop\u001b[0m\n",
    ],
    ["prod", ["--shell", "fish", "--color", "prod=none"], "prod:shop\n"],
    ["dev", ["--format", "{user}@{cluster}/{namespace} {context}{level}"], "u@c/shop dev\n"],
    [
      "arn:aws:eks:eu-west-1:1:cluster/payments-dev",
      [],
      "arn:aws:eks:eu-west-1:1:cluster/payments-dev:shop\n",
    ],
    ["größe_日本 x", [], "größe_日本 x:shop\n"],
  ])("of %s with %j", (name, args, stdout) => {
    use(name);
    expect(run(args)).toEqual({ stdout, stderr: "", exitCode: 0 });
  });

  test("shows the level of a kcfg shell, and no colours with NO_COLOR or on a dumb terminal", () => {
    use("prod", "");
    expect(run([], { KCFG_SHELL: "2" }).stdout).toBe("prod:default [2]\n");
    expect(run([], { KCFG_SHELL: "$(touch pwned)" }).stdout).toBe("prod:default\n");
    expect(run(["--shell", "bash"], { NO_COLOR: "1" }).stdout).toBe("prod:default\n");
    expect(run(["--shell", "bash"], { TERM: "dumb" }).stdout).toBe("prod:default\n");
  });

  test("prints nothing where there is no context, and fails for what is no kubeconfig", () => {
    expect(run()).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    writeFileSync(join(folder, "config"), "{}");
    expect(run()).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    writeFileSync(join(folder, "config"), "{");
    expect(run()).toMatchObject({ stdout: "", exitCode: 1 });
  });

  test.each([
    [["--format", "{nope}"], "--format: there is no {nope}"],
    [["--shell", "csh"], "--shell must be one of plain, bash, zsh, fish, powershell"],
    [["--color", "prod"], '--color must be PATTERN=COLOUR, not "prod"'],
    [["--color", "prod=pink"], '--color must be PATTERN=COLOUR, not "prod=pink"'],
    [["x"], "unexpected arguments: [x]"],
  ])("%j is refused", (args, message) => {
    use("dev");
    expect(run(args)).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining(message) as unknown,
      exitCode: 1,
    });
  });

  test("names are harmless by their characters alone", () => {
    for (const name of HOSTILE) {
      const config = { ...newConfig(), currentContext: name };
      expect(promptText(fakeHost(), config, { shell: "plain" })).toMatch(/^[\p{L}\p{N} ._:/@+=,?-]{1,113}$/u);
    }
  });
});

/** The files in the folder, without those that fish keeps in the home. */
const visibleFiles = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .toSorted();

/** Runs a script, and returns its output; nothing may have been run by a name. */
function inShell(shell: string, script: string): string {
  const { stdout, stderr } = spawnSync(shell, ["-c", script], { cwd: folder, env: env(), encoding: "utf8" });
  expect([stderr, visibleFiles()]).toEqual(["", ["bin", "config"]]);
  return stdout;
}

// What a shell makes of the prompt: the text of it, as it is shown.
const WAYS: readonly (readonly [shell: string, way: string, script: string])[] = [
  ["bash", "expanded each time", `PS1='$(kcfg prompt --shell bash)'; printf '%s' "\${PS1@P}"`],
  [
    "bash",
    "set before each prompt, and expanded",
    `PS1="$(kcfg prompt --shell bash)"; printf '%s' "\${PS1@P}"`,
  ],
  ["bash", "expanded twice", `PS1="$(kcfg prompt --shell bash)"; PS1="\${PS1@P}"; printf '%s' "\${PS1@P}"`],
  [
    "zsh",
    "expanded each time",
    `setopt prompt_subst prompt_bang; PROMPT='$(kcfg prompt --shell zsh)'; print -rn -- "\${(%%)PROMPT}"`,
  ],
  [
    "zsh",
    "set before each prompt, and expanded",
    `setopt prompt_subst; PROMPT="$(kcfg prompt --shell zsh)"; print -rn -- "\${(%%)PROMPT}"`,
  ],
  [
    "fish",
    "printed by a function",
    `function fish_prompt; kcfg prompt --shell fish; end; printf '%s' (fish_prompt)`,
  ],
];

describe.each(WAYS)("in %s, %s", (shell, _way, script) => {
  describeUnless(lackOfPosix ?? lackOf(shell))("no name of a context is obeyed", () => {
    test.each(HOSTILE)("%j", (name) => {
      use(name, name);
      const shown = promptText(
        fakeHost(),
        { ...newConfig(), currentContext: name },
        { shell: "plain" },
      ).replace(/:default$/, "");
      expect(inShell(shell, script)).toBe(`${shown}:${shown}`);
    });
  });

  testUnless(lackOfPosix ?? lackOf(shell))("colours are those of the terminal", () => {
    use("prod");
    const text = inShell(shell, script);
    // eslint-disable-next-line no-control-regex -- readline's marks
    expect(text.replaceAll(/[\u0001\u0002]/g, "")).toBe("\u001b[31mprod:shop\u001b[0m");
  });
});
