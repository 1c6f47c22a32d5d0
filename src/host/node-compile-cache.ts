import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/**
 * Lets V8 keep what it compiles of all modules that are loaded from now on, where Node can do that (from 22.1 on): then the
 * next run starts without compiling. Node has its own switch against it, `NODE_DISABLE_COMPILE_CACHE=1`.
 */
export function keepCompiledCode(): void {
  const [major = "0"] = process.versions.node.split(".");
  // On others there is nothing to be had, and the module would be loaded for nothing.
  if (Number(major) < 22) {
    return;
  }
  const { enableCompileCache } = process.getBuiltinModule("node:module") as ModuleWithCache;
  const folder = enableCompileCache && compileCacheFolder();
  if (folder !== undefined) {
    enableCompileCache?.(folder);
  }
}

interface ModuleWithCache {
  /** Since Node 22.1. */
  readonly enableCompileCache?: (folder: string) => unknown;
}

function compileCacheFolder(): string | undefined {
  try {
    return privateCacheFolder(homedir(), process.getuid?.());
  } catch {
    // Nobody's home.
    return undefined;
  }
}

/**
 * The folder for compiled code: beside what kubectl keeps of servers. Compiled code is code, so there is a folder only where
 * nobody else can have put anything, and only where there is a `.kube` already: a look at nothing shall leave nothing.
 *
 * @param home - the user's home
 * @param user - number of the user; undefined on Windows, where a home is private
 */
export function privateCacheFolder(home: string, user: number | undefined): string | undefined {
  const kube = join(home, ".kube");
  const cache = join(kube, "cache");
  const own = join(cache, "kcfg");
  const isSafe =
    trust(kube, user) === "private" && [cache, own].every((folder) => trust(folder, user) !== "shared");
  return isSafe ? own : undefined;
}

function trust(path: string, user: number | undefined): "missing" | "private" | "shared" {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    return "missing";
  }
  const isPrivate = user === undefined || (stat.uid === user && (stat.mode & WRITABLE_BY_OTHERS) === 0);
  return stat.isDirectory() && isPrivate ? "private" : "shared";
}

const WRITABLE_BY_OTHERS = 0o022;
