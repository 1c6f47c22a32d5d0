import type { Host } from "../host/host.ts";
import type { FileChange } from "./config-files.ts";
import { refuseStreams } from "./config-files.ts";
import { newOperation } from "./history-store.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { outlastOtherEditors } from "./other-editors.ts";
import { replaceLocked } from "./replace-locked.ts";
import { refuseStrangers } from "./strangers.ts";

/** How {@link changeTexts} is to work. */
export interface ChangeTextsOptions extends Omit<ModifyOptions, "relativizePaths"> {
  /** The operation that the change is a part of, from `newOperation`; default: one of its own. */
  readonly operation?: string | undefined;
}

/**
 * Changes the texts of kubeconfigs, with the same locks and the same memory for `undo` as `modifyConfig`: for changes
 * that a Config cannot express.
 *
 * @param files - all that the change may look at
 * @param plan - called while the files are locked; perhaps more than once
 * @returns what was changed, or would be
 * @throws ConfigLockError, ConfigReadError as `modifyConfig` does
 */
export async function changeTexts(
  host: Host,
  files: readonly string[],
  plan: () => readonly FileChange[],
  { dryRun, lockTimeout, warn = () => undefined, backupAs, trustFolderOwner, operation }: ChangeTextsOptions,
): Promise<readonly FileChange[]> {
  refuseStreams(host, files);
  if (dryRun === true) {
    return plan();
  }
  refuseStrangers(host, files, trustFolderOwner);
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn);
  try {
    const { changes } = replaceLocked(
      host,
      locks,
      () => ({ changes: plan() }),
      backupAs === undefined
        ? undefined
        : { operation: operation ?? newOperation(host), command: backupAs, warn },
    );
    if (changes.length > 0) {
      await outlastOtherEditors(host);
    }
    return changes;
  } finally {
    await locks.release();
  }
}
