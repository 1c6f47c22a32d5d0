import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { StagedFile } from "./atomic-file.ts";
import { removeFile, stageFile } from "./atomic-file.ts";
import type { FileChange } from "./config-files.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";

/** As kubectl makes them. */
const NEW_MODES = { file: 0o600, folder: 0o755 };

/** A change of one of the files that stand beside a kubeconfig. */
export interface BesideChange extends FileChange {
  /** The kubeconfig, whose owner it gets. */
  readonly beside: string;
}

/**
 * Replaces several files: everything that may fail for want of space or rights is done before the first of them changes.
 * If one cannot be replaced even so, those before it get their old content back.
 *
 * @returns false, with nothing changed, if a file has no longer the content that the change was made from
 * @throws ConfigReadError that says that nothing was changed, or what was
 */
export function replaceFiles(host: Host, changes: readonly (FileChange | BesideChange)[]): boolean {
  const staged: StagedFile[] = [];
  const done: FileChange[] = [];
  try {
    for (const change of changes) {
      staged.push(stage(host, change));
    }
    if (changes.some(({ file, before }) => !isSame(readIfPresent(host, file, KUBECONFIG_LIMIT), before))) {
      discard(staged);
      return false;
    }
    for (const [i, change] of changes.entries()) {
      staged[i]?.commit();
      done.push(change);
    }
    return true;
  } catch (error) {
    discard(staged);
    throw describeFailure(error, takeBack(host, done));
  }
}

function stage(host: Host, change: FileChange | BesideChange): StagedFile {
  const { file, after } = change;
  return after === undefined
    ? { commit: () => removeFile(host, file), discard: () => undefined }
    : stageFile(host, file, after, NEW_MODES, "beside" in change ? change.beside : undefined);
}

function discard(staged: readonly StagedFile[]): void {
  for (const each of staged) {
    each.discard();
  }
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0;
}

/** Gives files their old content back; the result are those where that failed. */
function takeBack(host: Host, done: readonly FileChange[]): readonly string[] {
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
