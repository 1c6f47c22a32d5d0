import type { Host } from "./host.ts";

/** The variable in which a client asks its credential plugin. Clients set it last, so that no kubeconfig can unset it. */
export const EXEC_INFO = "KUBERNETES_EXEC_INFO";

/**
 * Reports whether a client has started this process as its credential plugin, or a plugin has: then arguments and
 * environment may come from a kubeconfig that nobody has looked at. An empty variable counts.
 */
export function isCredentialPlugin({ env }: Pick<Host, "env">): boolean {
  return env[EXEC_INFO] !== undefined;
}
