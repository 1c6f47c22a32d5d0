import type { Config } from "../../api/config.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import { KcfgError } from "../../errors.ts";
import { filepathFor } from "../../go/filepath.ts";
import { compareGoStrings } from "../../go/order.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { describeErrno } from "../../loading/file-system.ts";
import { homeDir } from "../../loading/home-dir.ts";
import { loadConfigFromFile } from "../../loading/load.ts";
import { globTest } from "../glob.ts";

/** Kubeconfigs that were found, in their order, and what to report. */
export interface UsableKubeconfigs {
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds the kubeconfigs of some places: folders, files and patterns. Files that kubectl could not use, or that have no
 * entries, are left out with a note; names that several files define differently get one.
 *
 * @throws Error for a place that does not exist
 */
export function findKubeconfigs(host: Host, places: readonly string[]): UsableKubeconfigs {
  const notes: string[] = [];
  const usable = new Map<string, Config>();
  for (const file of new Set(places.flatMap((place) => filesAt(host, place)))) {
    const found = readKubeconfig(host, file);
    if (typeof found === "string") {
      notes.push(`skipped ${goQuote(file)}: ${found}`);
    } else {
      usable.set(file, found);
    }
  }
  return { files: [...usable.keys()], notes: [...notes, ...clashesIn(usable)] };
}

/** Returns the files of a folder without hidden ones, those that match a pattern, or one file. */
function filesAt(host: Host, place: string): readonly string[] {
  const filepath = filepathFor(host);
  const expanded = place.startsWith("~/") ? filepath.join(homeDir(host), place.slice(2)) : place;
  const path = filepath.isAbs(expanded) ? filepath.clean(expanded) : filepath.join(host.cwd(), expanded);
  const kind = kindOf(host, path);
  if (kind === "folder") {
    return listed(host, path).map((name) => filepath.join(path, name));
  }
  if (kind === "file") {
    return [path];
  }
  const matches = matching(host, path);
  if (matches.length === 0) {
    throw new Error(`there is no file or folder ${goQuote(place)}`);
  }
  return matches.filter((each) => kindOf(host, each) !== "folder");
}

/** Returns what a pattern matches, each of its names by itself. */
function matching(host: Host, pattern: string): readonly string[] {
  const filepath = filepathFor(host);
  const { separator } = filepath;
  const [root = "", ...names] = pattern.split(separator);
  let found: readonly string[] = [`${root}${separator}`];
  for (const name of names) {
    if (!/[*?[]/.test(name)) {
      found = found.map((folder) => filepath.join(folder, name));
      continue;
    }
    const test = globTest(separator === "\\" ? name.replaceAll("\\", "\\\\") : name);
    found = found.flatMap((folder) =>
      (kindOf(host, folder) === "folder" ? listed(host, folder) : [])
        .filter(test)
        .map((each) => filepath.join(folder, each)),
    );
  }
  return found.filter((each) => kindOf(host, each) !== undefined);
}

/** Lists a folder as shells do: sorted, without names that begin with a dot. */
function listed(host: Host, folder: string): readonly string[] {
  return host.fs
    .list(folder)
    .filter((name) => !name.startsWith(".") && !name.endsWith("~"))
    .toSorted(compareGoStrings);
}

function kindOf(host: Host, path: string): "file" | "folder" | undefined {
  try {
    return host.fs.stat(path).isDirectory ? "folder" : "file";
  } catch {
    return undefined;
  }
}

/** Reads a kubeconfig, or returns why it is of no use. */
function readKubeconfig(host: Host, file: string): Config | string {
  const separator = host.platform === "win32" ? ";" : ":";
  if (file.includes(separator)) {
    return `KUBECONFIG cannot hold a name with a ${goQuote(separator)}`;
  }
  try {
    const { isFile, isDirectory } = host.fs.stat(file);
    if (!isFile) {
      return isDirectory ? "it is a folder" : "it is no regular file";
    }
    const config = loadConfigFromFile(host, file, decodeConfigWithoutData);
    const count = config.clusters.size + config.contexts.size + config.authInfos.size;
    return count === 0 ? "it has no clusters, users or contexts" : config;
  } catch (error) {
    // The note names the file already.
    return error instanceof KcfgError
      ? error.message.replace(/^error loading config file "(?:[^"\\]|\\.)*": /, "")
      : describeErrno(error);
  }
}

const KINDS = [
  ["context", "contexts"],
  ["cluster", "clusters"],
  ["user", "authInfos"],
] as const;

/** Reports the names that several files define differently: the first counts. */
function clashesIn(configs: ReadonlyMap<string, Config>): readonly string[] {
  const notes: string[] = [];
  for (const [kind, field] of KINDS) {
    const first = new Map<string, readonly [file: string, entry: string]>();
    for (const [file, config] of configs) {
      for (const [name, entry] of config[field]) {
        const shown = comparable(entry);
        const before = first.get(name);
        if (before === undefined) {
          first.set(name, [file, shown]);
        } else if (before[1] !== shown) {
          notes.push(
            `${kind} ${goQuote(name)} is in ${goQuote(before[0])} and in ${goQuote(file)}, which differ: that of the first counts`,
          );
        }
      }
    }
  }
  return notes;
}

/** Returns a string that is the same for equal entries, wherever they are. It is compared, and never shown. */
function comparable(entry: object): string {
  return JSON.stringify(Object.entries({ ...entry, locationOfOrigin: "" }), (_key, value: unknown) =>
    value instanceof Map ? [...value] : value instanceof Uint8Array ? [...value] : value,
  );
}
