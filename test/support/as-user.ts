import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { chownSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { copyForAll } from "../conformance/process-runner.ts";
import { builtCli } from "../conformance/repository.ts";

/** A user of this machine; the number need not have an account. */
export interface TestUser {
  readonly uid: number;
  readonly home: string;
}

/** The result of a process. */
export interface UserRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether this process may act as other users. */
export const mayActAsOthers = process.getuid?.() === 0;

/** A machine for tests with several users: a folder that all may enter, a home each, and the built CLI. */
export interface UserStage {
  readonly folder: string;
  readonly cli: string;
  /** Makes a home for a user, who alone may write in it. */
  user(uid: number): TestUser;
  remove(): void;
}

/** Sets up a folder for several users. Copies the CLI, since others may have no access to a checkout. */
export function stageForUsers(): UserStage {
  const folder = copyForAll(dirname(builtCli()));
  return {
    folder,
    cli: join(folder, "cli", "bin.cjs"),
    user: (uid) => {
      const home = join(folder, `home-${uid}`);
      mkdirSync(home, { mode: 0o755 });
      chownSync(home, uid, uid);
      return { uid, home };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts a program as a user, in a folder; `uid` 0 is this process's own. */
export function startAs(
  { uid, home }: TestUser,
  command: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): { readonly child: ChildProcess; readonly ended: Promise<UserRun> } {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: home, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid !== process.getuid?.() && { uid, gid: uid }),
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (texts.stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (texts.stderr += String(chunk)));
  const ended = new Promise<UserRun>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, ...texts }));
  });
  return { child, ended };
}
