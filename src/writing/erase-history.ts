import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { isExpired, parseHistory, RETENTION, writeHistory } from "./file-history.ts";
import {
  HISTORY_LIMIT,
  HISTORY_NAME,
  KEPT_NAME,
  distinctFiles,
  NAMESPACES_NAME,
  historyKey,
  realPathOf,
} from "./history-paths.ts";
import {
  isLeftTemporary,
  readStateFile,
  StateFileError,
  stateFolder,
  writeStateFile,
} from "./state-folder.ts";

/**
 * Erases the undo history of kubeconfigs: their earlier contents, the records of changes, and the previous context.
 *
 * @param files - undefined for all kubeconfigs
 * @returns the files of which something was erased; for all, the folder
 * @throws Error that says why the state folder cannot be used
 */
export function forgetHistory(
  host: Host,
  files: readonly string[] | undefined,
  { dryRun = false }: { readonly dryRun?: boolean | undefined } = {},
): readonly string[] {
  const state = stateFolder(host, { create: false });
  if (state.path === undefined) {
    if (state.isMissing) {
      return [];
    }
    throw new Error(`the undo history is not used, and was not erased: ${state.reason}`);
  }
  const folder = state.path;
  const names = namesIn(host, folder);
  const erase = (matches: (name: string) => boolean): boolean => {
    const chosen = names.filter(matches);
    if (!dryRun) {
      chosen.forEach((name) => host.fs.remove(filepathFor(host).join(folder, name)));
    }
    return chosen.length > 0;
  };
  if (files === undefined) {
    return erase(() => true) ? [folder] : [];
  }
  return distinctFiles(host, files).filter((file) => {
    const key = historyKey(realPathOf(host, file));
    return erase((name) => name.startsWith(`${key}.`));
  });
}

const STORED_NAMES = [HISTORY_NAME, KEPT_NAME, NAMESPACES_NAME];

function namesIn(host: Host, folder: string): readonly string[] {
  return host.fs.list(folder).filter((name) => STORED_NAMES.some((pattern) => pattern.test(name)));
}

/** Erases expired history of all kubeconfigs, and leftovers. */
export function sweepHistory(host: Host): void {
  const { path: folder } = stateFolder(host, { create: false });
  if (folder !== undefined) {
    sweepIn(host, folder);
  }
}

export function sweepIn(host: Host, folder: string): void {
  try {
    for (const name of host.fs.list(folder)) {
      sweepName(host, folder, name);
    }
  } catch {
    // The next command tries again.
  }
}

function sweepName(host: Host, folder: string, name: string): void {
  const path = filepathFor(host).join(folder, name);
  const time = KEPT_NAME.exec(name)?.groups?.["time"];
  if (time !== undefined) {
    if (isExpired(Number.parseInt(time, 36), host.now())) {
      host.fs.remove(path);
    }
  } else if (HISTORY_NAME.test(name)) {
    if (host.now() - host.fs.lookAt(path).modified > RETENTION) {
      trim(host, path);
    }
  } else if (isLeftTemporary(host, folder, name)) {
    host.fs.remove(path);
  }
}

/** Trims a history whose changes have all expired: only the previous context is kept. */
function trim(host: Host, path: string): void {
  const history = storedHistory(host, path);
  // The file system's clock may differ.
  if (history?.records.some(({ time }) => !isExpired(time, host.now())) === true) {
    return;
  }
  if (history?.previousContext === undefined) {
    host.fs.remove(path);
  } else if (history.records.length > 0) {
    writeStateFile(host, path, writeHistory(history.file, { ...history, records: [] }));
  }
}

function storedHistory(host: Host, path: string): ReturnType<typeof parseHistory> | undefined {
  try {
    const data = readStateFile(host, path, HISTORY_LIMIT);
    return data === undefined ? undefined : parseHistory(data);
  } catch (error) {
    if (error instanceof StateFileError) {
      return undefined;
    }
    throw error;
  }
}
