import type { Cluster } from "../../api/cluster.ts";

/** The arguments of `set-cluster`; undefined for those that are not given. */
export interface ClusterChanges {
  readonly server: string | undefined;
  readonly tlsServerName: string | undefined;
  /** Also false where it is not given: in kubectl, every change of a cluster makes it secure again. */
  readonly insecureSkipTlsVerify: boolean;
  /** An absolute path; `""` removes it. */
  readonly certificateAuthority: string | undefined;
  /** The content of a file to embed; takes precedence over the path. */
  readonly certificateAuthorityData: Uint8Array | undefined;
  readonly proxyUrl: string | undefined;
}

/**
 * Changes a cluster as `kubectl config set-cluster` does: a server clears the TLS server name, insecure mode clears the
 * authorities, and everything else clears insecure mode.
 */
export function changeCluster(cluster: Cluster, changes: ClusterChanges): Cluster {
  let changed = cluster;
  if (changes.server !== undefined) {
    changed = changed.with({ server: changes.server, tlsServerName: "" });
  }
  if (changes.tlsServerName !== undefined) {
    changed = changed.with({ tlsServerName: changes.tlsServerName });
  }
  changed = changed.with({ insecureSkipTlsVerify: changes.insecureSkipTlsVerify });
  if (changes.insecureSkipTlsVerify) {
    changed = changed.with({ certificateAuthority: "", certificateAuthorityData: undefined });
  }
  if (changes.certificateAuthorityData !== undefined) {
    changed = changed.with({
      certificateAuthorityData: changes.certificateAuthorityData,
      certificateAuthority: "",
      insecureSkipTlsVerify: false,
    });
  } else if (changes.certificateAuthority !== undefined) {
    changed = changed.with({ certificateAuthority: changes.certificateAuthority });
    if (changes.certificateAuthority !== "") {
      changed = changed.with({ certificateAuthorityData: undefined, insecureSkipTlsVerify: false });
    }
  }
  return changes.proxyUrl === undefined ? changed : changed.with({ proxyUrl: changes.proxyUrl });
}
