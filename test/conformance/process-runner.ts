import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, cpSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Call, Ended, Runner } from "./call.ts";
import { patience } from "./call.ts";
import { nobody } from "./sandbox.ts";

/** The reason for skipping a case about file permissions. */
export const noOtherUser = "root cannot run Node as another user here";

/** Makes a runner that runs each call in a process of its own. `before` are the words before the call's own. */
export function processRunner(command: string, before: readonly string[]): Runner {
  let privileges: boolean | undefined;
  return {
    run: (call) => runProcess(command, [...before, ...call.argv], call),
    canRun: (wanted) =>
      wanted.unprivileged !== true || (privileges ??= canDropPrivileges(command, [...before, "--help"])),
    close: () => {},
  };
}

export const kubectlRunner = (path: string): Runner => processRunner(path, ["config"]);

/** Makes a runner of the built CLI. Another user runs a copy of it, since others may have no access to the checkout. */
export function kcfgRunner(cli: string): Runner {
  const own = processRunner(process.execPath, [cli]);
  let shared: { readonly folder: string; readonly runner: Runner } | undefined;
  let privileges: boolean | undefined;
  return {
    run: (call) => {
      if (call.as === undefined) {
        return own.run(call);
      }
      if (shared === undefined) {
        const folder = copyForAll(dirname(cli));
        shared = { folder, runner: processRunner(process.execPath, [join(folder, "cli", basename(cli))]) };
      }
      return shared.runner.run(call);
    },
    canRun: (wanted) =>
      wanted.unprivileged !== true || (privileges ??= canDropPrivileges(process.execPath, ["--version"])),
    close: () => {
      if (shared !== undefined) {
        rmSync(shared.folder, { recursive: true, force: true });
      }
    },
  };
}

/** Copies the folder of the built CLI to where every user may read it, as `cli` in a folder of its own. */
export function copyForAll(built: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kcfg-users-")));
  chmodSync(folder, 0o755);
  cpSync(built, join(folder, "cli"), { recursive: true });
  execFileSync("chmod", ["-R", "a+rX", join(folder, "cli")]);
  return folder;
}

function canDropPrivileges(command: string, words: readonly string[]): boolean {
  if (process.getuid?.() !== 0) {
    return true;
  }
  const env = { PATH: process.env["PATH"] ?? "" };
  return spawnSync(command, words, { uid: nobody, gid: nobody, cwd: "/", env }).status === 0;
}

function runProcess(command: string, words: readonly string[], call: Call): Promise<Ended> {
  const input = call.stdin === undefined ? "ignore" : openSync(call.stdin, "r");
  const child = spawn(command, words, {
    cwd: call.cwd,
    env: call.env,
    stdio: [input, "pipe", "pipe"],
    timeout: patience,
    killSignal: "SIGKILL",
    ...(call.as !== undefined && { uid: call.as, gid: call.as }),
  });
  if (typeof input === "number") {
    closeSync(input);
  }
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => {
      if (exitCode === null) {
        reject(new Error(`${words.join(" ")} was ended by ${String(signal)} (patience: ${patience} ms)`));
        return;
      }
      resolve({ exitCode, stdout: stdout(), stderr: stderr() });
    });
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => readable(Buffer.concat(chunks));
}

/**
 * Returns a string where the bytes are UTF-8; otherwise the bytes in base64, so that no two outputs look alike by
 * accident.
 */
function readable(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? text : `base64:${bytes.toString("base64")}`;
}
