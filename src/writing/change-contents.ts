import type { Host } from "../host/host.ts";
import type { FileChange } from "./config-files.ts";
import { prepareFolder, refuseStreams } from "./config-files.ts";
import { newOperation } from "./history-store.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { waitForRunningKubectl } from "./running-kubectl.ts";
import { replaceLocked } from "./replace-locked.ts";
import { refuseForeignWriters } from "./foreign-writers.ts";

/** Options of {@link changeContents}. */
export interface ChangeContentsOptions extends Omit<ModifyOptions, "relativizePaths"> {
  /** The operation that the change belongs to, from `newOperation`; default: one of its own. */
  readonly operation?: string | undefined;
  /** The kind of the files; default: kubeconfigs. */
  readonly noun?: "kubeconfig" | "kuberc" | undefined;
  /** The mode of the folders of new files; default: no folder is made. */
  readonly newFolderMode?: number | undefined;
}

/**
 * Changes the content of kubeconfigs or of a kuberc, with the same locks and undo history as `modifyConfig`: for
 * changes that a Config cannot express.
 *
 * @param files - all that the change may read
 * @param plan - called while the files are locked; perhaps more than once
 * @returns what was changed, or would be
 * @throws ConfigLockError, ConfigReadError as `modifyConfig` does
 */
export async function changeContents(
  host: Host,
  files: readonly string[],
  plan: () => readonly FileChange[],
  options: ChangeContentsOptions,
): Promise<readonly FileChange[]> {
  const { dryRun, lockTimeout, warn = () => undefined, backupAs, trustFolderOwner } = options;
  refuseStreams(host, files);
  if (dryRun === true) {
    return plan();
  }
  refuseForeignWriters(host, files, trustFolderOwner);
  const { newFolderMode } = options;
  if (newFolderMode !== undefined) {
    files.forEach((file) => prepareFolder(host, file, newFolderMode));
  }
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn, options.noun);
  try {
    const { changes } = replaceLocked(
      host,
      locks,
      () => ({ changes: plan() }),
      backupAs === undefined
        ? undefined
        : { operation: options.operation ?? newOperation(host), command: backupAs, warn },
      warn,
    );
    if (changes.length > 0) {
      await waitForRunningKubectl(host);
    }
    return changes;
  } finally {
    await locks.release();
  }
}
