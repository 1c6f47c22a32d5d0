import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import type { ChangeContentsOptions } from "./change-contents.ts";
import type { FileChange } from "./config-files.ts";
import { refuseStreams } from "./config-files.ts";
import type { ModeChange, UndoRecord } from "./file-history.ts";
import { fingerprint } from "./file-history.ts";
import { sweepHistory } from "./erase-history.ts";
import {
  keptPath,
  newOperation,
  readHistory,
  readKept,
  recordOperation,
  recordModes,
} from "./history-store.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import { waitForRunningKubectl } from "./running-kubectl.ts";
import { replaceFiles } from "./replace-files.ts";
import { stateFolder } from "./state-folder.ts";
import { refuseForeignWriters } from "./foreign-writers.ts";
import type { OpenFile } from "../host/open-file.ts";

/** The result of {@link undoChange}, or of a dry run. */
export interface UndoResult {
  /** The command that was undone. */
  readonly command: string;
  /** The change of each file. */
  readonly changes: readonly FileChange[];
  /** The restored permission bits. */
  readonly modes: readonly ModeChange[];
}

/** The change to be undone. */
interface UndoPlan extends UndoResult {
  /** The kubeconfigs whose histories have the change, each with its modes. */
  readonly modesByFile: ReadonlyMap<string, readonly ModeChange[]>;
}

/**
 * Restores the previous content of all files of the last change, and the permission bits that it changed. That is a
 * change itself, so it can be undone in turn.
 *
 * @throws Error if there is nothing to undo, or a file has been changed since by another program
 * @throws ConfigLockError or ConfigReadError as `modifyConfig` does
 */
export async function undoChange(
  host: Host,
  access: Pick<ConfigAccess, "loadingPrecedence">,
  {
    lockTimeout,
    dryRun,
    warn = () => undefined,
    trustFolderOwner,
    noun,
  }: Pick<ChangeContentsOptions, "lockTimeout" | "dryRun" | "warn" | "trustFolderOwner" | "noun">,
): Promise<UndoResult> {
  const files = access.loadingPrecedence.filter((file) => file !== "");
  refuseStreams(host, files);
  if (dryRun === true) {
    return planUndo(host, files);
  }
  refuseForeignWriters(host, files, trustFolderOwner);
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn, noun);
  try {
    sweepHistory(host);
    const plan = planUndo(host, files);
    for (const { file } of plan.changes) {
      const refusal = locks.refusals.get(file);
      if (refusal !== undefined) {
        throw refusal;
      }
    }
    const modes = undoLocked(host, plan, warn);
    await waitForRunningKubectl(host);
    return { command: plan.command, changes: plan.changes, modes };
  } finally {
    await locks.release();
  }
}

function undoLocked(
  host: Host,
  { command, changes, modesByFile }: UndoPlan,
  warn: (message: string) => void,
): readonly ModeChange[] {
  const operation = { operation: newOperation(host), command: `undo of ${command}` };
  const recorded = changes.map((change) => ({ file: change.file, change }));
  if (!replaceFiles(host, changes, () => recordOperation(host, operation, recorded, warn))) {
    throw new Error("another program wrote the file just now; nothing was changed");
  }
  const restored: ModeChange[] = [];
  for (const [file, modes] of modesByFile) {
    const done = modes.filter((mode) => restoreMode(host, mode));
    const inverse = done.map(({ path, from, to }) => ({ path, from: to, to: from }));
    recordModes(host, file, inverse, { ...operation, warn });
    restored.push(...done);
  }
  return restored;
}

interface FoundRecord {
  readonly file: string;
  readonly record: UndoRecord;
}

function planUndo(host: Host, files: readonly string[]): UndoPlan {
  const found = files.flatMap((file): readonly FoundRecord[] => {
    const record = lastRecord(host, file);
    return record === undefined ? [] : [{ file, record }];
  });
  const last = found.reduce<UndoRecord | undefined>(
    (latest, { record }) => (latest === undefined || record.operation > latest.operation ? record : latest),
    undefined,
  );
  if (last === undefined) {
    const state = stateFolder(host, { create: false });
    throw new Error(
      state.path === undefined && !state.isMissing
        ? `nothing to undo: kcfg keeps no history: ${state.reason}`
        : `nothing to undo: kcfg has not changed ${files.join(", ")} in the last seven days, or has forgotten it`,
    );
  }
  const chosen = found.filter(({ record }) => record.operation === last.operation);
  const changes = chosen.flatMap(({ file, record }) => planFile(host, file, record));
  const modesByFile = new Map(
    chosen
      .map(({ file, record }) => [file, record.modes.filter((mode) => canRestoreMode(host, mode))] as const)
      .filter(([, modes]) => modes.length > 0),
  );
  const modes = [...modesByFile.values()].flat();
  if (changes.length === 0 && modes.length === 0) {
    throw new Error(
      `cannot undo ${last.command}: the files whose modes it changed have been changed since by something else`,
    );
  }
  return { command: last.command.replace(/^undo of undo of /, ""), changes, modes, modesByFile };
}

/** Returns the last change of a file that happened: a killed kcfg may have recorded one that it did not make. */
function lastRecord(host: Host, file: string): UndoRecord | undefined {
  const { records } = readHistory(host, file);
  if (records.length === 0) {
    return undefined;
  }
  const now = fingerprint(readIfPresent(host, file, KUBECONFIG_LIMIT));
  return (
    records.find(({ text }) => text === undefined || text.before !== now || text.written === now) ??
    records[0]
  );
}

function planFile(host: Host, file: string, { command, text }: UndoRecord): readonly FileChange[] {
  if (text === undefined) {
    return [];
  }
  const before = readIfPresent(host, file, KUBECONFIG_LIMIT);
  if (fingerprint(before) !== text.written) {
    const hint = text.existed ? `; what it held before is in ${keptPath(host, file, text)}` : "";
    throw new ConfigReadError(
      `cannot undo ${command}: ${file} has been changed since by something else${hint}`,
      file,
    );
  }
  return [{ file, before, after: readKept(host, file, text) }];
}

/** All bits of a mode: kcfg never sets a bit of 07000. */
const ALL_BITS = 0o7777;

/** Reports whether {@link restoreMode} would succeed. */
function canRestoreMode(host: Host, change: ModeChange): boolean {
  return withOwnFile(host, change, () => undefined);
}

/**
 * Restores the permission bits of a file: only of a regular file of the user's own that still has the bits that the
 * change gave it, and has no other name, be it a link or not. The file is opened once, then checked and changed.
 *
 * @returns whether it did
 */
function restoreMode(host: Host, change: ModeChange): boolean {
  return withOwnFile(host, change, (file) => file.changeMode(change.from));
}

function withOwnFile(host: Host, { path, to }: ModeChange, use: (file: OpenFile) => void): boolean {
  try {
    const file = host.fs.open(path, { follow: false });
    try {
      const { kind, links, mode, user: owner } = file.stat();
      const user = host.self.user();
      const isOwn = kind === "file" && links === 1 && (user === undefined || owner === user);
      if (!isOwn || (mode & ALL_BITS) !== to) {
        return false;
      }
      use(file);
      return true;
    } finally {
      file.close();
    }
  } catch {
    return false;
  }
}
