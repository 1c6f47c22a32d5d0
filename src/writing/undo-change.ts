import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import type { ChangeContentsOptions } from "./change-contents.ts";
import type { FileChange } from "./config-files.ts";
import { refuseStreams } from "./config-files.ts";
import type { ModeChange, UndoRecord } from "./file-history.ts";
import { distinctFiles } from "./history-paths.ts";
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

/** Options of {@link undoChange}. */
export interface UndoOptions extends Pick<
  ChangeContentsOptions,
  "lockTimeout" | "dryRun" | "warn" | "trustFolderOwner" | "noun"
> {
  /** How many changes are undone, as `listChanges` counts them; default: 1, the last one. */
  readonly steps?: number | undefined;
}

/**
 * Restores the previous content of all files of the last changes, and the permission bits that they changed. That is a
 * change itself, so it can be undone in turn.
 *
 * @throws Error if there is nothing to undo, or a file has been changed since by another program
 * @throws ConfigLockError or ConfigReadError as `modifyConfig` does
 */
export async function undoChange(
  host: Host,
  access: Pick<ConfigAccess, "loadingPrecedence">,
  { lockTimeout, dryRun, warn = () => undefined, trustFolderOwner, noun, steps = 1 }: UndoOptions,
): Promise<UndoResult> {
  const files = distinctFiles(host, access.loadingPrecedence);
  refuseStreams(host, files);
  if (dryRun === true) {
    return planUndo(host, files, steps);
  }
  refuseForeignWriters(host, files, trustFolderOwner);
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn, noun);
  try {
    sweepHistory(host);
    const plan = planUndo(host, files, steps);
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
  const record = (): (() => void) | undefined => recordOperation(host, operation, recorded, warn);
  if (!replaceFiles(host, changes, { record, backUp: () => undefined, note: warn })) {
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

/** A change of one or several files at once. */
export interface ListedChange {
  /** The command that made it, without its values. */
  readonly command: string;
  /** When it was made, in milliseconds since 1970. */
  readonly time: number;
  readonly files: readonly string[];
  /** Whether it can be undone: not if another program has changed one of the files since. */
  readonly isPossible: boolean;
}

/** Lists the changes that can be undone, newest first: undoing N of them restores what was there before the Nth. */
export function listChanges(
  host: Host,
  access: Pick<ConfigAccess, "loadingPrecedence">,
): readonly ListedChange[] {
  const files = distinctFiles(host, access.loadingPrecedence);
  refuseStreams(host, files);
  // What each file must hold for the next change to be undone.
  const contents = new Map(files.map((file) => [file, fingerprint(contentOf(host, file))]));
  let isPossible = true;
  return operationsOf(host, files).map((found) => {
    for (const { file, record } of found) {
      if (record.text !== undefined) {
        isPossible &&= record.text.written === contents.get(file);
        contents.set(file, record.text.before);
      }
    }
    const [{ record: { command, time } } = NO_RECORD] = found;
    return { command, time, files: found.map(({ file }) => file), isPossible };
  });
}

const NO_RECORD = { record: { command: "", time: 0 } };

/** Returns the recorded changes of some files, newest first, each with the records of its files. */
function operationsOf(host: Host, files: readonly string[]): readonly (readonly FoundRecord[])[] {
  const operations = new Map<string, FoundRecord[]>();
  for (const file of files) {
    for (const record of recordsOf(host, file)) {
      const found = operations.get(record.operation) ?? [];
      operations.set(record.operation, found);
      found.push({ file, record });
    }
  }
  return [...operations]
    .toSorted(([one], [other]) => (one < other ? 1 : one > other ? -1 : 0))
    .map(([, found]) => found);
}

function planUndo(host: Host, files: readonly string[], steps: number): UndoPlan {
  const operations = operationsOf(host, files);
  const chosen = operations.slice(0, steps);
  const last = chosen[0]?.[0]?.record;
  if (last === undefined) {
    const state = stateFolder(host, { create: false });
    throw new Error(
      state.path === undefined && !state.isMissing
        ? `nothing to undo: kcfg keeps no history: ${state.reason}`
        : `nothing to undo: kcfg has not changed ${files.join(", ")} in the last seven days, or has forgotten it`,
    );
  }
  if (chosen.length < steps) {
    throw new Error(
      `there ${operations.length === 1 ? "is only 1 change" : `are only ${operations.length} changes`} to undo; --list shows ${operations.length === 1 ? "it" : "them"}`,
    );
  }
  const command = steps === 1 ? last.command : `${steps} changes`;
  const changes = files.flatMap((file) => planFile(host, file, recordsIn(chosen, file), command));
  const modesByFile = new Map(
    files
      .map((file) => {
        const modes = joinModes(recordsIn(chosen, file).flatMap((record) => record.modes.toReversed()));
        return [file, modes.filter((mode) => canRestoreMode(host, mode))] as const;
      })
      .filter(([, modes]) => modes.length > 0),
  );
  const modes = [...modesByFile.values()].flat();
  if (changes.length === 0 && modes.length === 0) {
    throw new Error(
      chosen.flat().some(({ record }) => record.text !== undefined)
        ? `nothing to undo: everything is as it was before the last ${command} already`
        : `cannot undo ${command}: the files whose modes it changed have been changed since by something else`,
    );
  }
  return { command: command.replace(/^undo of undo of /, ""), changes, modes, modesByFile };
}

function recordsIn(chosen: readonly (readonly FoundRecord[])[], file: string): readonly UndoRecord[] {
  return chosen.flatMap((found) => found.filter((each) => each.file === file).map(({ record }) => record));
}

/**
 * Returns the changes of a file that happened, newest first: a killed kcfg may have recorded one that it did not make.
 */
function recordsOf(host: Host, file: string): readonly UndoRecord[] {
  const { records } = readHistory(host, file);
  if (records.length === 0) {
    return [];
  }
  const now = fingerprint(contentOf(host, file));
  const last = records.findIndex(
    ({ text }) => text === undefined || text.before !== now || text.written === now,
  );
  return last === -1 ? records : records.slice(last);
}

function contentOf(host: Host, file: string): Uint8Array | undefined {
  return readIfPresent(host, file, KUBECONFIG_LIMIT);
}

/**
 * Plans the change of a file's content back to what it was before some changes.
 *
 * @param records - newest first
 */
function planFile(
  host: Host,
  file: string,
  records: readonly UndoRecord[],
  command: string,
): readonly FileChange[] {
  const texts = records.flatMap(({ text }) => text ?? []);
  const oldest = texts.at(-1);
  if (oldest === undefined) {
    return [];
  }
  const before = contentOf(host, file);
  let content = fingerprint(before);
  for (const text of texts) {
    if (content !== text.written) {
      const hint = text.existed ? `; what it held before is in ${keptPath(host, file, text)}` : "";
      throw new ConfigReadError(
        `cannot undo ${command}: ${file} has been changed since by something else${hint}`,
        file,
      );
    }
    content = text.before;
  }
  return content === fingerprint(before) ? [] : [{ file, before, after: readKept(host, file, oldest) }];
}

/** Joins the changes of each file's mode, newest first, to one. */
function joinModes(modes: readonly ModeChange[]): readonly ModeChange[] {
  const joined = new Map<string, ModeChange>();
  for (const mode of modes) {
    joined.set(mode.path, { ...mode, to: joined.get(mode.path)?.to ?? mode.to });
  }
  return [...joined.values()];
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
