import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { startTimer } from "../host/long-timer.ts";
import { loadConfig } from "./load.ts";
import type { LoadingRules } from "./loading-rules.ts";

/** Options of {@link watchConfig}. */
export interface WatchConfigOptions {
  /** Ends the iteration when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Receives the error when the files cannot be loaded, such as a partially written file: once, until something changes.
   * The last config stays in effect. It must not throw.
   */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * How often the files are checked when the system reports no change, in milliseconds; default: 5000. Network file
   * systems do not report changes by other machines.
   */
  readonly pollInterval?: number | undefined;
}

const POLL_INTERVAL = 5000;

/** How long nothing must change before files are read, in milliseconds: programs write in several steps. */
const SETTLE_TIME = 100;

/** How often to wait for that in a row: a file that changes constantly is read anyway. */
const MOST_PAUSES = 10;

/**
 * Yields the merged config, and again whenever the files result in a different one: when they are created, changed,
 * deleted or replaced by rename, or when a symbolic link to them changes.
 *
 * @param rules - returns the loading rules; called each time the files are read
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
          const config = loadConfig(host, rules(), decodeConfig);
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

/** Waits until nothing has changed for {@link SETTLE_TIME}. */
async function settle(watcher: FolderWatcher, signal: AbortSignal | undefined): Promise<void> {
  for (let pauses = 0; pauses < MOST_PAUSES; pauses++) {
    await watcher.change(SETTLE_TIME, signal);
    if (!watcher.takeChange()) {
      return;
    }
  }
}

/** Describes the existing files, without reading them, so that two descriptions can be compared. */
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

/** The maximum number of symbolic links that are followed, as on Linux. */
const MOST_LINKS = 40;

/**
 * Returns the folders to watch: those of the files, those of each symbolic link that leads to them, and for a missing
 * folder its nearest existing ancestor.
 */
function foldersOf(host: Host, files: readonly string[]): ReadonlySet<string> {
  const filepath = filepathFor(host);
  const folders = new Set<string>();
  for (const file of files) {
    let path = filepath.isAbs(file) ? file : filepath.join(host.cwd(), file);
    for (let links = 0; links < MOST_LINKS; links++) {
      const folder = nearestFolder(host, filepath.dir(path));
      folders.add(folder);
      // A parent folder may be a symbolic link, as in Kubernetes volumes, where `..data` is replaced.
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

/** Watches folders, as far as the system supports it. */
interface FolderWatcher {
  /** Watches exactly these folders from now on. */
  watch(folders: ReadonlySet<string>): void;
  /** Waits for a change, for some milliseconds at most. */
  change(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Reports whether something has changed since the last call. */
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
            stopTimer();
            signal?.removeEventListener("abort", end);
            wake = undefined;
            resolve();
          };
          const stopTimer = startTimer(milliseconds, end);
          signal?.addEventListener("abort", end);
          wake = end;
        });
      }
    },
    takeChange: () => {
      if (!hasChanged) {
        return false;
      }
      // A folder may have been replaced: the watcher would still watch the old one.
      closeAll();
      hasChanged = false;
      return true;
    },
    close: closeAll,
  };
}
