import type { AuthInfo } from "../api/auth-info.ts";
import { isSupportedApiVersion } from "../api/exec-versions.ts";
import { goQuote } from "../go/quote.ts";
import { everyFileOpens } from "./open-fault.ts";
import { hasCertificate, hasKey, validateAuthInfo } from "./validate-auth-info.ts";

/**
 * Returns the faults that keep a user's plugin from ever running, whatever the policy, in client-go's words: all that
 * `validateAuthInfo` finds without opening files, else what `newAuthenticator` finds.
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
 * Returns the credential that kubectl uses for this user instead of the plugin, which then does not run; undefined if
 * there is none. client-go's `Authenticator.UpdateTransportConfig`.
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
