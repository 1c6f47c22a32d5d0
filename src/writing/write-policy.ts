import type { PluginPolicy } from "../api/plugin-policy.ts";
import { filepathFor } from "../clientcmd/filepath.ts";
import { isFileNotFound, KubercError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { setPolicyInKuberc } from "../kuberc/edit-policy.ts";
import { readFile } from "../loading/file-system.ts";
import { locateKuberc } from "../loading/load-kuberc.ts";
import { writeFileAtomically } from "./atomic-file.ts";

/**
 * Puts a plugin policy into the kuberc that applies, without touching anything else in it. A file that is not there yet
 * is made, for the user alone.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @returns the file
 * @throws KubercError when there is no kuberc to write to, or it cannot be edited with certainty
 * @throws ConfigReadError when it cannot be read or written
 */
export function writePolicy(host: Host, explicitKuberc: string, policy: PluginPolicy): string {
  const location = locateKuberc(host, explicitKuberc);
  if (location === undefined) {
    throw new KubercError("kuberc is turned off by KUBERC or KUBECTL_KUBERC: there is no file to write to");
  }
  const { file } = location;
  const edited = setPolicyInKuberc(readIfPresent(host, file), policy, filepathFor(host));
  writeFileAtomically(host, file, edited, 0o600);
  return file;
}

function readIfPresent(host: Host, file: string): Uint8Array {
  try {
    return readFile(host, file);
  } catch (error) {
    if (isFileNotFound(error)) {
      return new Uint8Array();
    }
    throw error;
  }
}
