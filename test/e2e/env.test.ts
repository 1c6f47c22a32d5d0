import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteForPowerShell } from "../../src/cli/shell/quote-for-shell.ts";
import { builtCli } from "../conformance/repository.ts";
import { runBin } from "../support/run-bin.ts";
import { describeUnless, lackOf, lackOfPosix, testUnless } from "../support/unless.ts";

/** Names of files that a shell would take apart or run. */
const HOSTILE = [
  "$(touch pwned)",
  "`touch pwned`",
  "it's 'quoted' \"twice\"",
  "new\nline\ntouch pwned",
  "back\\slash\\\\'\\'",
  "$HOME ${HOME} %PATH% !! *[a]?{b,c}~x",
  "; touch pwned #",
  "-n",
  "\u2018curly\u2019\u201a\u201b",
  "\u001b[31m\u202e",
  "日本",
];

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
const text = (context: string, cluster = "c"): string =>
  JSON.stringify({ contexts: [{ name: context, context: { cluster, user: "u" } }] });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-env-"));
  mkdirSync(path(".kube", "configs"), { recursive: true });
  mkdirSync(path("bin"));
  writeFileSync(path("bin", "kcfg"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`, {
    mode: 0o755,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const environment = (): Record<string, string> => ({
  HOME: folder,
  PATH: `${path("bin")}:${process.env["PATH"] ?? ""}`,
  LC_ALL: "C.UTF-8",
});
const run = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  runBin(["env", ...args], { cwd: folder, env: { ...environment(), ...env } });
const configs = (...names: readonly string[]): string =>
  names.map((name) => path(".kube", "configs", name)).join(":");

function userWith(token: string): object {
  return { users: [{ name: "u", user: { token } }] };
}

/** The files that are listed, below the folder. */
function listOf(...args: readonly string[]): string {
  return run(args).stdout.slice("export KUBECONFIG='".length, -2).replaceAll(folder, "");
}

describeUnless(lackOfPosix)("kcfg env", () => {
  test("sets KUBECONFIG to all usable kubeconfigs of ~/.kube/configs, and names the others", () => {
    const write = (name: string, content: string): void =>
      writeFileSync(path(".kube", "configs", name), content);
    write("b.yaml", text("b"));
    write("a", text("a"));
    write(".hidden", text("hidden"));
    write("a~", text("backup"));
    write("empty", "");
    write("hello", "hello: 1");
    write("broken", "{");
    write("with:colon", text("colon"));
    mkdirSync(path(".kube", "configs", "folder"));
    symlinkSync("/nowhere", path(".kube", "configs", "gone"));
    const at = (name: string): string => JSON.stringify(path(".kube", "configs", name));
    const { stdout, stderr, exitCode } = run();
    expect([stdout, exitCode]).toEqual([`export KUBECONFIG='${configs("a", "b.yaml")}'\n`, 0]);
    expect(
      stderr.split("\n").map((line) => line.replace(/(broken": ).*/, "$1…").replace(/(gone": ).*/, "$1…")),
    ).toEqual([
      `skipped ${at("broken")}: …`,
      `skipped ${at("empty")}: it has no clusters, users or contexts`,
      `skipped ${at("folder")}: it is a folder`,
      `skipped ${at("gone")}: …`,
      `skipped ${at("hello")}: it has no clusters, users or contexts`,
      `skipped ${at("with:colon")}: KUBECONFIG cannot hold a name with a ":"`,
      "",
    ]);
  });

  test("names that files define differently are on standard error, equal ones are not, and no secret is", () => {
    writeFileSync(path("1"), JSON.stringify({ ...JSON.parse(text("same")), ...userWith("s3cret") }));
    writeFileSync(path("2"), JSON.stringify({ ...JSON.parse(text("same")), ...userWith("0ther") }));
    writeFileSync(path("3"), text("same", "other"));
    const { stdout, stderr } = run(["1", "2", "3", "1"]);
    expect(stdout).toBe(`export KUBECONFIG='${["1", "2", "3"].map((name) => path(name)).join(":")}'\n`);
    expect(stderr).toBe(
      `context "same" is in "${path("1")}" and in "${path("3")}", which differ: that of the first counts\n` +
        `user "u" is in "${path("1")}" and in "${path("2")}", which differ: that of the first counts\n`,
    );
  });

  test("takes folders, files and patterns, in their order", () => {
    for (const name of ["x", "y"]) {
      mkdirSync(path(name));
      writeFileSync(path(name, "one.yaml"), text(name));
      writeFileSync(path(name, "two.txt"), text(`${name}2`));
    }
    writeFileSync(path("[z]*"), text("z"));
    expect(listOf("y", "x/two.txt")).toBe("/y/one.yaml:/y/two.txt:/x/two.txt");
    expect(listOf("*/*.yaml")).toBe("/x/one.yaml:/y/one.yaml");
    expect(listOf("~/[x]/*")).toBe("/x/one.yaml:/x/two.txt");
    expect(listOf("[z]*")).toBe("/[z]*");
  });

  test.each([
    [["nowhere"], 'error: there is no file or folder "nowhere"\n'],
    [["*.none"], 'error: there is no file or folder "*.none"\n'],
    [["bin"], /error: there is no usable kubeconfig; KUBECONFIG stays as it is\n$/],
    [[".kube/configs"], "error: there is no usable kubeconfig; KUBECONFIG stays as it is\n"],
    [["--shell", "csh"], /^error: --shell must be one of/],
  ])("%j prints nothing for the shell", (args, message) => {
    const { stdout, stderr, exitCode } = run(args);
    expect([stdout, exitCode]).toEqual(["", 1]);
    expect(stderr).toMatch(message);
  });

  test("in a kcfg shell, the private kubeconfig stays in front", () => {
    writeFileSync(path("a"), text("a"));
    const env = { KCFG_SHELL: "1", KCFG_SHELL_KUBECONFIG: "/private:/other" };
    expect(run(["a"], env).stdout).toBe(`export KUBECONFIG='/private:${path("a")}'\n`);
  });
});

describe.each([
  ["sh", 'eval "$(kcfg env)"; printf %s "$KUBECONFIG"'],
  ["bash", 'eval "$(kcfg env)"; printf %s "$KUBECONFIG"'],
  ["zsh", 'setopt rc_quotes sh_word_split; eval "$(kcfg env)"; printf %s "$KUBECONFIG"'],
  ["fish", 'eval "$(kcfg env --shell fish)"; printf %s "$KUBECONFIG"'],
  ["fish", 'kcfg env | source; printf %s "$KUBECONFIG"'],
])("in %s, %s", (shell, script) => {
  testUnless(lackOfPosix ?? lackOf(shell))("no name of a file is read as code", () => {
    for (const name of HOSTILE) {
      writeFileSync(path(".kube", "configs", name), text(name));
    }
    const { stdout, stderr } = spawnSync(shell, ["-c", script], {
      cwd: folder,
      env: environment(),
      encoding: "utf8",
    });
    expect([stderr, stdout]).toEqual([
      "",
      configs(...HOSTILE.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))),
    ]);
    expect(existsSync(path("pwned"))).toBe(false);
  });
});

test("PowerShell's quotes are doubled, all five of them", () => {
  expect(quoteForPowerShell("a'b\u2018c\u2019d\u201ae\u201bf$(x)`\n")).toBe(
    "'a''b\u2018\u2018c\u2019\u2019d\u201a\u201ae\u201b\u201bf$(x)`\n'",
  );
});
