import { AuthInfo } from "../api/auth-info.ts";
import { Cluster } from "../api/cluster.ts";
import { newContext } from "../api/config.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import { readUserExtra } from "../clientcmd/flag-values.ts";
import type { GlobalFlags } from "./global-flags.ts";

/** What the global flags say about the connection. */
export interface ConnectionFlags {
  /** The kubeconfig to use, and none other; `""` for what the environment says. */
  readonly explicitPath: string;
  readonly overrides: ConfigOverrides;
}

/**
 * Reads the flags about the connection as kubectl does, which takes the namespace as it is. The defaults for the cluster
 * are left to the client config. cli-runtime's `ConfigFlags.toRawKubeConfigLoader`.
 */
export function connectionFlags(flags: GlobalFlags): ConnectionFlags {
  return {
    explicitPath: flags.kubeconfig,
    overrides: new ConfigOverrides({
      authInfo: new AuthInfo({
        clientCertificate: flags.clientCertificate,
        clientKey: flags.clientKey,
        token: flags.token,
        impersonate: flags.as,
        impersonateUid: flags.asUid,
        impersonateGroups: flags.asGroup,
        impersonateUserExtra: readUserExtra(flags.asUserExtra),
        username: flags.username,
        password: flags.password,
      }),
      cluster: new Cluster({
        server: flags.server,
        tlsServerName: flags.tlsServerName,
        certificateAuthority: flags.certificateAuthority,
        insecureSkipTlsVerify: flags.insecureSkipTlsVerify,
        disableCompression: flags.disableCompression,
      }),
      context: newContext({ cluster: flags.cluster, authInfo: flags.user, namespace: flags.namespace }),
      currentContext: flags.context,
      timeout: flags.requestTimeout,
    }),
  };
}
