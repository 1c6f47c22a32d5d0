import { randomBytes } from "node:crypto";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { describeErrno } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import type { FileChange } from "./config-files.ts";
import type { FileHistory, ModeChange, TextRecord, UndoRecord } from "./file-history.ts";
import {
  commandName,
  fingerprint,
  isExpired,
  keptName,
  MOST_RECORDS,
  parseHistory,
  writeHistory,
} from "./file-history.ts";
import {
  HISTORY_LIMIT,
  historyPath,
  KEPT_NAME,
  keptPathIn,
  historyKey,
  realPathOf,
} from "./history-paths.ts";
import { sweepIn } from "./erase-history.ts";
import { readStateFile, StateFileError, stateFolder, writeStateFile } from "./state-folder.ts";

/** How much old content of one file is kept in addition to the newest, in bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/** The bits of a mode that `undo` restores. */
const PERMISSIONS = 0o777;

const NOTHING: FileHistory = { previousContext: undefined, records: [] };

/** A history that kcfg did not write. */
export class DamagedHistoryError extends Error {
  /** What is wrong with it, without any of its content. */
  readonly reason: string;

  constructor(file: string, reason: string) {
    super(`the undo history of ${file} is damaged: ${reason}; \`kcfg undo --forget\` erases it`);
    this.reason = reason;
  }
}

/**
 * Reads the history of a kubeconfig; empty where the state folder cannot be used, or there is none.
 *
 * @throws DamagedHistoryError
 */
export function readHistory(host: Host, file: string): FileHistory {
  const { path: folder } = stateFolder(host, { create: false });
  return folder === undefined ? NOTHING : readHistoryIn(host, folder, file);
}

function readHistoryIn(host: Host, folder: string, file: string): FileHistory {
  const real = realPathOf(host, file);
  try {
    const data = readStateFile(host, historyPath(host, folder, real), HISTORY_LIMIT);
    if (data === undefined) {
      return NOTHING;
    }
    const history = parseHistory(data, real);
    return { ...history, records: history.records.filter(({ time }) => !isExpired(time, host.now())) };
  } catch (error) {
    throw error instanceof StateFileError ? new DamagedHistoryError(file, error.message) : error;
  }
}

/** Returns the path of the old content of a change. */
export function keptPath(host: Host, file: string, { kept }: TextRecord): string {
  const { path: folder } = stateFolder(host, { create: false });
  return folder === undefined ? "" : keptPathIn(host, folder, realPathOf(host, file), kept);
}

/**
 * Reads the content of a file before a change; undefined if there was no file.
 *
 * @throws DamagedHistoryError if it is missing or has been changed
 */
export function readKept(host: Host, file: string, record: TextRecord): Uint8Array | undefined {
  if (!record.existed) {
    return undefined;
  }
  let data: Uint8Array | undefined;
  try {
    data = readStateFile(host, keptPath(host, file, record), KUBECONFIG_LIMIT);
  } catch (error) {
    throw error instanceof StateFileError ? new DamagedHistoryError(file, error.message) : error;
  }
  if (data === undefined || fingerprint(data) !== record.before) {
    throw new DamagedHistoryError(file, "the content that it is about is missing or has been changed");
  }
  return data;
}

/** An operation to be recorded. */
export interface Operation {
  /** See {@link newOperation}. */
  readonly operation: string;
  /** The command that makes it, without its values. */
  readonly command: string;
}

let count = 0;

/** Makes the name of an operation that begins now. */
export function newOperation(host: Host): string {
  count += 1;
  const serial = String(count).padStart(6, "0");
  return `${new Date(host.now()).toISOString()} ${host.self.machine()} ${host.self.pid} ${serial}`;
}

/** The change of one kubeconfig to be recorded. */
export interface RecordedChange {
  readonly file: string;
  /** The change of its content; undefined if it stays. */
  readonly change?: FileChange | undefined;
  readonly modes?: readonly ModeChange[] | undefined;
  /** The context that is no longer current. */
  readonly previousContext?: string | undefined;
}

/**
 * Records an operation that is about to happen, in the histories of the files that it changes. If that is not possible,
 * the operation goes on: the user is warned, once, that `undo` will not know of it.
 *
 * @returns a function that removes the records, for an operation that failed; undefined if nothing was recorded
 */
