import type { ExecClusterInfo } from "../api/exec-credential.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { formatGoUrl } from "../go/url.ts";
import { parseProxyUrl } from "../clientcmd/proxy-url.ts";
import { ConfigReadError, ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";

/**
 * Returns the cluster information that a plugin receives. client-go's `ConfigToExecCluster`.
 *
 * @throws ConnectionError for a CA file that cannot be read
 */
export function execClusterInfo(host: Host, config: RestConfig): ExecClusterInfo {
  const { tls } = config;
  return {
    server: config.host,
    tlsServerName: tls.serverName,
    insecureSkipTlsVerify: tls.insecure,
    certificateAuthorityData: authorities(host, config),
    proxyUrl: config.proxyUrl === "" ? "" : formatGoUrl(parseProxyUrl(config.proxyUrl)),
    disableCompression: config.disableCompression,
    config: config.execClusterConfig,
  };
}

function authorities(host: Host, { tls }: RestConfig): Uint8Array | undefined {
  if ((tls.caData !== undefined && tls.caData.length > 0) || tls.caFile === "") {
    return tls.caData;
  }
  try {
    return readFile(host, tls.caFile, CREDENTIAL_LIMIT);
  } catch (error) {
    if (error instanceof ConfigReadError) {
      throw new ConnectionError(`failed to load CA bundle for execProvider: ${error.message}`);
    }
    throw error;
  }
}
