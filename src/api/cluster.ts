import { CLUSTER_FIELDS } from "./fields.ts";
import type { JsonValue } from "./json-value.ts";
import { entryOf } from "./struct.ts";

/** The fields of {@link Cluster}. An empty string, `false` and `undefined` all mean "not set", as in client-go. */
export interface ClusterFields {
  /** The file that this entry was read from; `""` for one that was made in memory. Never written. */
  readonly locationOfOrigin: string;
  /** The address, such as `https://host:6443`. */
  readonly server: string;
  /** The name to check the server's certificate against; `""` for the host of `server`. */
  readonly tlsServerName: string;
  /** Do not check the server's certificate. */
  readonly insecureSkipTlsVerify: boolean;
  /** Path of a PEM file of certificate authorities. */
  readonly certificateAuthority: string;
  /** PEM certificate authorities; take precedence over `certificateAuthority`. */
  readonly certificateAuthorityData: Uint8Array | undefined;
  /** The proxy for all requests: an http, https or socks5 URL; `""` for what the environment says. */
  readonly proxyUrl: string;
  /** Do not ask the server for compressed responses. */
  readonly disableCompression: boolean;
  /** Data of other tools, by name. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

/**
 * A cluster entry of a kubeconfig: how to reach one Kubernetes API server.
 *
 * Inspecting or stringifying one hides passwords in its URLs and the content of its extensions. To change a field, make
 * a copy: `cluster.with({ server })`.
 */
export class Cluster extends entryOf<ClusterFields>(CLUSTER_FIELDS) {}
