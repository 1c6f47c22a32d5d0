import { AuthInfo } from "../api/auth-info.ts";
import { Cluster } from "../api/cluster.ts";
import { newContext } from "../api/config.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import { readUserExtra } from "../clientcmd/flag-values.ts";
import type { GlobalFlags } from "./global-flags.ts";

/** The connection settings of the global flags. */
export interface ConnectionFlags {
  /** The only kubeconfig to use; `""` for those of the environment. */
  readonly explicitPath: string;
  readonly overrides: ConfigOverrides;
}

/**
 * Reads the flags of the connection as kubectl does, with the namespace unchanged. The client config adds the defaults
 * for the cluster. cli-runtime's `ConfigFlags.toRawKubeConfigLoader`.
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
