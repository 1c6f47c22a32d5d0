import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCli } from "./build-parts.mjs";
import { tarGz } from "./tar.mjs";

/**
 * Makes the files for krew: kubectl-kcfg.tar.gz, the CLI with its dependencies, and kcfg.yaml, the manifest for krew's
 * index, from .krew.yaml.
 *
 *     node scripts/krew.mjs REPOSITORY-URL [FOLDER, or release/]
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const [repository, release = join(root, "release")] = process.argv.slice(2);
if (!repository?.startsWith("https://")) {
  throw new Error("usage: node scripts/krew.mjs https://HOST/OWNER/REPOSITORY [FOLDER]");
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const archive = tarGz(await filesOfArchive());
const sha256 = createHash("sha256").update(archive).digest("hex");
const manifest = readFileSync(join(root, ".krew.yaml"), "utf8").replaceAll(
  /^#.*\n|\{\{(version|repository|sha256)\}\}/gm,
  (_match, name) => ({ version, repository, sha256 })[name] ?? "",
);

mkdirSync(release, { recursive: true });
writeFileSync(join(release, "kubectl-kcfg.tar.gz"), archive);
writeFileSync(join(release, "kcfg.yaml"), manifest);

/** Returns all files of the archive by name, each with its data and mode. */
async function filesOfArchive() {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-krew-"));
  try {
    await buildCli({ outdir: folder });
    const files = new Map([["LICENSE", { data: readFileSync(join(root, "LICENSE")), mode: 0o644 }]]);
    const licences = [];
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).split(sep).join("/");
      const [, dependency] = /^parts\/(.+)\.LICENSE$/.exec(name) ?? [];
      if (dependency !== undefined) {
        const text = readFileSync(path, "utf8").trim();
        licences.push(`${dependency}\n${"=".repeat(dependency.length)}\n\n${text}\n`);
      } else if (entry.isFile()) {
        files.set(name, { data: readFileSync(path), mode: name === "bin.cjs" ? 0o755 : 0o644 });
      }
    }
    // Bundled code needs its licence. Folders are listed in no portable order, so sort.
    const text = licences.toSorted().join("\n\n");
    return files.set("THIRD-PARTY-LICENSES", { data: Buffer.from(text), mode: 0o644 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
