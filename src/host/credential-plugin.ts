import type { Host } from "./host.ts";

/**
 * The variable by which a client passes its request to a credential plugin. Clients set it last, so no kubeconfig can
 * unset it.
 */
export const EXEC_INFO = "KUBERNETES_EXEC_INFO";

/**
 * Reports whether a client, or another plugin, has started this process as a credential plugin: then arguments and
 * environment may come from a kubeconfig that nobody has reviewed. An empty variable counts.
 */
export function isCredentialPlugin({ env }: Pick<Host, "env">): boolean {
  return env[EXEC_INFO] !== undefined;
}
