import { ConfigReadError, hasErrno, isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { withOpenFile } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import type { NewModes, StagedFile } from "./atomic-file.ts";
import { PartialWriteError, stageFile, stageRemoval } from "./atomic-file.ts";
import type { FileChange } from "./config-files.ts";

/** kubectl's modes of new files. */
const NEW_MODES: NewModes = { file: 0o600, folder: 0o755 };

/** Records a change for `undo`. Returns a function that removes the record; undefined if nothing was recorded. */
export type RecordChange = () => (() => void) | undefined;

/** What happens around a replacement. */
export interface ReplaceOptions {
  /** Called just before the replacement; the function that it returns is called if that fails. */
  readonly record: RecordChange;
  /** Called before a file is written in place, if `record` recorded nothing. */
  readonly backUp: RecordChange;
  /** Receives a note about each file that was written in place. */
  readonly note: (message: string) => void;
}

/**
 * Replaces several files: does everything that may fail for lack of space or rights before the first of them changes.
 * If one still cannot be replaced, those before it get their old content back. A file that cannot be replaced but
 * written, because it is mounted by itself or belongs to another user, is written in place once its old content is
 * kept.
 *
 * @returns false, with nothing changed, if a file no longer has the content that the change was made from
 * @throws ConfigReadError that says that nothing was changed, or what was
 */
export function replaceFiles(
  host: Host,
  changes: readonly FileChange[],
  { record, backUp, note }: ReplaceOptions,
): boolean {
  const staged: StagedFile[] = [];
  const done: FileChange[] = [];
  let forget: (() => void) | undefined;
  try {
    for (const change of changes) {
      staged.push(stage(host, change));
    }
    if (!changes.every(({ before }, at) => holds(host, staged[at]?.target ?? "", before))) {
      discard(staged);
      return false;
    }
    forget = record();
    for (const [i, change] of changes.entries()) {
      const obstacle = staged[i]?.commit();
      if (obstacle !== undefined) {
        forget ??= backUp();
        writeInPlace(staged[i], change, obstacle, forget !== undefined);
        note(
          `note: ${change.file} was written in place, since ${obstacle}; kcfg undo has what it held before`,
        );
      }
      done.push(change);
    }
    return true;
  } catch (error) {
    discard(staged);
    const changed = restoreContents(host, done);
    if (error instanceof PartialWriteError) {
      throw error;
    }
    if (changed.length === 0) {
      forget?.();
    }
    throw describeFailure(error, changed);
  }
}

function writeInPlace(
  staged: StagedFile | undefined,
  { file, before }: FileChange,
  obstacle: string,
  isKept: boolean,
): void {
  if (!isKept || before === undefined) {
    throw new ConfigReadError(
      `open ${file}: ${obstacle}, so it can only be written in place, and there is no place to keep what it holds`,
      file,
    );
  }
  staged?.writeInPlace(before);
}

function stage(host: Host, { file, after }: FileChange): StagedFile {
  return after === undefined ? stageRemoval(host, file) : stageFile(host, file, after, NEW_MODES);
}

/** Reports whether the file to be replaced, and not what its name may lead to by now, has a content. */
function holds(host: Host, target: string, content: Uint8Array | undefined): boolean {
  try {
    const now = withOpenFile(host, target, { follow: false }, (file) => file.read(KUBECONFIG_LIMIT));
    return content !== undefined && Buffer.compare(now, content) === 0;
  } catch (error) {
    if (isFileNotFound(error)) {
      return content === undefined;
    }
    if (error instanceof ConfigReadError && hasErrno(error.cause, "ELOOP")) {
      return false;
    }
    throw error;
  }
}

function discard(staged: readonly StagedFile[]): void {
  for (const each of staged) {
    each.discard();
  }
}

/** Restores the old content of files; returns those where that failed. */
function restoreContents(host: Host, done: readonly FileChange[]): readonly string[] {
  return done.toReversed().flatMap(({ file, before, after }) => {
    try {
      const staged = stage(host, { file, before: after, after: before });
      if (staged.commit() !== undefined) {
        staged.writeInPlace(after ?? new Uint8Array());
      }
      return [];
    } catch {
      return [file];
    }
  });
}

function describeFailure(error: unknown, changed: readonly string[]): unknown {
  if (!(error instanceof ConfigReadError)) {
    return error;
  }
  const rest =
    changed.length === 0 ? "nothing was changed" : `these files were changed before: ${changed.join(", ")}`;
  return new ConfigReadError(`${error.message}; ${rest}`, error.file, error.cause);
}
