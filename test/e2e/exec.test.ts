import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { globTest } from "../../src/cli/glob.ts";
import { builtCli } from "../conformance/repository.ts";
import { runBin } from "../support/run-bin.ts";
import { describeUnless, lackOfPosix, lackOfScript } from "../support/unless.ts";

const NAMES = ["dev", "prod-a", "prod-b", "prod-c", "a b$(touch pwned)\n\u001b[31m"];

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
const left = (): readonly string[] => readdirSync(path(".kube", "kcfg", "shells"));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-exec-"));
  mkdirSync(path(".kube"));
  const contexts = NAMES.map((name) => ({ name, context: { cluster: "c", user: "u", namespace: "home" } }));
  writeFileSync(
    path(".kube", "config"),
    JSON.stringify({
      contexts,
      clusters: [{ name: "c", cluster: { server: "https://c" } }],
      users: [{ name: "u", user: { token: "t" } }],
      "current-context": "dev",
    }),
  );
  writeFileSync(path("kcfg"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`, {
    mode: 0o755,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = (): Record<string, string> => ({ HOME: folder, PATH: `${folder}:${process.env["PATH"] ?? ""}` });
const run = (...args: readonly string[]) => runBin(["exec", ...args], { cwd: folder, env: env() });

describe("patterns", () => {
  test.each<readonly [string, readonly string[]]>([
    ["*", ["prod-a", "a.b", "[x]", "", "new\nline", "A"]],
    ["prod-*", ["prod-a"]],
    ["*a*", ["prod-a", "a.b"]],
    ["a.b", ["a.b"]],
    ["a?b", ["a.b"]],
    ["?", ["A"]],
    ["[!a-z]", ["A"]],
    ["[A]", ["A"]],
    ["[a-z]rod-[^b]", ["prod-a"]],
    [String.raw`\[x\]`, ["[x]"]],
    ["[[]x]", ["[x]"]],
    ["***line", ["new\nline"]],
    ["", [""]],
  ])("%j", (pattern, expected) => {
    expect(["prod-a", "a.b", "[x]", "", "new\nline", "A"].filter(globTest(pattern))).toEqual(expected);
  });

  test("that are none are refused", () => {
    expect(() => globTest("a[b")).toThrow('the pattern "a[b" has a "[" without a "]"');
  });

  test("take no time", () => {
    const start = Date.now();
    globTest("*".repeat(1000))("a".repeat(1000));
    globTest("*a*a*a*a*b")("a".repeat(300));
    expect(Date.now() - start).toBeLessThan(2000);
  });
});

describeUnless(lackOfPosix)("kcfg exec", () => {
  test("runs a command once per matching context, which every program follows", () => {
    expect(
      run(
        "prod-[ab]",
        "dev",
        "-n",
        "pay",
        "--",
        "sh",
        "-c",
        "kcfg current-context; kcfg namespace; echo $KCFG_CONTEXT >&2",
      ),
    ).toEqual({
      stdout: "prod-a | prod-a\nprod-a | pay\nprod-b | prod-b\nprod-b | pay\ndev | dev\ndev | pay\n",
      stderr: "prod-a | prod-a\nprod-b | prod-b\ndev | dev\n",
      exitCode: 0,
    });
    expect(left()).toEqual([]);
  });

  test("takes the words after -- as they are, by no shell, and gives nothing to read", () => {
    const { stdout } = run("dev", "--", "printf", "%s\\n", "$HOME", "-n", "--", "a b;c", "");
    expect(stdout).toBe("dev | $HOME\ndev | -n\ndev | --\ndev | a b;c\ndev | \n");
    expect(run("dev", "--", "cat").stdout).toBe("");
  });

  test("names of contexts forge no lines, and are no code", () => {
    const { stdout } = run("a*", "--", "sh", "-c", 'echo "$KCFG_CONTEXT" | wc -l; kcfg current-context');
    expect(stdout.split("\n")[0]?.trim()).toMatch(/^a b\$\(touch pwned\)\\n\\x1b\[31m \| +2$/);
    expect(existsSync(path("pwned"))).toBe(false);
  });

  test("keeps bytes, lines without an end, and long lines", () => {
    const { stdout } = run(
      "dev",
      "--",
      "sh",
      "-c",
      "printf 'a\\n\\nb'; head -c 70000 /dev/zero | tr '\\0' x",
    );
    expect(stdout.split("\n").map((line) => line.length)).toEqual([7, 6, 6 + 65536, 6 + 70001 - 65536, 0]);
  });

  test.each<readonly [readonly string[], number, string]>([
    [["sh", "-c", "exit 0"], 0, ""],
    [
      ["sh", "-c", "[ $KCFG_CONTEXT != prod-b ] || exit 5"],
      5,
      "failed in 1 of 3 contexts: prod-b (exit code 5)\n",
    ],
    [
      ["sh", "-c", "case $KCFG_CONTEXT in prod-a) exit 7;; prod-b) exit 3;; *) kill -9 $$;; esac"],
      137,
      "failed in 3 of 3 contexts: prod-a (exit code 7), prod-b (exit code 3), prod-c (SIGKILL)\n",
    ],
    [["nosuch"], 127, 'error: cannot run "nosuch": exec: "nosuch": executable file not found in $PATH\n'],
    [
      ["./text"],
      126,
      "failed in 3 of 3 contexts: prod-a (exec format error), prod-b (exec format error), prod-c (exec format error)\n",
    ],
  ])("%j exits with %i", (argv, exitCode, stderr) => {
    writeFileSync(path("text"), "touch pwned\n", { mode: 0o755 });
    expect(run("prod-*", "--", ...argv)).toEqual({ stdout: "", stderr, exitCode });
    expect(existsSync(path("pwned"))).toBe(false);
  });

  test.each([
    [["x*", "--", "ls"], 'error: no context matches "x*"\n'],
    [["dev"], "error: which command? Write it after --\nSee 'kcfg exec -h' for help and examples\n"],
    [
      ["--", "ls"],
      "error: which contexts? Write their names or patterns before --\nSee 'kcfg exec -h' for help and examples\n",
    ],
    [
      ["-j0", "dev", "--", "ls"],
      "error: --jobs must be at least 1\nSee 'kcfg exec -h' for help and examples\n",
    ],
    [["[", "--", "ls"], 'error: the pattern "[" has a "[" without a "]"\n'],
  ])("%j is refused", (args, stderr) => {
    expect(run(...args)).toEqual({ stdout: "", stderr, exitCode: 1 });
  });

  test("-j runs several at once", () => {
    const script =
      'touch "$KCFG_CONTEXT"; for i in $(seq 100); do [ -e prod-a ] && [ -e prod-b ] && [ -e prod-c ] && exit 0; sleep 0.1; done; exit 1';
    expect(run("-j3", "prod-*", "--", "sh", "-c", script).exitCode).toBe(0);
  });

  test("--fail-fast ends what runs, and starts no more", () => {
    const script =
      "case $KCFG_CONTEXT in prod-a) exec sleep 60;; prod-b) sleep 0.5; exit 9;; *) touch pwned;; esac";
    const { stderr, exitCode } = run("-j2", "--fail-fast", "prod-*", "--", "sh", "-c", script);
    expect([stderr, exitCode, existsSync(path("pwned"))]).toEqual([
      "failed in 1 of 3 contexts: prod-b (exit code 9); 2 did not run to the end\n",
      9,
      false,
    ]);
    expect(left()).toEqual([]);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("%s is passed on, and ends all", async (signal, exitCode) => {
    const script = `trap 'kcfg current-context >>"$HOME/ended"; exit 0' ${signal.slice(3)}; echo ready; while :; do sleep 0.1; done`;
    const child = spawn(process.execPath, [builtCli(), "exec", "-j2", "prod-*", "--", "sh", "-c", script], {
      cwd: folder,
      env: env(),
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    child.stdout.on("data", (bytes: Buffer) => {
      stdout += bytes.toString();
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    while (stdout.split("ready").length < 3) {
      await sleep(50);
    }
    child.kill(signal);
    expect(await ended).toBe(exitCode);
    // What a command does at its end still goes to its own context.
    expect(new Set(readFileSync(path("ended"), "utf8").trim().split("\n"))).toEqual(
      new Set(["prod-a", "prod-b"]),
    );
    expect(left()).toEqual([]);
  });

  test("ends when nobody reads its output any more", async () => {
    const piped = spawn("sh", ["-c", "kcfg exec dev -- yes | head -n 2 >/dev/null"], {
      cwd: folder,
      env: env(),
    });
    const code = await new Promise((resolve) => piped.once("close", resolve));
    expect(code).toBe(0);
  });
});

async function inTerminal(columns: number, command: string): Promise<string> {
  const child = spawn("script", ["-qec", `stty rows 20 columns ${columns}; ${command}`, "/dev/null"], {
    cwd: folder,
    env: { ...env(), TERM: "xterm", SHELL: "/bin/sh" },
  });
  let screen = "";
  child.stdout.on("data", (bytes: Buffer) => {
    screen += bytes.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  return screen;
}

describeUnless(lackOfScript())("on a terminal", () => {
  test("shows what is at work, and red names for production", async () => {
    const screen = await inTerminal(80, "kcfg exec dev prod-a -- sh -c 'sleep 0.3; echo hi'");
    expect(screen).toContain("\r[0/2] dev\u001b[K\r");
    expect(screen).toContain("\r[1/2] prod-a\u001b[K\r");
    expect(screen).toContain("\u001b[36mdev   \u001b[0m | hi\r\n");
    expect(screen).toContain("\u001b[31mprod-a\u001b[0m | hi\r\n");
    expect(screen.endsWith("\r\u001b[K")).toBe(true);
  });

  test("no status line is there where standard error is none", async () => {
    expect(await inTerminal(80, "NO_COLOR=1 kcfg exec dev -- echo hi 2>/dev/null")).toBe("dev | hi\r\n");
  });

  test("the output of commands does not steer it", async () => {
    expect(await inTerminal(80, "NO_COLOR=1 kcfg exec dev -- printf '\\033[2J\\n' 2>/dev/null")).toBe(
      "dev | \\x1b[2J\r\n",
    );
  });
});
