import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";
import { builtCli } from "../conformance/repository.ts";
import { repositoryFolder } from "./run-bin.ts";

/** The home, and working folder, of the sandbox as pages show it. */
export const HOME = "/home/ada";

export interface BlockOutcome {
  /** The output of both streams, in order, with {@link HOME} for the sandbox's folder. */
  readonly printed: string;
  readonly exitCode: number | null;
}

/**
 * A folder in which the blocks of one page run one after another. It is the home and the working folder, has copies of
 * `examples/` and `schemas/`, and a PATH with `kcfg`, `kubectl-kcfg`, `npx kcfg`, `npx esbuild` and `npx tsx`; programs in it can
 * import
 * `kcfg`. There is no kubeconfig.
 */
export class PageSandbox {
  readonly folder: string;

  constructor() {
    const kcfg = `"${process.execPath}" "${builtCli()}"`;
    const cache = join(repositoryFolder, ".cache");
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, "page-"));
    for (const name of ["examples", "schemas"]) {
      cpSync(join(repositoryFolder, name), join(this.folder, name), { recursive: true });
      setModes(join(this.folder, name));
    }
    mkdirSync(join(this.folder, "node_modules"));
    symlinkSync(repositoryFolder, join(this.folder, "node_modules/kcfg"), "junction");
    mkdirSync(join(this.folder, "bin"));
    this.#addTool("kcfg", `exec ${kcfg} "$@"`);
    this.#addTool("kubectl-kcfg", `exec ${kcfg} "$@"`);
    this.#addTool("esbuild", `exec "${join(repositoryFolder, "node_modules/.bin/esbuild")}" "$@"`);
    this.#addTool("node", `exec "${process.execPath}" "$@"`);
    this.#addTool(
      "npx",
      `tool=$1; shift; [ "$tool" = tsx ] || exec "$tool" "$@"; file=$1; shift; exec node "$file.mjs" "$@"`,
    );
    // This runs inside of `npm test`: it uses the installed and tested code.
    this.#addTool(
      "npm",
      `case $1 in ci|install|test|run) ;; *) echo "npm $1 is not known here" >&2; exit 1;; esac`,
    );
  }

  #addTool(name: string, script: string): void {
    writeFileSync(join(this.folder, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /**
   * Writes a file; one that begins with `#!` becomes executable. TypeScript is compiled here, which tsx does slowly.
   */
  write(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, text.startsWith("#!") ? 0o755 : 0o644);
    if (path.endsWith(".ts")) {
      const { code } = transformSync(text, { jsc: { parser: { syntax: "typescript" }, target: "es2023" } });
      writeFileSync(`${file}.mjs`, code);
    }
    return file;
  }

  /** Runs a script in a shell. */
  runScript(
    script: string,
    options: { readonly shell?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<BlockOutcome> {
    const { shell = "/bin/sh", env = {} } = options;
    return this.#run(shell, ["-c", `exec 2>&1\numask 022\n${script}`], env);
  }

  /** Runs a program that {@link write} wrote. */
  runProgram(file: string, env: Readonly<Record<string, string>>): Promise<BlockOutcome> {
    return this.runScript(`exec npx tsx "${file}"`, { env });
  }

  #run(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<BlockOutcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(file, args, {
        cwd: this.folder,
        env: { PATH: `${this.folder}/bin:/usr/bin:/bin`, HOME: this.folder, TZ: "UTC", LC_ALL: "C", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", reject);
      child.on("close", (exitCode) => {
        const printed = Buffer.concat(chunks).toString("utf8").replaceAll(this.folder, HOME);
        resolve({ printed, exitCode });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Sets the modes of a fresh clone, whatever those of this one are. */
function setModes(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) {
    for (const name of readdirSync(path)) {
      setModes(join(path, name));
    }
  }
}