export function recordOperation(
  host: Host,
  operation: Operation,
  recorded: readonly RecordedChange[],
  warn: (message: string) => void,
): (() => void) | undefined {
  if (recorded.length === 0) {
    return undefined;
  }
  const { path: folder, ...why } = stateFolder(host, { create: true });
  if (folder === undefined) {
    warn(`warning: kcfg undo will not know of this change: ${"reason" in why ? why.reason : ""}`);
    return undefined;
  }
  const reverts: (() => void)[] = [];
  try {
    for (const recordedChange of recorded) {
      reverts.push(recordOne(host, folder, operation, recordedChange, warn));
    }
  } catch (error) {
    warn(`warning: kcfg undo will not know of this change: ${folder}: ${describeErrno(error)}`);
    reverts
      .splice(0)
      .toReversed()
      .forEach((revert) => revert());
    return undefined;
  } finally {
    sweepIn(host, folder);
  }
  return () => reverts.toReversed().forEach((revert) => revert());
}

/**
 * Records changes of the permission bits of files, in the history of the related kubeconfig, so that `undo` can revert
 * them. Best called before the changes: `undo` ignores those that did not happen.
 *
 * @param operation - the same as for the related change of content, which `undo` then reverts together with it
 */
export function recordModes(
  host: Host,
  file: string,
  modes: readonly ModeChange[],
  { warn, ...operation }: Operation & { readonly warn: (message: string) => void },
): void {
  const bits = modes.map(({ path, from, to }) => ({ path, from: from & PERMISSIONS, to: to & PERMISSIONS }));
  recordOperation(host, operation, modes.length === 0 ? [] : [{ file, modes: bits }], warn);
}

function recordOne(
  host: Host,
  folder: string,
  operation: Operation,
  { file, change, modes = [], previousContext }: RecordedChange,
  warn: (message: string) => void,
): () => void {
  const real = realPathOf(host, file);
  const path = historyPath(host, folder, real);
  const old = historyOrWarning(host, folder, file, warn);
  const time = host.now();
  const text = change === undefined ? undefined : textRecord(change, time);
  const [last, ...earlier] = old.records;
  const record: UndoRecord = { ...operation, command: commandName(operation.command), time, text, modes };
  const records =
    last !== undefined && last.operation === operation.operation && text === undefined
      ? [{ ...last, modes: [...last.modes, ...modes] }, ...earlier]
      : [record, ...old.records];
  const next = fitting(real, { previousContext: previousContext ?? old.previousContext, records });
  const before = historyBytes(host, path);
  if (text?.existed === true && change?.before !== undefined) {
    writeStateFile(host, keptPathIn(host, folder, real, text.kept), change.before);
  }
  writeStateFile(host, path, writeHistory(real, next));
  dropUnused(host, folder, real, next);
  return () => {
    try {
      if (before === undefined) {
        host.fs.remove(path);
      } else {
        writeStateFile(host, path, before);
      }
      if (text?.existed === true) {
        host.fs.remove(keptPathIn(host, folder, real, text.kept));
      }
    } catch {
      // undo ignores a record of a change that did not happen.
    }
  };
}

/** Erases old contents without a record. */
function dropUnused(host: Host, folder: string, real: string, { records }: FileHistory): void {
  const key = historyKey(real);
  const used = new Set(records.map(({ text }) => `${key}.${text?.kept ?? ""}.old`));
  for (const name of host.fs.list(folder)) {
    if (name.startsWith(`${key}.`) && KEPT_NAME.test(name) && !used.has(name)) {
      host.fs.remove(filepathFor(host).join(folder, name));
    }
  }
}

function historyOrWarning(
  host: Host,
  folder: string,
  file: string,
  warn: (message: string) => void,
): FileHistory {
  try {
    return readHistoryIn(host, folder, file);
  } catch (error) {
    if (error instanceof DamagedHistoryError) {
      warn(`warning: the undo history of ${file} was damaged, and begins anew: ${error.reason}`);
      return NOTHING;
    }
    throw error;
  }
}

/** Reads the history's bytes, even if it is damaged. */
function historyBytes(host: Host, path: string): Uint8Array | undefined {
  try {
    return readStateFile(host, path, HISTORY_LIMIT);
  } catch {
    return undefined;
  }
}

function textRecord({ before, after }: FileChange, time: number): TextRecord {
  const existed = before !== undefined;
  return {
    existed,
    kept: existed ? keptName(time, randomBytes(8).toString("hex")) : "",
    before: fingerprint(before),
    size: before?.length ?? 0,
    written: fingerprint(after),
  };
}

/** Limits a history to as many of the newest records as may be kept. */
function fitting(real: string, history: FileHistory): FileHistory {
  const records: UndoRecord[] = [];
  let kept = 0;
  for (const record of history.records.slice(0, MOST_RECORDS)) {
    kept += records.length === 0 ? 0 : (record.text?.size ?? 0);
    if (kept > MOST_KEPT) {
      break;
    }
    records.push(record);
  }
  for (;;) {
    const fit = { ...history, records };
    if (records.length === 0 || writeHistory(real, fit).length <= HISTORY_LIMIT) {
      return fit;
    }
    records.pop();
  }
}
