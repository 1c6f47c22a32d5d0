import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** An npm package at an exact version, with the registry's integrity of its tarball. */
export interface PinnedPackage {
  readonly package: string;
  readonly integrity: string;
}

/**
 * Returns the bytes of a package's tarball, fetched with `npm pack` into an empty folder and checked.
 *
 * @throws Error when the registry cannot be reached or the integrity does not match
 */
export async function fetchTarball(source: PinnedPackage, folder: string): Promise<Uint8Array> {
  try {
    await promisify(execFile)("npm", [
      "pack",
      source.package,
      "--silent",
      "--ignore-scripts",
      "--pack-destination",
      folder,
    ]);
  } catch (error) {
    const detail = error instanceof Object && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(
      `cannot fetch ${source.package} with "npm pack" (is the npm registry within reach?): ${detail.trim()}`,
      { cause: error },
    );
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new Error(`"npm pack ${source.package}" left ${names.length} tarballs, not one`);
  }
  const bytes = await readFile(join(folder, name));
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (integrity !== source.integrity) {
    throw new Error(`${source.package} is not what was pinned: got ${integrity}, want ${source.integrity}`);
  }
  return bytes;
}

/**
 * Returns a file in a tar archive; undefined when it is not there. Walks the 512-byte headers: the name is at 0, the
 * size in octal at 124.
 */
export function fileInTar(archive: Uint8Array, wanted: string): Uint8Array | undefined {
  const block = 512;
  const text = (from: number, length: number): string =>
    Buffer.from(archive.subarray(from, from + length))
      .toString("latin1")
      .replace(/\0.*$/su, "");
  for (let at = 0; at + block <= archive.length;) {
    const name = text(at, 100);
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    if (name === wanted) {
      return archive.subarray(at + block, at + block + size);
    }
    at += block + Math.ceil(size / block) * block;
  }
  return undefined;
}
