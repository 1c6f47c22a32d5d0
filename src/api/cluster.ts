import { emptyMap } from "./empty-map.ts";
import type { JsonValue } from "./json-value.ts";
import { INSPECT, REDACTED, redactUrlPassword } from "./redaction.ts";

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
export class Cluster implements ClusterFields {
  readonly locationOfOrigin: string;
  readonly server: string;
  readonly tlsServerName: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly certificateAuthority: string;
  readonly certificateAuthorityData: Uint8Array | undefined;
  readonly proxyUrl: string;
  readonly disableCompression: boolean;
  readonly extensions: ReadonlyMap<string, JsonValue>;

  constructor(fields: Partial<ClusterFields> = {}) {
    this.locationOfOrigin = fields.locationOfOrigin ?? "";
    this.server = fields.server ?? "";
    this.tlsServerName = fields.tlsServerName ?? "";
    this.insecureSkipTlsVerify = fields.insecureSkipTlsVerify ?? false;
    this.certificateAuthority = fields.certificateAuthority ?? "";
    this.certificateAuthorityData = fields.certificateAuthorityData;
    this.proxyUrl = fields.proxyUrl ?? "";
    this.disableCompression = fields.disableCompression ?? false;
    this.extensions = fields.extensions ?? emptyMap();
  }

  /** A copy with some fields changed. */
  with(changes: Partial<ClusterFields>): Cluster {
    return new Cluster(Object.assign({}, this, changes));
  }

  /** The fields without passwords, and with every extension's content replaced by `REDACTED`. */
  toJSON(): ClusterFields {
    return Object.assign({}, this, {
      server: redactUrlPassword(this.server),
      proxyUrl: redactUrlPassword(this.proxyUrl),
      extensions: new Map([...this.extensions.keys()].map((name) => [name, REDACTED])),
    });
  }

  /** What `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): ClusterFields {
    return this.toJSON();
  }
}
