import { emptyMap } from "./empty-map.ts";
import type { ExecConfig } from "./exec.ts";
import type { JsonValue } from "./json-value.ts";
import { INSPECT, REDACTED, redactValues } from "./redaction.ts";

/** An auth-provider of the kind that exec plugins replaced. Inspecting one shows no value of its config. */
export class AuthProviderConfig {
  /** Which one: `oidc`, or one that clients do not have any more. */
  readonly name: string;
  /** Free-form settings, tokens among them; `undefined` where the file has none, which is printed as `null`. */
  readonly config: ReadonlyMap<string, string> | undefined;

  constructor(fields: Partial<Pick<AuthProviderConfig, "name" | "config">> = {}) {
    this.name = fields.name ?? "";
    this.config = fields.config;
  }

  /** The fields with every value of `config` replaced by `REDACTED`. */
  toJSON(): Pick<AuthProviderConfig, "name" | "config"> {
    return { name: this.name, config: redactValues(this.config) };
  }

  /** What `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): Pick<AuthProviderConfig, "name" | "config"> {
    return this.toJSON();
  }
}

/** The fields of {@link AuthInfo}. An empty string and `undefined` both mean "not set", as in client-go. */
export interface AuthInfoFields {
  /** The file that this entry was read from; `""` for one that was made in memory. Never written. */
  readonly locationOfOrigin: string;
  /** Path of a PEM client certificate. */
  readonly clientCertificate: string;
  /** A PEM client certificate; takes precedence over `clientCertificate`. */
  readonly clientCertificateData: Uint8Array | undefined;
  /** Path of the PEM key of the client certificate. */
  readonly clientKey: string;
  /** The PEM key of the client certificate; takes precedence over `clientKey`. Secret. */
  readonly clientKeyData: Uint8Array | undefined;
  /** Bearer token. Secret. */
  readonly token: string;
  /** Path of a file that holds a bearer token; takes precedence over `token`. */
  readonly tokenFile: string;
  /** The user to act as. */
  readonly impersonate: string;
  /** The uid to act as. */
  readonly impersonateUid: string;
  /** The groups to act as. */
  readonly impersonateGroups: readonly string[];
  /** Extra attributes of the user to act as; a value of `undefined` is one that the file gives as null. */
  readonly impersonateUserExtra: ReadonlyMap<string, readonly string[] | undefined>;
  /** User name for basic authentication. */
  readonly username: string;
  /** Password for basic authentication. Secret. */
  readonly password: string;
  /** A legacy auth-provider. */
  readonly authProvider: AuthProviderConfig | undefined;
  /** A credential plugin. */
  readonly exec: ExecConfig | undefined;
  /** Data of other tools, by name. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

/**
 * A user entry of a kubeconfig: how a client says who it is.
 *
 * Inspecting or stringifying one shows `REDACTED` in place of each secret. To change a field, make a copy:
 * `user.with({ token })`.
 */
export class AuthInfo implements AuthInfoFields {
  readonly locationOfOrigin: string;
  readonly clientCertificate: string;
  readonly clientCertificateData: Uint8Array | undefined;
  readonly clientKey: string;
  readonly clientKeyData: Uint8Array | undefined;
  readonly token: string;
  readonly tokenFile: string;
  readonly impersonate: string;
  readonly impersonateUid: string;
  readonly impersonateGroups: readonly string[];
  readonly impersonateUserExtra: ReadonlyMap<string, readonly string[] | undefined>;
  readonly username: string;
  readonly password: string;
  readonly authProvider: AuthProviderConfig | undefined;
  readonly exec: ExecConfig | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;

  constructor(fields: Partial<AuthInfoFields> = {}) {
    this.locationOfOrigin = fields.locationOfOrigin ?? "";
    this.clientCertificate = fields.clientCertificate ?? "";
    this.clientCertificateData = fields.clientCertificateData;
    this.clientKey = fields.clientKey ?? "";
    this.clientKeyData = fields.clientKeyData;
    this.token = fields.token ?? "";
    this.tokenFile = fields.tokenFile ?? "";
    this.impersonate = fields.impersonate ?? "";
    this.impersonateUid = fields.impersonateUid ?? "";
    this.impersonateGroups = fields.impersonateGroups ?? [];
    this.impersonateUserExtra = fields.impersonateUserExtra ?? emptyMap();
    this.username = fields.username ?? "";
    this.password = fields.password ?? "";
    this.authProvider = fields.authProvider;
    this.exec = fields.exec;
    this.extensions = fields.extensions ?? emptyMap();
  }

  /** A copy with some fields changed. */
  with(changes: Partial<AuthInfoFields>): AuthInfo {
    return new AuthInfo(Object.assign({}, this, changes));
  }

  /** The fields with every secret, and every extension's content, replaced by `REDACTED`. */
  toJSON(): object {
    return Object.assign({}, this, {
      clientKeyData: this.clientKeyData && REDACTED,
      token: this.token && REDACTED,
      password: this.password && REDACTED,
      extensions: new Map([...this.extensions.keys()].map((name) => [name, REDACTED])),
    });
  }

  /** What `console.log` and `util.inspect` show: as `toJSON`. */
  [INSPECT](): object {
    return this.toJSON();
  }
}
