import type { Cluster } from "../api/cluster.ts";
import { redactUrlPassword } from "../api/redaction.ts";
import { newTlsClientConfig } from "../api/rest-config.ts";
import { hostOfServer, serverUrl } from "../clientcmd/server-url.ts";
import type { Hazard, HazardCode } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/** Yields the hazards of how a cluster is reached: without verification, without TLS, through a proxy. */
export function* clusterHazards(name: string, cluster: Cluster): Generator<Hazard> {
  const report = (code: HazardCode, field: string, detail: string): Hazard => ({
    code,
    kind: "cluster",
    name,
    field: [field],
    detail,
  });
  const { server, proxyUrl, insecureSkipTlsVerify } = cluster;
  if (insecureSkipTlsVerify) {
    yield report(
      "unverified-server",
      "insecure-skip-tls-verify",
      `talks to ${quoteShort(redactUrlPassword(server))} without checking who answers`,
    );
  }
  const plainHost = hostWithoutTls(cluster);
  if (plainHost !== undefined) {
    const code = isLoopback(plainHost) ? "local-http" : "plain-http";
    yield report(code, "server", `talks to ${quoteShort(redactUrlPassword(server))} without TLS`);
  }
  if (proxyUrl !== "") {
    const isPlain = !/^https:/i.test(proxyUrl);
    yield report(
      "proxy",
      "proxy-url",
      `sends everything through the proxy ${quoteShort(redactUrlPassword(proxyUrl))}${isPlain ? ", without TLS as far as there" : ""}`,
    );
  }
}

/**
 * Returns the host of a server that is reached by plain HTTP; undefined for TLS, for none, and for an invalid address.
 */
function hostWithoutTls(cluster: Cluster): string | undefined {
  if (cluster.server === "") {
    return undefined;
  }
  try {
    const { scheme, host } = serverUrl({
      host: hostOfServer(cluster.server),
      tls: newTlsClientConfig({
        caFile: cluster.certificateAuthority,
        caData: cluster.certificateAuthorityData,
        insecure: cluster.insecureSkipTlsVerify,
      }),
    });
    return scheme === "https" ? undefined : host;
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?$/i.test(host);
}
