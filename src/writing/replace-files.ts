import { ConfigReadError, hasErrno, isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { withOpenFile } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import type { NewModes, StagedFile } from "./atomic-file.ts";
import { stageFile, stageRemoval } from "./atomic-file.ts";
import type { FileChange } from "./config-files.ts";

/** kubectl's modes of new files. */
const NEW_MODES: NewModes = { file: 0o600, folder: 0o755 };

/**
 * Replaces several files: does everything that may fail for lack of space or rights before the first of them changes.
 * If one still cannot be replaced, those before it get their old content back.
 *
 * @param record - called just before the replacement; the function that it returns is called if that fails
 * @returns false, with nothing changed, if a file no longer has the content that the change was made from
 * @throws ConfigReadError that says that nothing was changed, or what was
 */
export function replaceFiles(
  host: Host,
  changes: readonly FileChange[],
  record: () => () => void = () => () => undefined,
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
      staged[i]?.commit();
      done.push(change);
    }
    return true;
  } catch (error) {
    discard(staged);
    const changed = restoreContents(host, done);
    if (changed.length === 0) {
      forget?.();
    }
    throw describeFailure(error, changed);
  }
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
      stage(host, { file, before: after, after: before }).commit();
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
