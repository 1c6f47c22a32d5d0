import type { ExecConfigFields } from "./exec.ts";
import { ExecConfig } from "./exec.ts";
import { AUTH_INFO_FIELDS, AUTH_PROVIDER_FIELDS } from "./fields.ts";
import type { JsonValue } from "./json-value.ts";
import type { Optional } from "./optional.ts";
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

/** Some fields of an {@link AuthInfo}; its plugin and its auth-provider may be plain objects. */
export interface AuthInfoInput extends Optional<Omit<AuthInfoFields, "authProvider" | "exec">> {
  /** A legacy auth-provider. */
  readonly authProvider?: Optional<AuthProviderFields> | undefined;
  /** A credential plugin. */
  readonly exec?: Optional<ExecConfigFields> | undefined;
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
export class AuthInfo extends entryOf<AuthInfoFields>(AUTH_INFO_FIELDS) {
  /** @throws TypeError for fields that it does not have, and for values of the wrong type */
  constructor(fields: AuthInfoInput = {}) {
    super(
      fields.exec === undefined && fields.authProvider === undefined
        ? (fields as Optional<AuthInfoFields>)
        : { ...fields, exec: asExecConfig(fields.exec), authProvider: asAuthProvider(fields.authProvider) },
    );
  }
}

/** Returns a plugin's configuration of its class, which hides its secrets; a plain object may have been given. */
export function asExecConfig(fields: Optional<ExecConfigFields> | undefined): ExecConfig | undefined {
  return fields === undefined || fields instanceof ExecConfig ? fields : new ExecConfig(fields);
}

/** Returns an auth-provider of its class, as {@link asExecConfig}. */
export function asAuthProvider(
  fields: Optional<AuthProviderFields> | undefined,
): AuthProviderConfig | undefined {
  return fields === undefined || fields instanceof AuthProviderConfig
    ? fields
    : new AuthProviderConfig(fields);
}
