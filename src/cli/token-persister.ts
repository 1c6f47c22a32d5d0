import type { Host } from "../host/host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import type { PersistAuthProvider } from "../transport/oidc-token.ts";
import { connectionFlags } from "./connection-flags.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";

/** Returns what writes the renewed tokens of the chosen user's auth-provider to the kubeconfig, as kubectl does. */
export function tokenPersister(
  host: Host,
  streams: IOStreams,
  clientConfig: ClientConfig,
  flags: GlobalFlags,
): PersistAuthProvider {
  return async (settings) => {
    // Loaded lazily: hardly any run renews a token.
    const { persistForChosenUser } = await import("../writing/persister-for-user.ts");
    await persistForChosenUser(host, clientConfig, connectionFlags(flags).overrides, settings, {
      warn: (warning) => streams.err.sayLine(`warning: ${warning}`),
    });
  };
}
