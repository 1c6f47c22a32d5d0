import type { AuthInfo } from "../api/auth-info.ts";
import type { ExecConfig } from "../api/exec.ts";
import { isInteractiveMode } from "../api/exec-versions.ts";
import { isSet } from "../api/struct.ts";
import { goQuote } from "../go/quote.ts";
import type { OpenFault } from "./open-fault.ts";

/** A fault in client-go's words; false or undefined where there is none. */
type Fault = string | false | undefined;

/**
 * Returns every fault of a user entry, in client-go's words: its `validateAuthInfo`, except for the plugin policy,
 * which is not part of a kubeconfig.
 *
 * @param openFault - returns why a file cannot be opened
 */
export function validateAuthInfo(name: string, user: AuthInfo, openFault: OpenFault): readonly Error[] {
  return [
    ...certificateFaults(name, user, openFault),
    ...(user.exec === undefined ? [] : pluginFaults(name, user, user.exec)),
    ...combinationFaults(name, user),
  ]
    .filter((fault) => typeof fault === "string")
    .map((fault) => new Error(fault));
}

/** Reports whether the user has a client certificate, as path or as data. */
export function hasCertificate(user: AuthInfo): boolean {
  return user.clientCertificate !== "" || isSet(user.clientCertificateData);
}

/** Reports whether the user has a client key, as path or as data. */
export function hasKey(user: AuthInfo): boolean {
  return user.clientKey !== "" || isSet(user.clientKeyData);
}

function certificateFaults(name: string, user: AuthInfo, openFault: OpenFault): readonly Fault[] {
  if (!hasCertificate(user)) {
    return [];
  }
  const { clientCertificate, clientKey } = user;
  const certificateFault = clientCertificate !== "" && openFault(clientCertificate);
  const keyFault = clientKey !== "" && openFault(clientKey);
  return [
    clientCertificate !== "" &&
      isSet(user.clientCertificateData) &&
      `client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`,
    clientKey !== "" &&
      isSet(user.clientKeyData) &&
      `client-key-data and client-key are both specified for ${name}; client-key-data will override`,
    !hasKey(user) &&
      `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`,
    certificateFault &&
      `unable to read client-cert ${clientCertificate} for ${name} due to ${certificateFault}`,
    keyFault && `unable to read client-key ${clientKey} for ${name} due to ${keyFault}`,
  ];
}

function pluginFaults(name: string, user: AuthInfo, exec: ExecConfig): readonly Fault[] {
  const { command, apiVersion, env, interactiveMode } = exec;
  const suffix = `must be specified for ${name} to use exec authentication plugin`;
  return [
    user.authProvider !== undefined &&
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    command === "" && `command ${suffix}`,
    apiVersion === "" && `apiVersion ${suffix}`,
    ...(env ?? []).map((variable) => variable.name === "" && `env variable name ${suffix}`),
    interactiveMode === "" && `interactiveMode ${suffix}`,
    interactiveMode !== "" &&
      !isInteractiveMode(interactiveMode) &&
      `invalid interactiveMode for ${name}: ${goQuote(interactiveMode)}`,
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
