import { chosenAuthInfoName } from "../clientcmd/chosen-entries.ts";
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
    const access = clientConfig.configAccess();
    if (access === undefined) {
      return;
    }
    const { overrides } = connectionFlags(flags);
    const choice = { config: clientConfig.rawConfig(), contextName: "", overrides };
    // Loaded lazily: hardly any run renews a token.
    const { persisterForUser } = await import("../writing/persister-for-user.ts");
    const keep = persisterForUser(host, access, chosenAuthInfoName(choice).name, {
      warn: (warning) => streams.err.sayLine(`warning: ${warning}`),
    });
    await keep(settings);
  };
}
