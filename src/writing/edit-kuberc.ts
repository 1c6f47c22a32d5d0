import { KubercError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { locateKuberc } from "../loading/load-kuberc.ts";
import { KUBERC_LIMIT } from "../loading/size-limits.ts";
import { changeContents } from "./change-contents.ts";
import type { FileChange } from "./config-files.ts";
import type { ModifyOptions } from "./modify-config.ts";

/** The result of {@link editKuberc}, or of a dry run. */
export interface KubercEdit {
  /** The kuberc. */
  readonly file: string;
  /** Its old and new content; none if that is the same. */
  readonly changes: readonly FileChange[];
}

/**
 * Edits the kuberc in effect, with the same locks and undo history as a kubeconfig. Creates a missing file, for the
 * user alone.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @param edit - returns the new content for the old; the old is empty if there is no file. May be called more than once
 * @throws KubercError when there is no kuberc to write to
 * @throws ConfigLockError when another process keeps its lock
 * @throws ConfigReadError when it cannot be read or written; it is then unchanged
 */
export async function editKuberc(
  host: Host,
  explicitKuberc: string,
  edit: (data: Uint8Array) => Uint8Array,
  options: Omit<ModifyOptions, "relativizePaths"> = {},
): Promise<KubercEdit> {
  const file = kubercToEdit(host, explicitKuberc);
  const plan = (): readonly FileChange[] => {
    const before = readIfPresent(host, file, KUBERC_LIMIT);
    const after = edit(before ?? new Uint8Array());
    return before !== undefined && Buffer.compare(before, after) === 0 ? [] : [{ file, before, after }];
  };
  // An edit that is refused makes neither a folder nor a lock.
  plan();
  const changes = await changeContents(host, [file], plan, {
    ...options,
    noun: "kuberc",
    newFolderMode: 0o700,
  });
  return { file, changes };
}

/** Finds the kuberc in effect. @throws KubercError if the environment turns it off */
export function kubercToEdit(host: Host, explicitKuberc: string): string {
  const location = locateKuberc(host, explicitKuberc);
  if (location === undefined) {
    throw new KubercError("kuberc is turned off by KUBERC or KUBECTL_KUBERC: there is no file to write to");
  }
  return location.file;
}
