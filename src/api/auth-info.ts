import type { ExecConfig } from "./exec.ts";
import { AUTH_INFO_FIELDS, AUTH_PROVIDER_FIELDS } from "./fields.ts";
import type { JsonValue } from "./json-value.ts";
import { entryOf, structOf } from "./struct.ts";

/** The fields of {@link AuthProviderConfig}. */
export interface AuthProviderFields {
  /** Which one: `oidc`, or one that clients do not have any more. */
  readonly name: string;
  /** Free-form settings, tokens among them; `undefined` where the file has none, which is printed as `null`. */
  readonly config: ReadonlyMap<string, string> | undefined;
}

/** An auth-provider of the kind that exec plugins replaced. Inspecting one shows no value of its config. */
export class AuthProviderConfig extends structOf<AuthProviderFields>(AUTH_PROVIDER_FIELDS) {}

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
export class AuthInfo extends entryOf<AuthInfoFields>(AUTH_INFO_FIELDS) {}
