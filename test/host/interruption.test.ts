import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lackOfLinux, testUnless } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-interruption-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Program {
  readonly child: ChildProcess;
  /** Of the process that it runs, and of that one's child. */
  readonly pids: readonly number[];
  readonly output: () => string;
}

/** Starts a program that runs a shell script with a child of its own, and waits until these are there. */
async function startProgram(name: string, mode: string, before = ""): Promise<Program> {
  const pidFile = join(folder, `${name}.pids`);
  const file = join(folder, name);
  writeFileSync(
    file,
    `#!/bin/sh\n${before}\necho $$ >> '${pidFile}'\nsleep 300 & echo $! >> '${pidFile}'\nwait\n`,
  );
  chmodSync(file, 0o755);
  const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "run-and-wait.ts"), file, mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  for (let waited = 0; waited < 20_000; waited += 20) {
    const pids = existsSync(pidFile) ? readFileSync(pidFile, "utf8").trim().split("\n").map(Number) : [];
    if (pids.length === 2) {
      return { child, pids, output: () => output };
    }
    await delay(20);
  }
  throw new Error("the program did not start");
}

function ended(child: ChildProcess): Promise<readonly [code: number | null, signal: string | null]> {
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve([code, signal]));
  });
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Those of them that are still there; a process that is killed may take a moment. */
async function survivors(pids: readonly number[]): Promise<readonly number[]> {
  for (let waited = 0; waited < 500 && pids.some(isAlive); waited += 20) {
    await delay(20);
  }
  return pids.filter(isAlive);
}

const onLinux = testUnless(lackOfLinux);

describe("when this process is made to end, what it runs ends too", () => {
  onLinux.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s, which ends it as it would without us",
    async (signal) => {
      const { child, pids, output } = await startProgram(`by-${signal}`, "plain");
      const end = ended(child);
      child.kill(signal);
      expect(await end).toEqual([null, signal]);
      expect(await survivors(pids)).toEqual([]);
      expect(output()).toBe("");
    },
  );

  onLinux("even if it does not heed the signal", async () => {
    const { child, pids } = await startProgram("stubborn", "plain", "trap '' INT TERM HUP");
    const end = ended(child);
    child.kill("SIGINT");
    expect(await end).toEqual([null, "SIGINT"]);
    expect(await survivors(pids)).toEqual([]);
  });

  onLinux("by its own will", async () => {
    const { child, pids } = await startProgram("exits", "exits");
    expect(await ended(child)).toEqual([7, null]);
    expect(await survivors(pids)).toEqual([]);
  });

  onLinux("by a signal that the program hears itself, which then goes on", async () => {
    const { child, pids, output } = await startProgram("listens", "listens");
    const end = ended(child);
    child.kill("SIGTERM");
    expect(await end).toEqual([0, null]);
    expect(await survivors(pids)).toEqual([]);
    expect(output()).toBe("heard\nended SIGTERM\n");
  });
});
