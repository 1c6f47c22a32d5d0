import type { AuthProviderConfig, AuthProviderFields } from "./auth-info.ts";
import { asAuthProvider, asExecConfig } from "./auth-info.ts";
import { entryMap } from "./entry-map.ts";
import type { ExecConfig, ExecConfigFields } from "./exec.ts";
import type { JsonValue } from "./json-value.ts";
import type { Optional } from "./optional.ts";
import { withDefaults } from "./optional.ts";
import {
  INSPECT,
  OMITTED,
  REDACTED,
  redactUrlPassword,
  redactValues,
  withCustomInspect,
} from "./redaction.ts";

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

/**
 * Returns the bearer token of one request: for programs with their own login, and for tests. It is called for each request, so
 * it should keep its token while that is good; the request after a 401 asks again as any other does, and the one that was
 * refused is not sent again. client-go's `transport.TokenSourceWrapTransport`.
 *
 * What it throws fails the request with a ConnectionError of the same message, whose `cause` is the error; an empty token
 * does so, too.
 */
export type BearerTokenSource = () => string | Promise<string>;

/** The fields of {@link RestConfig}. */
export interface RestConfigFields {
  /** The server: a URL, or `host:port`, with a path prefix or without; `""` for the default, `localhost`. */
  readonly host: string;
  /** User name for basic authentication. */
  readonly username: string;
  /** Password for basic authentication. Secret. */
  readonly password: string;
  /** Bearer token, or a function that returns it. Secret. */
  readonly bearerToken: string | BearerTokenSource;
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

/** Some fields of a {@link RestConfig}, in plain objects; those that are missing or undefined are not set. */
export interface RestConfigInput extends Optional<
  Omit<RestConfigFields, "authProvider" | "execProvider" | "impersonate" | "tls">
> {
  /** A legacy auth-provider. */
  readonly authProvider?: Optional<AuthProviderFields> | undefined;
  /** The credential plugin to run. */
  readonly execProvider?: Optional<ExecConfigFields> | undefined;
  /** The user to act as. */
  readonly impersonate?: Optional<ImpersonationConfig> | undefined;
  /** How to speak TLS. */
  readonly tls?: Optional<TlsClientConfig> | undefined;
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
  readonly bearerToken: string | BearerTokenSource;
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

  /** @throws TypeError for fields that it does not have, and for values of the wrong type */
  constructor(fields: RestConfigInput = {}) {
    // The structures in it may be plain objects still.
    const { bearerToken = "", ...others } = fields;
    if (typeof bearerToken !== "string" && typeof bearerToken !== "function") {
      throw new TypeError("RestConfig: bearerToken must be a string, or a function that returns one");
    }
    const given = withDefaults("RestConfig", NOTHING, others as Optional<RestConfigFields>);
    this.host = given.host;
    this.username = given.username;
    this.password = given.password;
    this.bearerToken = bearerToken;
    this.bearerTokenFile = given.bearerTokenFile;
    this.impersonate = withDefaults("RestConfig: impersonate", NOBODY, given.impersonate);
    this.authProvider = asAuthProvider(given.authProvider);
    this.execProvider = asExecConfig(given.execProvider);
    this.execClusterConfig = given.execClusterConfig;
    this.execStdinUnavailable = given.execStdinUnavailable;
    this.tls = newTlsClientConfig(given.tls);
    this.userAgent = given.userAgent;
    this.disableCompression = given.disableCompression;
    this.timeout = given.timeout;
    this.proxyUrl = given.proxyUrl;
  }

  /** Returns a copy with some fields changed; one that is undefined becomes one that is not set. */
  with(changes: RestConfigInput): RestConfig {
    return new RestConfig(Object.assign({}, this, changes));
  }

  /** Returns the fields with every secret, and the content of the cluster's extension, replaced by `REDACTED`. */
  toJSON(): object {
    return Object.assign({}, this, {
      host: redactUrlPassword(this.host),
      password: this.password && REDACTED,
      bearerToken: this.bearerToken && REDACTED,
      execClusterConfig: this.execClusterConfig === undefined ? undefined : REDACTED,
      impersonate: { ...this.impersonate, extra: entryMap(redactValues(this.impersonate.extra)) },
      tls: shownTls(this.tls),
      proxyUrl: redactUrlPassword(this.proxyUrl),
    });
  }

  /** Returns what `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): object {
    return this.toJSON();
  }
}

const NOBODY: ImpersonationConfig = { userName: "", uid: "", groups: [], extra: new Map() };

const DEFAULT_TLS: TlsClientConfig = {
  insecure: false,
  serverName: "",
  caFile: "",
  caData: undefined,
  certFile: "",
  certData: undefined,
  keyFile: "",
  keyData: undefined,
};

/**
 * Returns a copy without anything that says who asks: user name and password, token, client certificate, plugin,
 * auth-provider and impersonation, those in the address among them. How the server is reached and checked stays: TLS, proxy,
 * timeout, user agent. client-go's `rest.AnonymousClientConfig`, which keeps credentials in the address.
 */
export function anonymousClientConfig(config: RestConfigInput): RestConfig {
  const { host, tls, userAgent, disableCompression, timeout, proxyUrl } = new RestConfig(config);
  const { insecure, serverName, caFile, caData } = tls;
  return new RestConfig({
    host: host.replace(/^([^/?#@]*\/\/)?[^/?#]*@/s, "$1"),
    tls: { insecure, serverName, caFile, caData },
    userAgent,
    disableCompression,
    timeout,
    proxyUrl,
  });
}

const NOTHING: RestConfigFields = {
  host: "",
  username: "",
  password: "",
  bearerToken: "",
  bearerTokenFile: "",
  impersonate: NOBODY,
  authProvider: undefined,
  execProvider: undefined,
  execClusterConfig: undefined,
  execStdinUnavailable: "",
  tls: DEFAULT_TLS,
  userAgent: "",
  disableCompression: false,
  timeout: 0,
  proxyUrl: "",
};

/**
 * Makes TLS settings that check the server against the system's authorities, with some fields changed.
 *
 * Inspecting or stringifying them shows `REDACTED` in place of the key.
 *
 * @throws TypeError for fields that they do not have, and for values of the wrong type
 */
export function newTlsClientConfig(fields: Optional<TlsClientConfig> = {}): TlsClientConfig {
  const settings = withDefaults("TlsClientConfig", DEFAULT_TLS, fields);
  for (const name of ["caData", "certData", "keyData"] as const) {
    const data: unknown = settings[name];
    if (data !== undefined && !ArrayBuffer.isView(data)) {
      throw new TypeError(
        `TlsClientConfig: ${name} must be a Uint8Array, not ${data === null ? "null" : `a ${typeof data}`}`,
      );
    }
  }
  return withCustomInspect(settings, () => shownTls(settings));
}

function shownTls(tls: TlsClientConfig): object {
  return {
    ...tls,
    caData: tls.caData && OMITTED,
    certData: tls.certData && OMITTED,
    keyData: tls.keyData && REDACTED,
  };
}
