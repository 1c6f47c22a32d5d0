import type { PluginPolicy } from "../api/plugin-policy.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { setPolicyInKuberc } from "../kuberc/edit-policy.ts";
import type { KubercEditOptions } from "./edit-kuberc.ts";
import { editKuberc } from "./edit-kuberc.ts";

/**
 * Puts a plugin policy into the kuberc that applies, without touching anything else in it. A file that is not there yet
 * is made, for the user alone.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @returns the file
 * @throws KubercError when there is no kuberc to write to, or it cannot be edited with certainty
 * @throws ConfigLockError when somebody else keeps its lock
 * @throws ConfigReadError when it cannot be read or written
 */
export async function writePolicy(
  host: Host,
  explicitKuberc: string,
  policy: PluginPolicy,
  options: KubercEditOptions = {},
): Promise<string> {
  return await editKuberc(
    host,
    explicitKuberc,
    (data) => setPolicyInKuberc(data, policy, filepathFor(host)),
    options,
  );
}
