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
import { HISTORY_LIMIT, historyPath, KEPT_NAME, keptPathIn, keyOf, realPathOf } from "./history-paths.ts";
import { sweepIn } from "./erase-history.ts";
import { readStateFile, StateFileError, stateFolder, writeStateFile } from "./state-folder.ts";

/** How much old content of one file is kept in addition to the newest, in bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/** The bits of a mode that `undo` gives back. */
const PERMISSIONS = 0o777;

const NOTHING: FileHistory = { previousContext: undefined, records: [] };

/** A history that is not what kcfg wrote. */
export class DamagedHistoryError extends Error {
  /** What is wrong with it; holds no string of it. */
  readonly reason: string;

  constructor(file: string, reason: string) {
    super(`the undo history of ${file} is damaged: ${reason}; \`kcfg undo --forget\` erases it`);
    this.reason = reason;
  }
}

/**
 * Reads what kcfg remembers of a kubeconfig: nothing where the state folder cannot be used, or nothing was remembered.
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

/** Returns where the old content of a change is kept. */
export function keptPath(host: Host, file: string, { kept }: TextRecord): string {
  const { path: folder } = stateFolder(host, { create: false });
  return folder === undefined ? "" : keptPathIn(host, folder, realPathOf(host, file), kept);
}

/**
 * Reads what a file held before a change; undefined if there was no file.
 *
 * @throws DamagedHistoryError if that is not there any more, or is something else
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

/** An operation that is to be remembered. */
export interface Operation {
  /** See {@link newOperation}. */
  readonly operation: string;
  /** The command that makes it, without its values. */
  readonly command: string;
}

let count = 0;

/** Returns the name of an operation that begins now. */
export function newOperation(host: Host): string {
  count += 1;
  const serial = String(count).padStart(6, "0");
  return `${new Date(host.now()).toISOString()} ${host.self.machine()} ${host.self.pid} ${serial}`;
}

/** What is to be remembered of one kubeconfig. */
export interface Memorable {
  readonly file: string;
  /** What becomes of its content; undefined if it stays. */
  readonly change?: FileChange | undefined;
  readonly modes?: readonly ModeChange[] | undefined;
  /** The context that is current no more. */
  readonly previousContext?: string | undefined;
}

/**
 * Remembers an operation that is about to happen, in the histories of the files that it changes. Where that is not
 * possible, the operation is not to be stopped: the user is warned, once, that `undo` will not know of it.
 *
 * @returns forgets it again, for an operation that failed
 */
export function remember(
  host: Host,
  operation: Operation,
  memorables: readonly Memorable[],
  warn: (message: string) => void,
): () => void {
  if (memorables.length === 0) {
    return () => undefined;
  }
  const { path: folder, ...why } = stateFolder(host, { create: true });
  if (folder === undefined) {
    warn(`warning: kcfg undo will not know of this change: ${"reason" in why ? why.reason : ""}`);
    return () => undefined;
  }
  const reverts: (() => void)[] = [];
  try {
    for (const memorable of memorables) {
      reverts.push(rememberOne(host, folder, operation, memorable, warn));
    }
  } catch (error) {
    warn(`warning: kcfg undo will not know of this change: ${folder}: ${describeErrno(error)}`);
    reverts
      .splice(0)
      .toReversed()
      .forEach((revert) => revert());
  }
  sweepIn(host, folder);
  return () => reverts.toReversed().forEach((revert) => revert());
}

/**
 * Remembers changes of the permission bits of files, in the history of the kubeconfig for whose sake they are made;
 * `undo` takes them back. Best called before they are made: what did not come to pass, `undo` passes over.
 *
 * @param operation - the same as for a change of strings that goes with it, which `undo` then undoes at once with it
 */
export function rememberModes(
  host: Host,
  file: string,
  modes: readonly ModeChange[],
  { warn, ...operation }: Operation & { readonly warn: (message: string) => void },
): void {
  const bits = modes.map(({ path, from, to }) => ({ path, from: from & PERMISSIONS, to: to & PERMISSIONS }));
  remember(host, operation, modes.length === 0 ? [] : [{ file, modes: bits }], warn);
}

function rememberOne(
  host: Host,
  folder: string,
  operation: Operation,
  { file, change, modes = [], previousContext }: Memorable,
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
      // A record of what did not happen is passed over by undo.
    }
  };
}

/** Erases the old contents that no record is about any more. */
function dropUnused(host: Host, folder: string, real: string, { records }: FileHistory): void {
  const key = keyOf(real);
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

/** Returns what can be read, however damaged. */
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

/** Returns a history with as many of the newest records as may be kept. */
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
