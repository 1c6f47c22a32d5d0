import type { Host } from "../host/host.ts";
import type { FileChange } from "./config-files.ts";
import { refuseStreams } from "./config-files.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { outlastOtherEditors } from "./other-editors.ts";
import { replaceLocked } from "./replace-locked.ts";
import { newOperation, sideChanges } from "./side-files.ts";

/**
 * Changes the texts of kubeconfigs, with the same locks and backups as `modifyConfig`: for changes that a Config cannot
 * express.
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
  { dryRun, lockTimeout, warn, backupAs }: Omit<ModifyOptions, "relativizePaths">,
): Promise<readonly FileChange[]> {
  refuseStreams(host, files);
  if (dryRun === true) {
    return plan();
  }
  const locks = await lockFiles(host, files, lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn ?? (() => undefined));
  try {
    const { changes } = replaceLocked(host, locks, () => {
      const planned = plan();
      return { changes: planned, sides: backupAs === undefined ? [] : backups(host, planned, backupAs) };
    });
    if (changes.length > 0) {
      await outlastOtherEditors(host);
    }
    return changes;
  } finally {
    await locks.release();
  }
}

function backups(host: Host, changes: readonly FileChange[], command: string): readonly FileChange[] {
  const operation = { operation: newOperation(host), command };
  return changes.flatMap((change) => sideChanges(host, change, operation, undefined));
}
