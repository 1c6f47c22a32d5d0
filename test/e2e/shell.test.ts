import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
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
import which from "which";
import { builtCli } from "../conformance/repository.ts";
import { runBin } from "../support/run-bin.ts";
import {
  describeUnless,
  lackOf,
  lackOfLinux,
  lackOfPosix,
  lackOfScript,
  testUnless,
} from "../support/unless.ts";

/** A name that a shell or a terminal would be steered by. */
const HOSTILE = "$(touch pwned)`touch pwned`'\"\u001b[31m\n%n\\";

const CONFIG = {
  contexts: [
    { name: "laptop", context: { cluster: "l", user: "u", namespace: "home" } },
    { name: "production", context: { cluster: "p", user: "u", namespace: "shop" } },
    { name: HOSTILE, context: { cluster: "p", user: "u" } },
  ],
  clusters: [{ name: "p", cluster: { server: "https://p" } }],
  users: [{ name: "u", user: { token: "t" } }],
  "current-context": "laptop",
};

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
const shells = (): readonly string[] => {
  const place = path(".kube", "kcfg", "shells");
  return existsSync(place) ? readdirSync(place) : [];
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-shell-"));
  mkdirSync(path(".kube"));
  // Without it fish writes completions there, even after it has ended.
  mkdirSync(path(".local", "share", "fish", "generated_completions"), { recursive: true });
  writeFileSync(path(".kube", "config"), JSON.stringify(CONFIG));
  writeFileSync(path("kcfg"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`, {
    mode: 0o755,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const environment = (shell: string): Record<string, string> => ({
  HOME: folder,
  PATH: `${folder}:${process.env["PATH"] ?? ""}`,
  SHELL: shell,
  TERM: "xterm",
});

/** Runs `kcfg shell`, whose shell reads a script. */
const run = (args: readonly string[], script: string, env: Readonly<Record<string, string>> = {}) =>
  runBin(["shell", ...args], { cwd: folder, env: { ...environment("/bin/sh"), ...env }, input: script });

describeUnless(lackOfPosix)("kcfg shell", () => {
  const FACTS = "kcfg current-context; kcfg namespace; echo $KCFG_SHELL";

  test.each([
    [["production"], "production\nshop\n1\n"],
    [["production", "-n", "pay"], "production\npay\n1\n"],
    [["-n=pay"], "laptop\npay\n1\n"],
    [[], "laptop\nhome\n1\n"],
    [["--context", "production"], "production\nshop\n1\n"],
  ])("%j has its own context and namespace", (args, stdout) => {
    expect(run(args, FACTS)).toEqual({ stdout, stderr: "", exitCode: 0 });
    expect(JSON.parse(readFileSync(path(".kube", "config"), "utf8"))).toEqual(CONFIG);
    expect(shells()).toEqual([]);
  });

  test("keeps to itself what is switched in it", () => {
    const { stdout } = run(
      ["production"],
      "kcfg set-context --current -n x; kcfg namespace; kcfg use-context laptop; kcfg current-context",
    );
    expect(stdout.split("\n").filter((line) => !/[.]$/.test(line))).toEqual(["x", "laptop", ""]);
    expect(JSON.parse(readFileSync(path(".kube", "config"), "utf8"))).toEqual(CONFIG);
  });

  test("nests, and each level has its own", () => {
    const { stdout } = run(
      ["production", "-n", "outer"],
      `${FACTS}\nprintf '%s\\n' '${FACTS}' | kcfg shell laptop\nprintf '%s\\n' '${FACTS}' | kcfg shell -n inner\n${FACTS}\n`,
    );
    expect(stdout.trim().split("\n").join(" ")).toBe(
      "production outer 1 laptop home 2 production inner 2 production outer 1",
    );
    expect(shells()).toEqual([]);
  });

  test("follows --kubeconfig and KUBECONFIG, relative ones too", () => {
    writeFileSync(path("other"), JSON.stringify({ ...CONFIG, "current-context": "production" }));
    for (const [args, env] of [
      [["--kubeconfig", "other"], {}],
      [[], { KUBECONFIG: ":other::other" }],
    ] as const) {
      expect(run(args, "cd /; kcfg current-context; kcfg get-clusters", env).stdout).toBe(
        "production\nNAME\np\n",
      );
    }
  });

  test("takes any name, and no name is read as code", () => {
    for (const shell of ["sh", "bash", "zsh", "fish"].map((name) => which.sync(name, { nothrow: true }))) {
      if (shell !== null) {
        // fish reads no script from a socket, which the standard input of a child process of Node.js is.
        const { stdout } = spawnSync(
          "sh",
          ["-c", 'echo kcfg current-context | kcfg shell "$1"', "sh", HOSTILE],
          {
            cwd: folder,
            env: environment(shell),
            encoding: "utf8",
          },
        );
        expect([shell, stdout]).toEqual([shell, `${HOSTILE}\n`]);
      }
    }
    expect(existsSync(path("pwned"))).toBe(false);
  });

  test.each([
    ["exit 7", 7],
    ["kill -9 $$", 137],
    ["kill -TERM $$", 143],
    ["true", 0],
  ])("%s ends it with %i", (script, exitCode) => {
    expect(run([], script).exitCode).toBe(exitCode);
    expect(shells()).toEqual([]);
  });

  test.each([
    [["prodution"], 'error: no context exists with the name: "prodution"; did you mean "production"?\n'],
    [["nothing"], 'error: no context exists with the name: "nothing"\n'],
    [["a", "b"], "error: unexpected arguments: [b]\nSee 'kcfg shell -h' for help and examples\n"],
  ])("%j is refused", (args, stderr) => {
    expect(run(args, "echo ran")).toEqual({ stdout: "", stderr, exitCode: 1 });
    expect(shells()).toEqual([]);
  });

  test("SHELL is one executable, never words, never a text that another shell would run", () => {
    const file = (name: string, content: string): string => {
      writeFileSync(path(name), content);
      chmodSync(path(name), 0o755);
      return path(name);
    };
    for (const [shell, message] of [
      ["bash -c 'touch pwned'", 'SHELL must be the absolute path of your shell, not "bash -c'],
      ["./kcfg", "SHELL must be the absolute path"],
      ["/bin/sh -c 'touch pwned'", "SHELL names no program that can be started"],
      ["/nowhere", "SHELL names no program that can be started"],
      [folder, "SHELL names no program that can be started"],
      [file("text", "touch pwned\n"), "cannot start"],
      [file("bare", "#!\ntouch pwned\n"), "cannot start"],
    ] as const) {
      const { stdout, stderr, exitCode } = run([], "touch pwned", { SHELL: shell });
      expect([stdout, exitCode]).toEqual(["", 1]);
      expect(stderr).toContain(message);
    }
    expect(existsSync(path("pwned"))).toBe(false);
    expect(shells()).toEqual([]);
  });

  test("keeps a file to which programs have added entries, and says so", () => {
    const { stderr } = run(["production"], "kcfg set-cluster new --server https://new >&2");
    expect(stderr).toContain('Cluster "new" set.');
    const kept =
      /^kept (.*): programs have added entries to it; "kcfg import" takes them over$/m.exec(stderr)?.[1] ??
      "";
    expect(readFileSync(kept, "utf8")).toContain("https://new");
    // A later shell sweeps up what is left, and this is not.
    run([], "true");
    expect(existsSync(kept)).toBe(true);
  });

  test("files are for the user alone, and no other folder is used", () => {
    const { stdout } = run(
      ["production"],
      'f=${KUBECONFIG%%:*}; for each in "$f" "${f%/*}" "${f%/*/*}"; do ls -ld "$each" | cut -c1-10; done',
    );
    expect(stdout).toBe("-rw-------\ndrwx------\ndrwx------\n");
    chmodSync(path(".kube"), 0o777);
    expect(run([], "echo ran")).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("there is no safe folder for a private kubeconfig") as unknown,
      exitCode: 1,
    });
  });
});

/** Starts `kcfg shell` whose shell waits; resolves when it has started. */
async function waiting(): Promise<{
  readonly pid: number;
  readonly shell: number;
  readonly ended: Promise<number | string | null>;
}> {
  const child = spawn(process.execPath, [builtCli(), "shell", "production"], {
    cwd: folder,
    env: environment("/bin/sh"),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
  child.stdin.write("echo $$; while :; do sleep 0.1; done\n");
  const shell = await new Promise<number>((resolve) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(Number(bytes.toString().trim())));
  });
  for (let isKnown = false; !isKnown; await sleep(20)) {
    isKnown = shells().some((name) =>
      readFileSync(path(".kube", "kcfg", "shells", name, "owners.json"), "utf8").includes(`"pid":${shell}`),
    );
  }
  return { pid: child.pid ?? 0, shell, ended };
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 100 && isAlive(pid); i++) {
    await sleep(50);
  }
  return !isAlive(pid);
}

describeUnless(lackOfLinux)("a kcfg shell that is ended from outside", () => {
  test.each(["SIGTERM", "SIGHUP"] as const)("by %s takes its shell and files along", async (signal) => {
    const { pid, shell, ended } = await waiting();
    process.kill(pid, signal);
    expect(await ended).toBe(129);
    expect(await gone(shell)).toBe(true);
    expect(shells()).toEqual([]);
  });

  test("by SIGKILL leaves its files while the shell lives; the next one removes them then", async () => {
    const { pid, shell, ended } = await waiting();
    process.kill(pid, "SIGKILL");
    await ended;
    expect(isAlive(shell)).toBe(true);
    run([], "true");
    expect(shells()).toHaveLength(1);
    process.kill(shell, "SIGKILL");
    expect(await gone(shell)).toBe(true);
    run([], "true");
    expect(shells()).toEqual([]);
  });
});

/** Runs `kcfg shell` in a terminal, and types lines after it has shown its first. */
async function inTerminal(
  shell: string,
  lines: readonly string[],
): Promise<{ readonly screen: string; readonly exitCode: string }> {
  const child = spawn(
    "script",
    [
      "-qec",
      `stty rows 30 columns 200; SHELL='${shell}' "${path("kcfg")}" shell production -n pay; echo "code=$?"`,
      "/dev/null",
    ],
    { cwd: folder, env: environment("/bin/sh") },
  );
  let screen = "";
  child.stdout.on("data", (bytes: Buffer) => {
    screen += bytes.toString();
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  for (let before = ""; !screen.includes("kcfg shell 1:") || screen !== before;) {
    before = screen;
    await sleep(800);
  }
  for (const line of lines) {
    child.stdin.write(`${line}\r`);
    await sleep(800);
  }
  await ended;
  return { screen, exitCode: /code=(\d+)/.exec(screen)?.[1] ?? "" };
}

describe.each([
  ["bash", ".bashrc", "export KUBECONFIG=/wrong MARK=read"],
  ["zsh", ".zshrc", "export KUBECONFIG=/wrong MARK=read"],
  ["fish", ".config/fish/config.fish", "set -gx KUBECONFIG /wrong; set -gx MARK read"],
])("in a terminal, %s", (name, file, content) => {
  testUnless(lackOfScript() ?? lackOf(name))(
    "reads its own start-up file, which does not replace KUBECONFIG",
    async () => {
      mkdirSync(path(".config", "fish"), { recursive: true });
      writeFileSync(path(file), `${content}\n`);
      const { screen, exitCode } = await inTerminal(which.sync(name), [
        "kcfg current-context >out; kcfg namespace >>out; echo $MARK $KCFG_SHELL >>out",
        "exit 3",
      ]);
      expect(screen).toContain('kcfg shell 1: context "production", namespace "pay"');
      expect(readFileSync(path("out"), "utf8")).toBe("production\npay\nread 1\n");
      expect(exitCode).toBe("3");
      expect(shells()).toEqual([]);
    },
    30_000,
  );
});

testUnless(lackOfScript() ?? lackOf("zsh"))(
  "zsh has its own ZDOTDIR and history, also if .zshenv sets it",
  async () => {
    mkdirSync(path("z"));
    writeFileSync(path(".zshenv"), 'export ZDOTDIR="$HOME/z"\n');
    writeFileSync(path("z", ".zshrc"), "export MARK=z\n");
    await inTerminal(which.sync("zsh"), ['echo "$MARK $ZDOTDIR ${KCFG_SHELL_FOLDER-none}" >out', "exit"]);
    expect(readFileSync(path("out"), "utf8")).toBe(`z ${path("z")} none\n`);
  },
  30_000,
);

testUnless(lackOfScript() ?? lackOf("bash"))(
  "Ctrl-C is for what runs in the shell, and does not end it",
  async () => {
    const { exitCode } = await inTerminal(which.sync("bash"), [
      "sleep 100",
      "\u0003",
      "echo still >out",
      "exit 4",
    ]);
    expect([readFileSync(path("out"), "utf8"), exitCode]).toEqual(["still\n", "4"]);
  },
  30_000,
);
