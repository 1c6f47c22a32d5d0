import type { AuthInfo } from "../api/auth-info.ts";
import type { ExecConfig } from "../api/exec.ts";
import { goQuote } from "../codec/go-quote.ts";

const INTERACTIVE_MODES: ReadonlySet<string> = new Set(["Never", "IfAvailable", "Always"]);

const API_VERSIONS: ReadonlySet<string> = new Set([
  "client.authentication.k8s.io/v1beta1",
  "client.authentication.k8s.io/v1",
]);

/** A fault in client-go's words; false where there is none. */
type Fault = string | false;

/**
 * What keeps a user's plugin from ever being run, whatever the policy: the faults of the user's configuration in
 * client-go's words, all that `validateAuthInfo` finds without looking at files, else what `newAuthenticator` finds.
 */
export function execFaults(name: string, user: AuthInfo): readonly string[] {
  const { exec } = user;
  if (exec === undefined) {
    return [];
  }
  const faults = [
    ...certificateFaults(name, user),
    user.authProvider !== undefined &&
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    ...pluginFaults(name, exec),
    ...combinationFaults(name, user),
  ].filter((fault) => fault !== false);
  return faults.length > 0 || API_VERSIONS.has(exec.apiVersion)
    ? faults
    : [`exec plugin: invalid apiVersion ${goQuote(exec.apiVersion)}`];
}

/**
 * What kubectl authenticates this user with instead of the plugin, which it then does not run; undefined if nothing goes
 * before it. client-go's `Authenticator.UpdateTransportConfig`.
 */
export function credentialBefore(user: AuthInfo): string | undefined {
  if (user.token !== "" || user.tokenFile !== "") {
    return "token";
  }
  if (user.username !== "") {
    return "password";
  }
  return hasCertificate(user) && hasKey(user) ? "client certificate" : undefined;
}

function pluginFaults(name: string, exec: ExecConfig): readonly Fault[] {
  const { command, apiVersion, env, interactiveMode } = exec;
  const suffix = `must be specified for ${name} to use exec authentication plugin`;
  return [
    command === "" && `command ${suffix}`,
    apiVersion === "" && `apiVersion ${suffix}`,
    ...(env ?? []).map((variable) => variable.name === "" && `env variable name ${suffix}`),
    interactiveMode === "" && `interactiveMode ${suffix}`,
    interactiveMode !== "" &&
      !INTERACTIVE_MODES.has(interactiveMode) &&
      `invalid interactiveMode for ${name}: ${goQuote(interactiveMode)}`,
  ];
}

function certificateFaults(name: string, user: AuthInfo): readonly Fault[] {
  if (!hasCertificate(user)) {
    return [];
  }
  return [
    user.clientCertificate !== "" &&
      hasData(user.clientCertificateData) &&
      `client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`,
    user.clientKey !== "" &&
      hasData(user.clientKeyData) &&
      `client-key-data and client-key are both specified for ${name}; client-key-data will override`,
    !hasKey(user) &&
      `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`,
  ];
}

function combinationFaults(name: string, user: AuthInfo): readonly Fault[] {
  const hasPassword = user.username !== "" || user.password !== "";
  const impersonates =
    user.impersonateUid !== "" || user.impersonateGroups.length > 0 || user.impersonateUserExtra.size > 0;
  return [
    user.token !== "" &&
      hasPassword &&
      `more than one authentication method found for ${name}; found [token basicAuth], only one is allowed`,
    impersonates &&
      user.impersonate === "" &&
      `requesting uid, groups or user-extra for ${name} without impersonating a user`,
  ];
}

function hasCertificate(user: AuthInfo): boolean {
  return user.clientCertificate !== "" || hasData(user.clientCertificateData);
}

function hasKey(user: AuthInfo): boolean {
  return user.clientKey !== "" || hasData(user.clientKeyData);
}

function hasData(data: Uint8Array | undefined): boolean {
  return data !== undefined && data.length > 0;
}
