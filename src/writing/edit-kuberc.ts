import { KubercError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { locateKuberc } from "../loading/load-kuberc.ts";
import { KUBERC_LIMIT } from "../loading/size-limits.ts";
import { writeFileAtomically } from "./atomic-file.ts";

/**
 * Replaces the kuberc that applies by an edited one, in one step. A file that is not there yet is made, for the user
 * alone.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @param edit - gives the new content from the old; the old is empty if there is no file
 * @returns the file
 * @throws KubercError when there is no kuberc to write to
 * @throws ConfigReadError when it cannot be read or written; it is as it was then
 */
export function editKuberc(
  host: Host,
  explicitKuberc: string,
  edit: (data: Uint8Array) => Uint8Array,
): string {
  const location = locateKuberc(host, explicitKuberc);
  if (location === undefined) {
    throw new KubercError("kuberc is turned off by KUBERC or KUBECTL_KUBERC: there is no file to write to");
  }
  const { file } = location;
  writeFileAtomically(host, file, edit(readIfPresent(host, file, KUBERC_LIMIT) ?? new Uint8Array()), 0o600);
  return file;
}
