import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { loadConfig } from "./load.ts";
import type { LoadingRules } from "./loading-rules.ts";

/** How {@link watchConfig} watches. */
export interface WatchConfigOptions {
  /** Ends the iteration when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Receives the error when the files cannot be loaded, such as a file that is half written: once, until something
   * changes. The last config remains good. It must not throw.
   */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * How often the files are looked at when the system reports nothing, in milliseconds; default: 5000. Network file
   * systems report no changes that other machines make.
   */
  readonly pollInterval?: number | undefined;
}

const POLL_INTERVAL = 5000;

/** Node's timers overflow beyond this, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How long nothing must change before files are read, in milliseconds: programs write in several steps. */
const SETTLE_TIME = 100;

/** How often that is waited for in a row: a file that changes all the time is read as it is. */
const MOST_PAUSES = 10;

/**
 * Yields the merged config, and again whenever the files have given another one: when they come, change, go, are replaced
 * by rename, or are reached through symbolic links that change.
 *
 * @param rules - returns the rules, each time that the files are read
 */
export async function* watchConfig(
  host: Host,
  rules: () => LoadingRules,
  { signal, onError = () => undefined, pollInterval = POLL_INTERVAL }: WatchConfigOptions,
): AsyncGenerator<Config, void, undefined> {
  const watcher = folderWatcher(host);
  let last: Config | undefined;
  let lastFault = "";
  let seen: string | undefined;
  try {
    while (!isAborted(signal)) {
      const files = filesOf(rules());
      watcher.watch(foldersOf(host, files));
      const facts = factsOf(host, files);
      const hasChanged = watcher.takeChange();
      if (hasChanged || facts !== seen) {
        if (seen !== undefined) {
          await settle(watcher, signal);
        }
        seen = factsOf(host, files);
        try {
          const config = loadConfig(host, rules());
          lastFault = "";
          if (!isDeepStrictEqual(config, last)) {
            last = config;
            yield config;
          }
        } catch (error) {
          const fault = error instanceof Error ? error : new Error(String(error));
          if (fault.message !== lastFault) {
            lastFault = fault.message;
            onError(fault);
          }
        }
      } else {
        await watcher.change(pollInterval, signal);
      }
    }
  } finally {
    watcher.close();
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function filesOf({ explicitPath, precedence }: LoadingRules): readonly string[] {
  return explicitPath === "" ? precedence.filter((file) => file !== "") : [explicitPath];
}

/** Waits until nothing has changed for a moment. */
async function settle(watcher: FolderWatcher, signal: AbortSignal | undefined): Promise<void> {
  for (let pauses = 0; pauses < MOST_PAUSES; pauses++) {
    await watcher.change(SETTLE_TIME, signal);
    if (!watcher.takeChange()) {
      return;
    }
  }
}

/** Describes which files there are now, without reading them. */
function factsOf(host: Host, files: readonly string[]): string {
  return files
    .map((file) => {
      try {
        const { identity, size, modified } = host.fs.stat(file);
        return `${identity} ${size} ${modified} ${host.fs.realPath(file)}`;
      } catch {
        return "";
      }
    })
    .join("\n");
}

/** How many links in a row are followed, as on Linux. */
const MOST_LINKS = 40;

/**
 * Returns the folders in which something must happen for the files to change: those of the files, of each link that leads
 * to them, and for folders that are missing the nearest one that exists.
 */
function foldersOf(host: Host, files: readonly string[]): ReadonlySet<string> {
  const filepath = filepathFor(host);
  const folders = new Set<string>();
  for (const file of files) {
    let path = filepath.isAbs(file) ? file : filepath.join(host.cwd(), file);
    for (let links = 0; links < MOST_LINKS; links++) {
      const folder = nearestFolder(host, filepath.dir(path));
      folders.add(folder);
      // A folder on the way may be a link, as in volumes of Kubernetes: `..data` is exchanged.
      const next = linkTarget(host, path) ?? linkTarget(host, folder);
      if (next === undefined) {
        break;
      }
      path = next;
    }
  }
  return folders;
}

function nearestFolder(host: Host, folder: string): string {
  const parent = filepathFor(host).dir(folder);
  try {
    return host.fs.stat(folder).isDirectory || parent === folder ? folder : nearestFolder(host, parent);
  } catch {
    return parent === folder ? folder : nearestFolder(host, parent);
  }
}

function linkTarget(host: Host, path: string): string | undefined {
  const filepath = filepathFor(host);
  try {
    const target = host.fs.lookAt(path).isSymbolicLink ? host.fs.readLink(path) : undefined;
    return target === undefined || filepath.isAbs(target)
      ? target
      : filepath.join(filepath.dir(path), target);
  } catch {
    return undefined;
  }
}

/** Watches folders, as far as the system can. */
interface FolderWatcher {
  /** Watches exactly these folders from now on. */
  watch(folders: ReadonlySet<string>): void;
  /** Waits for a change, for some milliseconds at most. */
  change(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Reports whether something has changed since it was asked last. */
  takeChange(): boolean;
  close(): void;
}

function folderWatcher(host: Host): FolderWatcher {
  const watched = new Map<string, () => void>();
  let hasChanged = false;
  let wake: (() => void) | undefined;
  const onChange = (): void => {
    hasChanged = true;
    wake?.();
  };
  const stop = (folder: string): void => {
    watched.get(folder)?.();
    watched.delete(folder);
  };
  const closeAll = (): void => {
    for (const folder of watched.keys()) {
      stop(folder);
    }
  };
  return {
    watch: (folders) => {
      for (const folder of watched.keys()) {
        if (!folders.has(folder)) {
          stop(folder);
        }
      }
      for (const folder of folders) {
        if (!watched.has(folder)) {
          const end = host.fs.watch?.(folder, (isOver) => {
            if (isOver) {
              stop(folder);
            }
            onChange();
          });
          if (end !== undefined) {
            watched.set(folder, end);
          }
        }
      }
    },
    change: async (milliseconds, signal) => {
      if (!hasChanged && !isAborted(signal)) {
        await new Promise<void>((resolve) => {
          const end = (): void => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", end);
            wake = undefined;
            resolve();
          };
          const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER));
          signal?.addEventListener("abort", end);
          wake = end;
        });
      }
    },
    takeChange: () => {
      if (!hasChanged) {
        return false;
      }
      // A folder may have been replaced: then the old one was watched.
      closeAll();
      hasChanged = false;
      return true;
    },
    close: closeAll,
  };
}
