import { execFile } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "./run-bin.ts";

/** The fenced blocks of a language in a page of the repository, in order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const text = readFileSync(join(repositoryFolder, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    (match) => match[1] ?? "",
  );
}

/**
 * Compiles a TypeScript program as a strict user of the built package would, runs it, and gives what it prints.
 *
 * @param env - goes over the environment
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const cache = join(repositoryFolder, ".cache");
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, "program-"));
  const node = async (script: string, ...rest: readonly string[]): Promise<string> => {
    const path = join(repositoryFolder, "node_modules", script);
    const options = { cwd: repositoryFolder, env: { ...process.env, ...env } };
    return (await promisify(execFile)(process.execPath, [path, ...rest], options)).stdout;
  };
  try {
    const file = join(place, "program.ts");
    writeFileSync(file, program);
    const options = ["--strict", "--module", "nodenext", "--target", "es2023", "--types", "node"];
    await node("typescript/bin/tsc", "--noEmit", ...options, "--skipLibCheck", "--ignoreConfig", file);
    return await node("tsx/dist/cli.mjs", file, ...args);
  } finally {
    rmSync(place, { recursive: true });
  }
}
