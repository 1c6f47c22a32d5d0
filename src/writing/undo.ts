import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import type { FileChange } from "./config-files.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import { refuseStreams } from "./config-files.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { outlastOtherEditors } from "./other-editors.ts";
import { replaceFiles } from "./replace-files.ts";
import type { UndoRecord } from "./side-files.ts";
import { backupPath, fingerprint, newOperation, readState, sideChanges } from "./side-files.ts";

/** What {@link undoChange} did, or would do. */
export interface UndoResult {
  /** The command that was undone. */
  readonly command: string;
  /** What became of each file. */
  readonly changes: readonly FileChange[];
}

/**
 * Gives all files that the last change touched their previous content back. That is a change itself, so that it can be
 * undone in turn.
 *
 * @throws Error if there is nothing to undo, or a file has been changed since by something else
 * @throws ConfigLockError or ConfigReadError as `modifyConfig` does
 */
export async function undoChange(
  host: Host,
  access: ConfigAccess,
  { lockTimeout, dryRun, warn }: Pick<ModifyOptions, "lockTimeout" | "dryRun" | "warn">,
): Promise<UndoResult> {
  const files = access.loadingPrecedence.filter((file) => file !== "");
  refuseStreams(host, files);
  if (dryRun === true) {
    return planUndo(host, files);
  }
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn ?? (() => undefined));
  try {
    const result = planUndo(host, files);
    const operation = { operation: newOperation(host), command: `undo of ${result.command}` };
    const sides = result.changes.flatMap((change) => sideChanges(host, change, operation, undefined));
    for (const { file } of result.changes) {
      const refusal = locks.refusals.get(file);
      if (refusal !== undefined) {
        throw refusal;
      }
    }
    if (!replaceFiles(host, [...sides, ...result.changes])) {
      throw new Error("another program wrote the file just now; nothing was changed");
    }
    await outlastOtherEditors(host);
    return result;
  } finally {
    await locks.release();
  }
}

function planUndo(host: Host, files: readonly string[]): UndoResult {
  const records = files.flatMap((file): readonly { readonly file: string; readonly undo: UndoRecord }[] => {
    const { undo } = readState(host, file);
    return undo === undefined ? [] : [{ file, undo }];
  });
  const last = records.reduce<UndoRecord | undefined>(
    (latest, { undo }) => (latest === undefined || undo.operation > latest.operation ? undo : latest),
    undefined,
  );
  if (last === undefined) {
    throw new Error(`nothing to undo: kcfg has not changed ${files.join(", ")} yet`);
  }
  const changes = records
    .filter(({ undo }) => undo.operation === last.operation)
    .map(({ file, undo }) => planFile(host, file, undo));
  return { command: last.command.replace(/^undo of undo of /, ""), changes };
}

function planFile(host: Host, file: string, undo: UndoRecord): FileChange {
  const before = readIfPresent(host, file, KUBECONFIG_LIMIT);
  if (fingerprint(before) !== undo.written) {
    throw new ConfigReadError(
      `cannot undo ${undo.command}: ${file} has been changed since by something else; its previous content is in ${backupPath(host, file)}`,
      file,
    );
  }
  const backup = readIfPresent(host, backupPath(host, file), KUBECONFIG_LIMIT);
  if (fingerprint(backup) !== undo.backup) {
    throw new ConfigReadError(
      `cannot undo ${undo.command}: ${backupPath(host, file)} is not what kcfg put there`,
      file,
    );
  }
  return { file, before, after: undo.existed ? backup : undefined };
}
