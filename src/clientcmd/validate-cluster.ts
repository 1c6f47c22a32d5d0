import { redactUrlPassword } from "../api/redaction.ts";
import type { Cluster } from "../api/cluster.ts";
import { goQuote } from "../go/quote.ts";
import { EmptyClusterError } from "./empty-cluster-error.ts";
import type { OpenFault } from "./open-fault.ts";
import { parseProxyUrl } from "./proxy-url.ts";

/**
 * Returns every fault of a cluster entry, in client-go's words: its `validateClusterInfo`.
 *
 * @param cluster - undefined for one that a context names and that does not exist: it has no server, but does not count
 *   as an empty entry
 * @param openFault - returns why a file cannot be opened
 */
export function validateCluster(
  name: string,
  cluster: Cluster | undefined,
  openFault: OpenFault,
): readonly Error[] {
  if (cluster === undefined) {
    return [new Error(serverFault(name))];
  }
  if (isEmptyCluster(cluster)) {
    return [new EmptyClusterError()];
  }
  const { server, proxyUrl, certificateAuthority, certificateAuthorityData } = cluster;
  const faults: (string | undefined)[] = [];
  if (server === "") {
    faults.push(serverFault(name));
  }
  faults.push(proxyFault(name, proxyUrl));
  if (certificateAuthority !== "" && (certificateAuthorityData?.length ?? 0) > 0) {
    faults.push(
      `certificate-authority-data and certificate-authority are both specified for ${name}. certificate-authority-data will override.`,
    );
  }
  if (certificateAuthority !== "") {
    const fault = openFault(certificateAuthority);
    faults.push(
      fault && `unable to read certificate-authority ${certificateAuthority} for ${name} due to ${fault}`,
    );
  }
  return faults.filter((fault) => fault !== undefined).map((fault) => new Error(fault));
}

function serverFault(name: string): string {
  return name === ""
    ? "default cluster has no server defined"
    : `no server found for cluster ${goQuote(name)}`;
}

function proxyFault(name: string, proxyUrl: string): string | undefined {
  if (proxyUrl === "") {
    return undefined;
  }
  try {
    parseProxyUrl(proxyUrl);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    return `invalid 'proxy-url' ${goQuote(redactUrlPassword(proxyUrl))} for cluster ${goQuote(name)}: ${reason}`;
  }
}

/** Reports whether an entry counts as empty. To client-go, one that came from a file does not, even without fields. */
function isEmptyCluster(cluster: Cluster): boolean {
  return (
    cluster.locationOfOrigin === "" &&
    cluster.server === "" &&
    cluster.tlsServerName === "" &&
    !cluster.insecureSkipTlsVerify &&
    cluster.certificateAuthority === "" &&
    cluster.certificateAuthorityData === undefined &&
    cluster.proxyUrl === "" &&
    !cluster.disableCompression &&
    cluster.extensions.size === 0
  );
}
