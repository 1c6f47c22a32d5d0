import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryFolder } from "./run-bin.ts";

/** The parts of package.json that tests read. */
export interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

export const manifest = JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8")) as Manifest;

/** The modules that programs can import: `index`, and the subpaths. */
export const ENTRIES: readonly string[] = Object.entries(manifest.exports)
  .filter(([, conditions]) => typeof conditions === "object")
  .map(([subpath]) => (subpath === "." ? "index" : subpath.slice("./".length)));

export interface PackedFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

export interface Packed {
  readonly filename: string;
  /** The size of the tarball, in bytes. */
  readonly size: number;
  readonly files: readonly PackedFile[];
}

/** A new project into which npm installed the packed package, as a user does, but without a network. */
export interface InstalledPackage {
  readonly folder: string;
  readonly packed: Packed;
  /** Runs a program in the project with Node, and returns its stdout; warnings are errors. */
  readonly run: (name: string, text: string) => string;
  readonly remove: () => void;
}

/**
 * Installs the package.
 *
 * @param types - further packages of this repository for the project, linked
 */
export function installPackage(types: readonly string[] = []): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-package-"));
  const packed = pack(folder);
  const dependencies = Object.keys(manifest.dependencies);
  for (const dependency of dependencies) {
    copy(inModules(repositoryFolder, dependency), inModules(folder, dependency));
  }
  const wanted = Object.fromEntries(dependencies.map((dependency) => [dependency, "*"]));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      name: "user",
      private: true,
      dependencies: { ...wanted, kcfg: `file:${packed.filename}` },
    }),
  );
  npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], folder);
  for (const name of types) {
    mkdirSync(join(inModules(folder, name), ".."), { recursive: true });
    symlinkSync(inModules(repositoryFolder, name), inModules(folder, name), "junction");
  }
  return {
    folder,
    packed,
    run: (name, text) => {
      writeFileSync(join(folder, name), text);
      return runNode([name], folder);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * Runs Node in a folder, with only PATH in the environment, and returns its stdout.
 *
 * @throws Error when it fails or warns
 */
export function runNode(args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    // Windows starts nothing without SystemRoot.
    env: {
      HOME: folder,
      PATH: process.env["PATH"] ?? "",
      SystemRoot: process.env["SystemRoot"] ?? "",
      NODE_OPTIONS: "--no-deprecation",
    },
  });
  if (status !== 0 || stderr !== "") {
    throw new Error(`node ${args.join(" ")}: exit ${status}\n${stdout}${stderr}`);
  }
  return stdout;
}

function pack(folder: string): Packed {
  const [packed] = JSON.parse(
    npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], repositoryFolder),
  ) as readonly Packed[];
  if (packed === undefined) {
    throw new Error("npm pack packed nothing");
  }
  return packed;
}

function npm(args: readonly string[], folder: string): string {
  return execFileSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
}

function inModules(folder: string, name: string): string {
  return join(folder, "node_modules", name);
}

/** Copies a folder in a process of its own: Jest's own modules and `cpSync` do not work together. */
function copy(from: string, to: string): void {
  const [source, target] = [JSON.stringify(from), JSON.stringify(to)];
  execFileSync(process.execPath, ["-e", `fs.cpSync(${source}, ${target}, { recursive: true })`]);
}
