import { filepathFor } from "../go/filepath.ts";
import { KubercError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readIfPresent, statIfPossible } from "../loading/file-system.ts";
import { locateKuberc } from "../loading/load-kuberc.ts";
import { KUBERC_LIMIT } from "../loading/size-limits.ts";
import type { FileChange } from "./config-files.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { replaceLocked } from "./replace-locked.ts";
import { refuseStrangers } from "./strangers.ts";

/** How {@link editKuberc} is to work. */
export type KubercEditOptions = Pick<ModifyOptions, "lockTimeout" | "trustFolderOwner" | "warn">;

/**
 * Replaces the kuberc that applies by an edited one, in one step, while it is locked, so that no change of another kcfg
 * is lost. A file that is not there yet is made, for the user alone.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @param edit - gives the new content from the old; the old is empty if there is no file. Called perhaps more than once
 * @returns the file
 * @throws KubercError when there is no kuberc to write to
 * @throws ConfigLockError when somebody else keeps its lock
 * @throws ConfigReadError when it cannot be read or written; it is as it was then
 */
export async function editKuberc(
  host: Host,
  explicitKuberc: string,
  edit: (data: Uint8Array) => Uint8Array,
  { lockTimeout, trustFolderOwner, warn = () => undefined }: KubercEditOptions = {},
): Promise<string> {
  const location = locateKuberc(host, explicitKuberc);
  if (location === undefined) {
    throw new KubercError("kuberc is turned off by KUBERC or KUBECTL_KUBERC: there is no file to write to");
  }
  const { file } = location;
  const plan = (): { readonly changes: readonly FileChange[] } => {
    const before = readIfPresent(host, file, KUBERC_LIMIT);
    return { changes: [{ file, before, after: edit(before ?? new Uint8Array()) }] };
  };
  // An edit that is refused makes neither a folder nor a lock.
  plan();
  refuseStrangers(host, [file], trustFolderOwner);
  prepareFolder(host, file);
  const locks = await lockFiles(host, [file], lockTimeout ?? DEFAULT_LOCK_TIMEOUT, warn, "kuberc");
  try {
    replaceLocked(host, locks, plan, undefined);
  } finally {
    await locks.release();
  }
  return file;
}

function prepareFolder(host: Host, file: string): void {
  const folder = filepathFor(host).dir(file);
  if (statIfPossible(host, folder) === undefined) {
    try {
      host.fs.createDirectory(folder, 0o700);
    } catch {
      // The lock cannot be made either, and its error says why.
    }
  }
}
