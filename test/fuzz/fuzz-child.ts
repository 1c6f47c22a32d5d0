import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { repositoryRoot } from "../conformance/repository.ts";
import type { Message } from "./child.ts";
import { corpusOf, targetNamed } from "./targets.ts";
import { randomOf } from "./random-bytes.ts";

/** The longest time of a case, in milliseconds: most take less than one. */
const HANG = 30_000;

/** The most memory of a target, in MiB. */
const MEMORY = 2048;

export interface FoundFault {
  readonly what: string;
  /** The number of the case, or the name of a file in the corpus. */
  readonly at: number | string;
  /** The input, made as small as was cheap, in base64. */
  readonly small: string;
}

export interface ChildOutcome {
  readonly cases: number;
  readonly fault?: FoundFault;
}

/**
 * Runs a target in a child process, and reports how it ended.
 *
 * @param args - as for `child.ts`, after the name of the target
 */
export async function childFaults(name: string, args: readonly (string | number)[]): Promise<ChildOutcome> {
  const outcome = await runChildProcess(name, args);
  if (outcome.fault === undefined || outcome.fault.small !== "") {
    return outcome;
  }
  // The process died with the case: the input is rebuilt here, and made smaller in further processes.
  const input = await inputOf(name, args, outcome.fault.at);
  const small = input === undefined ? undefined : await shrinkInProcesses(name, input);
  return {
    ...outcome,
    fault: { ...outcome.fault, small: Buffer.from(small ?? input ?? []).toString("base64") },
  };
}

function runChildProcess(name: string, args: readonly (string | number)[]): Promise<ChildOutcome> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(repositoryRoot(), "test/fuzz/child.ts"), name, ...args.map(String)],
      { cwd: repositoryRoot(), stdio: ["ignore", "ignore", "pipe", "pipe"] },
    );
    let at: number | string = "its start";
    let cases = 0;
    let fault: FoundFault | undefined;
    let rest = "";
    let stderr = "";
    let since = Date.now();
    let why: string | undefined;
    const end = (reason: string): void => {
      why ??= reason;
      child.kill("SIGKILL");
    };
    const watch = setInterval(() => {
      if (Date.now() - since > HANG) {
        end(`no end after ${HANG / 1000} s`);
      }
      const memory = memoryOf(child.pid);
      if (memory > MEMORY) {
        end(`more than ${Math.round(memory)} MiB of memory`);
      }
    }, 250);
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-2000);
    });
    (child.stdio[3] as Readable).on("data", (chunk: Buffer) => {
      since = Date.now();
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const message = JSON.parse(line) as Message;
        if ("done" in message) {
          cases = message.done;
        } else {
          at = message.at;
        }
        if ("fault" in message) {
          fault = { what: message.fault, at, small: message.small };
        }
      }
    });
    child.once("close", (code, signal) => {
      clearInterval(watch);
      if (code !== 0 && fault === undefined) {
        const what = why ?? (signal === null ? `exit code ${String(code)}` : `killed by ${signal}`);
        fault = { what: `${what} ${stderr.trim().slice(0, 1000)}`.trim(), at, small: "" };
      }
      resolve({ cases, ...(fault && { fault }) });
    });
  });
}

function memoryOf(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s*(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function inputOf(
  name: string,
  [mode, seed]: readonly (string | number)[],
  at: number | string,
): Promise<Uint8Array | undefined> {
  const corpus = corpusOf(name);
  return mode === "cases" && typeof at === "number"
    ? (await targetNamed(name)).make(
        randomOf(Number(seed), at),
        corpus.map(([, bytes]) => bytes),
      )
    : corpus.find(([file]) => file === at)?.[1];
}

/** Makes an input smaller in a few processes only: each takes half a second to start. */
async function shrinkInProcesses(name: string, input: Uint8Array): Promise<Uint8Array | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-fuzz-"));
  const file = join(folder, "input");
  const isFault = async (bytes: Uint8Array): Promise<boolean> => {
    writeFileSync(file, bytes);
    return (await runChildProcess(name, ["file", file])).fault !== undefined;
  };
  try {
    let best = input;
    let left = 24;
    if (!(await isFault(best))) {
      return undefined;
    }
    for (let size = best.length >> 1; size >= 1 && left > 0; size >>= 1) {
      for (let at = 0; at < best.length && left > 0; left--) {
        const less = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
        if (await isFault(less)) {
          best = less;
        } else {
          at += size;
        }
      }
    }
    return best;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
