import type { JsonValue } from "./json-value.ts";
import { INSPECT, REDACTED } from "./redaction.ts";
import type { TypeMetaFields } from "./wire-fields.ts";

/**
 * The cluster information that a credential plugin receives if its user sets `provideClusterInfo`: client-go's
 * `clientauthentication.Cluster`. An empty string, `false` and `undefined` all mean "not set".
 */
export interface ExecClusterInfo {
  /** The address, such as `https://host:6443`. */
  readonly server: string;
  /** The name to check the server's certificate against; `""` for the host of `server`. */
  readonly tlsServerName: string;
  /** Do not check the server's certificate. */
  readonly insecureSkipTlsVerify: boolean;
  /** PEM certificate authorities; the content where the kubeconfig names a file. */
  readonly certificateAuthorityData: Uint8Array | undefined;
  /** The proxy for all requests. */
  readonly proxyUrl: string;
  /** Do not ask the server for compressed responses. */
  readonly disableCompression: boolean;
  /** The cluster's extension `client.authentication.k8s.io/exec`. */
  readonly config: JsonValue | undefined;
}

/** What a plugin is asked: the `spec` of an ExecCredential. */
export interface ExecCredentialSpec {
  /** Undefined if the plugin did not ask for it. */
  readonly cluster: ExecClusterInfo | undefined;
  /** Whether the plugin is given standard input. */
  readonly interactive: boolean;
}

/** What a client and its plugin say to each other: client-go's `clientauthentication.ExecCredential`. */
export interface ExecCredentialFields extends TypeMetaFields {
  readonly spec: ExecCredentialSpec;
  /** Undefined in what the client says. */
  readonly status: ExecCredentialStatusFields | undefined;
}

/** The fields of {@link ExecCredentialStatus}. An empty string means "not set". */
export interface ExecCredentialStatusFields {
  /** When the credentials expire, in milliseconds since 1970; undefined for as long as the server accepts them. */
  readonly expirationTimestamp: number | undefined;
  /** Bearer token. Secret. */
  readonly token: string;
  /** A PEM client certificate and its chain; set exactly if there is a key. */
  readonly clientCertificateData: string;
  /** The PEM key of the client certificate. Secret. */
  readonly clientKeyData: string;
}

/**
 * What a credential plugin answers: client-go's `clientauthentication.ExecCredentialStatus`.
 *
 * Inspecting or stringifying one shows `REDACTED` in place of each secret.
 */
export class ExecCredentialStatus implements ExecCredentialStatusFields {
  readonly expirationTimestamp: number | undefined;
  readonly token: string;
  readonly clientCertificateData: string;
  readonly clientKeyData: string;

  constructor(fields: Partial<ExecCredentialStatusFields> = {}) {
    this.expirationTimestamp = fields.expirationTimestamp;
    this.token = fields.token ?? "";
    this.clientCertificateData = fields.clientCertificateData ?? "";
    this.clientKeyData = fields.clientKeyData ?? "";
  }

  /** Returns the fields with every secret replaced by `REDACTED`. */
  toJSON(): ExecCredentialStatusFields {
    return Object.assign({}, this, {
      token: this.token && REDACTED,
      clientKeyData: this.clientKeyData && REDACTED,
    });
  }

  /** Returns what `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): ExecCredentialStatusFields {
    return this.toJSON();
  }
}
