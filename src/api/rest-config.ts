import type { AuthProviderConfig } from "./auth-info.ts";
import type { ExecConfig } from "./exec.ts";
import type { JsonValue } from "./json-value.ts";
import { INSPECT, REDACTED, redactUrlPassword, withCustomInspect } from "./redaction.ts";

/** The user to act as: client-go's `rest.ImpersonationConfig`. */
export interface ImpersonationConfig {
  /** `""` for no impersonation. */
  readonly userName: string;
  /** The uid to act as; `""` for none. */
  readonly uid: string;
  /** The groups to act as. */
  readonly groups: readonly string[];
  /** Further attributes of the user to act as, each with its values. */
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** How to speak TLS: client-go's `rest.TLSClientConfig`. Data takes precedence over files. */
export interface TlsClientConfig {
  /** Do not check the server's certificate. */
  readonly insecure: boolean;
  /** The name to send to the server and to check its certificate against; `""` for the host. */
  readonly serverName: string;
  /** Path of a PEM file of certificate authorities. */
  readonly caFile: string;
  /** PEM certificate authorities. */
  readonly caData: Uint8Array | undefined;
  /** Path of a PEM client certificate. */
  readonly certFile: string;
  /** A PEM client certificate. */
  readonly certData: Uint8Array | undefined;
  /** Path of the PEM key of the client certificate. */
  readonly keyFile: string;
  /** The PEM key of the client certificate. Secret. */
  readonly keyData: Uint8Array | undefined;
}

/** The fields of {@link RestConfig}. */
export interface RestConfigFields {
  /** The server: a URL, or `host:port`, with a path prefix or without; `""` for the default, `localhost`. */
  readonly host: string;
  /** User name for basic authentication. */
  readonly username: string;
  /** Password for basic authentication. Secret. */
  readonly password: string;
  /** Bearer token. Secret. */
  readonly bearerToken: string;
  /** Path of a file that holds the bearer token; read again while the client lives. */
  readonly bearerTokenFile: string;
  /** The user to act as. */
  readonly impersonate: ImpersonationConfig;
  /** A legacy auth-provider. */
  readonly authProvider: AuthProviderConfig | undefined;
  /** The credential plugin to run. */
  readonly execProvider: ExecConfig | undefined;
  /**
   * What the plugin receives of its cluster in addition to the address: the cluster's extension
   * `client.authentication.k8s.io/exec`. client-go's `ExecProvider.Config`.
   */
  readonly execClusterConfig: JsonValue | undefined;
  /**
   * Why the plugin may not have standard input, such as that a manifest is read from it; `""` if it may. client-go's
   * `StdinUnavailableMessage`.
   */
  readonly execStdinUnavailable: string;
  /** How to speak TLS. */
  readonly tls: TlsClientConfig;
  /** Sent as User-Agent; `""` for the default. */
  readonly userAgent: string;
  /** Do not ask the server for compressed responses. */
  readonly disableCompression: boolean;
  /** How long one request may take, in milliseconds; 0 for no limit. */
  readonly timeout: number;
  /** The proxy for all requests: an http, https or socks5 URL; `""` for what the environment says. */
  readonly proxyUrl: string;
}

/**
 * All that a client needs to send requests to one API server: client-go's `rest.Config`.
 *
 * Inspecting or stringifying one shows `REDACTED` in place of each secret. To change a field, make a copy:
 * `restConfig.with({ userAgent })`.
 */
export class RestConfig implements RestConfigFields {
  readonly host: string;
  readonly username: string;
  readonly password: string;
  readonly bearerToken: string;
  readonly bearerTokenFile: string;
  readonly impersonate: ImpersonationConfig;
  readonly authProvider: AuthProviderConfig | undefined;
  readonly execProvider: ExecConfig | undefined;
  readonly execClusterConfig: JsonValue | undefined;
  readonly execStdinUnavailable: string;
  readonly tls: TlsClientConfig;
  readonly userAgent: string;
  readonly disableCompression: boolean;
  readonly timeout: number;
  readonly proxyUrl: string;

  constructor(fields: Partial<RestConfigFields> = {}) {
    this.host = fields.host ?? "";
    this.username = fields.username ?? "";
    this.password = fields.password ?? "";
    this.bearerToken = fields.bearerToken ?? "";
    this.bearerTokenFile = fields.bearerTokenFile ?? "";
    this.impersonate = fields.impersonate ?? { userName: "", uid: "", groups: [], extra: new Map() };
    this.authProvider = fields.authProvider;
    this.execProvider = fields.execProvider;
    this.execClusterConfig = fields.execClusterConfig;
    this.execStdinUnavailable = fields.execStdinUnavailable ?? "";
    this.tls = newTlsClientConfig(fields.tls);
    this.userAgent = fields.userAgent ?? "";
    this.disableCompression = fields.disableCompression ?? false;
    this.timeout = fields.timeout ?? 0;
    this.proxyUrl = fields.proxyUrl ?? "";
  }

  /** Returns a copy with some fields changed. */
  with(changes: Partial<RestConfigFields>): RestConfig {
    return new RestConfig(Object.assign({}, this, changes));
  }

  /** Returns the fields with every secret, and the content of the cluster's extension, replaced by `REDACTED`. */
  toJSON(): object {
    return Object.assign({}, this, {
      host: redactUrlPassword(this.host),
      password: this.password && REDACTED,
      bearerToken: this.bearerToken && REDACTED,
      execClusterConfig: this.execClusterConfig === undefined ? undefined : REDACTED,
      tls: { ...this.tls, keyData: this.tls.keyData && REDACTED },
      proxyUrl: redactUrlPassword(this.proxyUrl),
    });
  }

  /** Returns what `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): object {
    return this.toJSON();
  }
}

/**
 * Makes TLS settings that check the server against the system's authorities, with some fields changed.
 *
 * Inspecting or stringifying them shows `REDACTED` in place of the key.
 */
export function newTlsClientConfig(fields: Partial<TlsClientConfig> = {}): TlsClientConfig {
  const settings: TlsClientConfig = {
    insecure: false,
    serverName: "",
    caFile: "",
    caData: undefined,
    certFile: "",
    certData: undefined,
    keyFile: "",
    keyData: undefined,
    ...fields,
  };
  return withCustomInspect(settings, () => ({ ...settings, keyData: settings.keyData && REDACTED }));
}
