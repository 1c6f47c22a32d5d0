import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { repositoryFolder } from "./run-bin.ts";

/** How a process ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  /** The signal that killed it, such as SIGABRT. */
  readonly signal: NodeJS.Signals | null;
}

/** The longest time of a program, in milliseconds. */
const LIMIT = 20_000;

/**
 * Runs a program that embeds the built library, in a child process. In the program, `kcfg` is the library; what it
 * prints is its result. It passes if nothing that the library does ended it: see
 * {@link survived}.
 *
 * @param program - the body of an async function
 */
export function runEmbedding(program: string, args: readonly string[] = []): Promise<Ended> {
  const library = pathToFileURL(resolve(repositoryFolder, "dist/index.js")).href;
  const source = `
    import * as kcfg from ${JSON.stringify(library)};
    const business = setInterval(() => {}, 50);
    const args = process.argv.slice(1);
    const client = (fields) => kcfg.connect(new kcfg.RestConfig(fields));
    const told = (error) => (error instanceof Error ? error.name + ": " + error.message : String(error));
    const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    await (async () => {${program}})();
    await wait(100);
    clearInterval(business);
    console.log("alive");
  `;
  return runProcess(process.execPath, ["--input-type=module", "--eval", source, "--", ...args]);
}

/** Runs a program, and waits for its end. */
export function runProcess(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: repositoryFolder,
      env: { HOME: "/nonexistent", PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LIMIT,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("close", (exitCode, signal) => done({ stdout, stderr, exitCode, signal }));
  });
}

/** The result of a process that ended normally: no signal, no uncaught exception, no unhandled rejection. */
export const survived = { exitCode: 0, signal: null, stderr: "" } as const;
