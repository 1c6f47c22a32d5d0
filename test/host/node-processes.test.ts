import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { nodeProcesses } from "../../src/host/node-processes.ts";
import type { RunOptions } from "../../src/host/processes.ts";
import { lackOfLinux, testUnless } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-host-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATH = process.env["PATH"] ?? "";

function script(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

function options(changes: Partial<RunOptions> = {}): RunOptions {
  return {
    argv0: "plug",
    args: [],
    env: { PATH },
    inheritStdin: false,
    maxOutput: 1_000_000,
    signal: undefined,
    ...changes,
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** Whether a process is there and is not only waiting to be buried. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function pidsIn(file: string, count: number): Promise<readonly number[]> {
  for (let waited = 0; waited < 5000; waited += 20) {
    const pids = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").filter(Boolean) : [];
    if (pids.length >= count) {
      return pids.map(Number);
    }
    await delay(20);
  }
  throw new Error("the processes did not start");
}

/** Aborts a process once it has noted some pids, and waits for its end; gives how long that took, in milliseconds. */
async function abortIn(name: string, lines: string, count: number, pause = 0): Promise<number> {
  const pids = join(folder, `${name}.pids`);
  const file = script(name, `#!/bin/sh\n${lines.replaceAll("PIDS", `'${pids}'`)}`);
  const controller = new AbortController();
  const running = nodeProcesses.run(file, options({ signal: controller.signal }));
  const found = await pidsIn(pids, count);
  await delay(pause);
  expect(found.map(isAlive)).not.toContain(false);
  const before = performance.now();
  controller.abort();
  await running;
  expect(found.map(isAlive)).not.toContain(true);
  return performance.now() - before;
}

function notExecutable(): string {
  const path = script("plain", "#!/bin/sh\n");
  chmodSync(path, 0o644);
  return path;
}

function openFiles(): number {
  return readdirSync("/proc/self/fd").length;
}

async function attempt(file: string): Promise<void> {
  await nodeProcesses.run(file, options()).catch(() => undefined);
}

const onLinux = testUnless(lackOfLinux);

describe("a process that is run", () => {
  test("gets its arguments as they are, without a shell", async () => {
    const file = script("args", `#!/bin/sh\nprintf '[%s]' "$@"\n`);
    const args = ["a b", "", "$HOME", "*", "`id`", '"', "'", "\\", "-n", "é\n"];
    const { stdout, exitCode } = await nodeProcesses.run(file, options({ args }));
    expect(text(stdout)).toBe(args.map((arg) => `[${arg}]`).join(""));
    expect(exitCode).toBe(0);
  });

  onLinux("gets exactly the environment that it is given", async () => {
    const { stdout } = await nodeProcesses.run("/usr/bin/env", options({ env: { A: "1", __proto__x: "2" } }));
    expect(text(stdout)).toBe("A=1\n__proto__x=2\n");
  });

  onLinux("is told by what name it was called", async () => {
    const { stdout } = await nodeProcesses.run("/bin/cat", options({ args: ["/proc/self/cmdline"] }));
    expect(text(stdout)).toBe("plug\0/proc/self/cmdline\0");
  });

  test("may become a shell by itself, and end at once", async () => {
    const byEnv = script("by-env", "#!/usr/bin/env sh\necho out\n");
    const wrapper = script("wrapper", '#!/bin/sh\nexec /bin/sh "$@"\n');
    const wrapped = script("wrapped", `#!${wrapper}\necho out\n`);
    for (let i = 0; i < 20; i++) {
      for (const file of [byEnv, wrapped]) {
        const { stdout, exitCode } = await nodeProcesses.run(
          file,
          options({ env: { PATH: "/usr/bin:/bin" } }),
        );
        expect([text(stdout), exitCode]).toEqual(["out\n", 0]);
      }
    }
  });

  test("reads nothing, unless it is given standard input", async () => {
    const file = script("reads", "#!/bin/sh\ncat\necho end\n");
    expect(text((await nodeProcesses.run(file, options())).stdout)).toBe("end\n");
  });

  test.each([
    ["exit 0", 0, undefined],
    ["exit 73", 73, undefined],
    ["kill -9 $$", undefined, "SIGKILL"],
    ["kill -15 $$", undefined, "SIGTERM"],
  ])("tells how it ended: %s", async (line, exitCode, signal) => {
    const file = script("ends", `#!/bin/sh\necho out\n${line}\n`);
    expect(await nodeProcesses.run(file, options())).toEqual({
      stdout: Buffer.from("out\n"),
      isTruncated: false,
      exitCode,
      signal,
    });
  });

  test("is waited for until nobody can write to its output any more", async () => {
    const file = script("leaves", "#!/bin/sh\n(sleep 0.2; echo late) &\necho early\n");
    expect(text((await nodeProcesses.run(file, options())).stdout)).toBe("early\nlate\n");
  });
});

describe("what is not run", () => {
  test.each([
    ["a file that does not exist", (): string => join(folder, "absent"), "ENOENT"],
    ["a name that PATH would have to be searched for", (): string => "sh", "ENOENT"],
    ["a file that is not executable", (): string => notExecutable(), "EACCES"],
    ["a folder", (): string => folder, "EACCES"],
    [
      "a text without an interpreter, which a C library gives to a shell",
      (): string => script("text", "echo hi\n"),
      "ENOEXEC",
    ],
    ["an empty file", (): string => script("empty", ""), "ENOEXEC"],
    ["a script whose interpreter does not exist", (): string => script("lost", "#!/no/such\n"), "ENOENT"],
  ])("%s", async (_what, file, code) => {
    await expect(nodeProcesses.run(file(), options())).rejects.toMatchObject({ code });
  });

  test("anything, once the signal is aborted", async () => {
    const marker = join(folder, "marker");
    const file = script("marks", `#!/bin/sh\ntouch '${marker}'\n`);
    const reason = new Error("no more");
    await expect(nodeProcesses.run(file, options({ signal: AbortSignal.abort(reason) }))).rejects.toBe(
      reason,
    );
    expect(existsSync(marker)).toBe(false);
  });
});

/** Puts a program and a text in each other's place without pause, by renaming and by writing over, until it is told to stop. */
const SWAPPER = `
  const { copyFileSync, renameSync } = require("node:fs");
  const { workerData: { folder, flag } } = require("node:worker_threads");
  for (let turn = 0; Atomics.load(flag, 0) === 0; turn++) {
    const next = folder + (turn % 2 === 0 ? "/swap-program" : "/swap-text");
    try {
      if (turn % 7 === 0) {
        copyFileSync(next, folder + "/swapped");
      } else {
        copyFileSync(next, folder + "/swap-next");
        renameSync(folder + "/swap-next", folder + "/swapped");
      }
    } catch {
      // A program that runs cannot be written over.
    }
  }
`;

describe("a file that is exchanged while it is started", () => {
  onLinux(
    "is never given to a shell",
    async () => {
      const marker = join(folder, "swap-marker");
      script("swap-text", `echo ran > '${marker}'\n`);
      copyFileSync("/bin/true", join(folder, "swap-program"));
      copyFileSync("/bin/true", join(folder, "swapped"));
      const flag = new Int32Array(new SharedArrayBuffer(4));
      const swapper = new Worker(SWAPPER, { eval: true, workerData: { folder, flag } });
      const outcomes = new Map<string, number>();
      for (let round = 0; round < 300; round++) {
        const outcome = await nodeProcesses.run(join(folder, "swapped"), options()).then(
          ({ exitCode, signal }) => String(exitCode ?? signal),
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        );
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      Atomics.store(flag, 0, 1);
      await new Promise((resolve) => void swapper.once("exit", resolve));
      expect(existsSync(marker)).toBe(false);
      expect(outcomes.get("0") ?? 0).toBeGreaterThan(0);
      expect(outcomes.get("ENOEXEC") ?? 0).toBeGreaterThan(0);
    },
    60_000,
  );
});

describe("a start", () => {
  onLinux("leaves no file open, whether it succeeds or not", async () => {
    const files = [
      script("fine", "#!/bin/sh\n"),
      script("junk", "junk\n"),
      script("astray", `#!${join(folder, "junk")}\n`),
    ];
    await Promise.all(files.map(attempt));
    const before = openFiles();
    for (const file of files) {
      await attempt(file);
      nodeProcesses.startFault(file);
    }
    expect(openFiles()).toBe(before);
  });

  onLinux("hands no file on to the process", async () => {
    const file = script("lists", "#!/bin/sh\nls -l /proc/self/fd\n");
    expect(text((await nodeProcesses.run(file, options())).stdout)).not.toContain(folder);
  });

  onLinux("tells a script where it is, as the system does", async () => {
    const inner = script("inner", `#!/bin/sh -e\nprintf '[%s]' "$0" "$@"\n`);
    const file = script("outer", `#! ${inner} some words \t\n`);
    const { stdout } = await nodeProcesses.run(file, options({ args: ["x", "y z"] }));
    expect(text(stdout)).toBe(`[${inner}][some words][${file}][x][y z]`);
  });
});

describe("a process that has to end", () => {
  onLinux("ends with its children when it is aborted", async () => {
    await abortIn(
      "family",
      "echo $$ >> PIDS\nsleep 300 & echo $! >> PIDS\n(sleep 300) & echo $! >> PIDS\nwait\n",
      3,
    );
  });

  onLinux("is killed if it does not heed being asked", async () => {
    const lines =
      "trap '' TERM INT HUP\necho $$ >> PIDS\nsleep 300 & echo $! >> PIDS\nwhile :; do sleep 300; done\n";
    expect(await abortIn("stubborn", lines, 2)).toBeGreaterThan(900);
  });

  onLinux("may clean up when it is asked", async () => {
    const marker = join(folder, "cleaned");
    await abortIn(
      "tidy",
      `trap "echo > '${marker}'; exit" TERM\necho $$ >> PIDS\nwhile :; do sleep 0.05; done\n`,
      1,
    );
    expect(existsSync(marker)).toBe(true);
  });

  onLinux("takes those with it that it left behind", async () => {
    await abortIn("orphans", "sleep 300 & echo $! >> PIDS\nsleep 0.2\n", 1, 500);
  });

  onLinux("is killed when it prints more than it may", async () => {
    const pids = join(folder, "chatty.pids");
    const file = script("chatty", `#!/bin/sh\nyes & echo $! >> '${pids}'\nwait\n`);
    const { stdout, isTruncated } = await nodeProcesses.run(file, options({ maxOutput: 100_000 }));
    expect(isTruncated).toBe(true);
    expect(stdout.length).toBeLessThanOrEqual(100_000);
    expect((await pidsIn(pids, 1)).map(isAlive)).toEqual([false]);
  });

  test("may print byte by byte", async () => {
    const file = script("drips", "#!/bin/sh\ni=0\nwhile [ $i -lt 5000 ]; do printf x; i=$((i + 1)); done\n");
    expect(text((await nodeProcesses.run(file, options())).stdout)).toBe("x".repeat(5000));
  });

  test("may print as much as it may", async () => {
    const file = script("exact", "#!/bin/sh\nprintf abcde\n");
    expect((await nodeProcesses.run(file, options({ maxOutput: 5 }))).isTruncated).toBe(false);
    expect((await nodeProcesses.run(file, options({ maxOutput: 4 }))).isTruncated).toBe(true);
  });
});
