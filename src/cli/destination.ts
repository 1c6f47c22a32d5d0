import type { Config } from "../api/config.ts";
import { redactUrlPassword } from "../api/redaction.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { encodeBase64 } from "../go/base64.ts";
import { goQuote } from "../go/quote.ts";
import type { WireValue } from "../codec/json/wire-value.ts";
import type { Host } from "../host/host.ts";
import { execClusterInfo } from "../transport/exec-cluster-info.ts";
import type { PersistAuthProvider } from "../transport/oidc-token.ts";
import type { AskedCredential } from "./asked-credential.ts";
import { hasStoredCredential } from "./credential-of.ts";

/** The credential that a client requests, and its known origin. */
export interface CredentialSource {
  /** The effective client configuration of the user. */
  readonly config: RestConfig;
  /** The kubeconfigs, merged. */
  readonly raw: Config;
  /** The names of the entries. */
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
  /** Whether a flag, and not the context, chooses the cluster or the user. */
  readonly isMixed: boolean;
  /** Keeps renewed tokens where the user comes from. */
  readonly persist: PersistAuthProvider;
}

/**
 * Refuses to give a credential plugin's client a credential that may go to another server than the user's kubeconfig
 * says. A kubeconfig that the client uses may name any context of any other kubeconfig, and a server of its own.
 *
 * A client that names its cluster gets a credential for that cluster alone. A stored token or certificate goes only to
 * such a client, and only if context, cluster and user come from one file. The output of a plugin does not need that:
 * the kubeconfig could run the plugin itself.
 *
 * @throws Error that says what differs, or how to let the client name its cluster
 */
export function refuseOtherDestination(host: Host, asked: AskedCredential, source: CredentialSource): void {
  const { cluster } = asked;
  if (cluster !== undefined) {
    refuseOtherCluster(host, cluster, source);
  }
  if (!hasStoredCredential(source.config)) {
    return;
  }
  const user = `the credential of user ${goQuote(source.user)} is stored in a kubeconfig`;
  if (cluster === undefined) {
    throw new Error(
      `${user}, and the client does not say which cluster it is for: add provideClusterInfo: true to the exec plugin that runs kcfg`,
    );
  }
  if (source.isMixed) {
    throw new Error(
      `${user}, and goes to the cluster of its context alone: use --context instead of --cluster and --user`,
    );
  }
  if (!isOfOneFile(source)) {
    throw new Error(
      `${user}, but its context or cluster is in another one: name the kubeconfig that has all three by --kubeconfig`,
    );
  }
}

function isOfOneFile({ raw, context, cluster, user }: CredentialSource): boolean {
  const origins = [
    raw.contexts.get(context)?.locationOfOrigin,
    raw.clusters.get(cluster)?.locationOfOrigin,
    raw.authInfos.get(user)?.locationOfOrigin,
  ];
  return new Set(origins).size === 1;
}

/** The fields of a cluster that determine who receives the credential. */
const DECISIVE = [
  "server",
  "tls-server-name",
  "insecure-skip-tls-verify",
  "certificate-authority-data",
  "proxy-url",
] as const;

function refuseOtherCluster(
  host: Host,
  asked: ReadonlyMap<string, WireValue>,
  { config, context }: CredentialSource,
): void {
  const { server, tlsServerName, insecureSkipTlsVerify, certificateAuthorityData, proxyUrl } =
    execClusterInfo(host, config);
  const own: Readonly<Record<(typeof DECISIVE)[number], string>> = {
    server: withoutSlash(server),
    "tls-server-name": tlsServerName,
    "insecure-skip-tls-verify": insecureSkipTlsVerify ? "true" : "",
    "certificate-authority-data":
      certificateAuthorityData === undefined ? "" : encodeBase64(certificateAuthorityData),
    "proxy-url": proxyUrl,
  };
  for (const field of DECISIVE) {
    const value = textOf(asked.get(field));
    const normal = field === "server" ? withoutSlash(value) : value;
    if (normal !== own[field]) {
      const differs =
        field === "server"
          ? `the client is for the server ${shown(normal)}, and context ${goQuote(context)} for ${shown(own.server)}`
          : `the client's cluster and that of context ${goQuote(context)} differ in ${field}`;
      throw new Error(`no credential is given: ${differs}`);
    }
  }
}

function textOf(value: WireValue | undefined): string {
  return typeof value === "string" ? value : value === true ? "true" : "";
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

function shown(url: string): string {
  return goQuote(redactUrlPassword(url));
}
