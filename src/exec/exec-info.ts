import type { ExecClusterInfo } from "../api/exec-credential.ts";
import { REDACTED, redactUrlPassword, withCustomInspect } from "../api/redaction.ts";
import { newTlsClientConfig, RestConfig } from "../api/rest-config.ts";
import { decodeExecInfo } from "../codec/exec-credential/decode-exec-info.ts";
import { ExecCredentialError } from "../codec/exec-credential/decode-exec-credential.ts";
import { ExecPluginError } from "../errors.ts";
import { formatGoUrl, parseGoUrl } from "../go/url.ts";
import { GoUrlError } from "../go/url-escape.ts";
import { EXEC_INFO } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";

/** What a client asks its credential plugin. */
export interface ExecInfo {
  /** The version in which to answer: `client.authentication.k8s.io/v1`. */
  readonly apiVersion: string;
  /** Whether the plugin is given standard input, so that it may ask the user. */
  readonly interactive: boolean;
  /** The cluster that the credential is for, with its extension `client.authentication.k8s.io/exec` as `config`; undefined unless the user entry has `provideClusterInfo: true`. */
  readonly cluster: ExecClusterInfo | undefined;
  /** How to reach that cluster, anonymously, for `connect`; undefined without a cluster. */
  readonly restConfig: RestConfig | undefined;
}

/** An {@link ExecInfo} with a cluster. */
export interface ExecInfoWithCluster extends ExecInfo {
  readonly cluster: ExecClusterInfo;
  readonly restConfig: RestConfig;
}

/**
 * Reads an ExecCredential that a client gives its plugin.
 *
 * @throws ExecPluginError in the words of client-go's `LoadExecCredential`
 */
export function readExecInfo(data: string | Uint8Array): ExecInfo {
  try {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const { apiVersion, interactive, cluster } = decodeExecInfo(bytes);
    return {
      apiVersion,
      interactive,
      cluster: cluster && withCustomInspect(cluster, () => redactCluster(cluster)),
      restConfig: cluster && execClusterToConfig(cluster),
    };
  } catch (error) {
    throw error instanceof ExecCredentialError ? new ExecPluginError(error.message) : error;
  }
}

/**
 * Reads KUBERNETES_EXEC_INFO as {@link readExecInfo}.
 *
 * @throws ExecPluginError in client-go's words, also when it is not set
 */
export function execInfoFromEnv({ env }: Host): ExecInfo {
  const text = env[EXEC_INFO] ?? "";
  if (text === "") {
    throw new ExecPluginError(`${EXEC_INFO} env var is unset or empty`);
  }
  return readExecInfo(text);
}

/**
 * Returns an info that must have a cluster.
 *
 * @throws ExecPluginError in client-go's words when it has none
 */
export function withCluster(info: ExecInfo): ExecInfoWithCluster {
  const { cluster, restConfig } = info;
  if (cluster === undefined || restConfig === undefined) {
    throw new ExecPluginError("ExecCredential does not contain cluster information");
  }
  return { ...info, cluster, restConfig };
}

function redactCluster(cluster: ExecClusterInfo): ExecClusterInfo {
  return {
    ...cluster,
    server: redactUrlPassword(cluster.server),
    proxyUrl: redactUrlPassword(cluster.proxyUrl),
    config: cluster.config && REDACTED,
  };
}

/** Makes the anonymous config of a cluster. client-go's `rest.ExecClusterToConfig`. */
function execClusterToConfig(cluster: ExecClusterInfo): RestConfig {
  return new RestConfig({
    host: cluster.server,
    tls: newTlsClientConfig({
      insecure: cluster.insecureSkipTlsVerify,
      serverName: cluster.tlsServerName,
      caData: cluster.certificateAuthorityData,
    }),
    proxyUrl: checkedProxyUrl(cluster.proxyUrl),
    disableCompression: cluster.disableCompression,
  });
}

function checkedProxyUrl(text: string): string {
  if (text === "") {
    return "";
  }
  try {
    return formatGoUrl(parseGoUrl(text));
  } catch (error) {
    // Go's message also repeats the URL, which may have a password.
    throw error instanceof GoUrlError
      ? new ExecPluginError(`cannot create rest.Config: cannot parse proxy URL: ${error.message}`)
      : error;
  }
}
