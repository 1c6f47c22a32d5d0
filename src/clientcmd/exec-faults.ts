import type { AuthInfo } from "../api/auth-info.ts";
import { isSupportedApiVersion } from "../api/exec-versions.ts";
import { goQuote } from "../go/quote.ts";
import { everyFileOpens } from "./open-fault.ts";
import { hasCertificate, hasKey, validateAuthInfo } from "./validate-auth-info.ts";

/**
 * Returns what keeps a user's plugin from ever being run, whatever the policy: the faults of the user's configuration
 * in client-go's words, all that `validateAuthInfo` finds without looking at files, else what `newAuthenticator` finds.
 */
export function execFaults(name: string, user: AuthInfo): readonly string[] {
  const { exec } = user;
  if (exec === undefined) {
    return [];
  }
  const faults = validateAuthInfo(name, user, everyFileOpens).map(({ message }) => message);
  return faults.length > 0 || isSupportedApiVersion(exec.apiVersion)
    ? faults
    : [`exec plugin: invalid apiVersion ${goQuote(exec.apiVersion)}`];
}

/**
 * Returns what kubectl authenticates this user with instead of the plugin, which it then does not run; undefined if
 * nothing goes before it. client-go's `Authenticator.UpdateTransportConfig`.
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
