import type { AuthProviderConfig } from "../api/auth-info.ts";
import { expiryOfJwt, JwtError } from "../codec/jwt.ts";
import { ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { OidcSettings } from "./oidc-refresh.ts";
import { refreshTokens } from "./oidc-refresh.ts";

/** How long before its expiry a token is no longer used, in milliseconds; as in client-go. */
const EXPIRY_DELTA = 10_000;

/**
 * Saves the settings of an auth-provider with new tokens where they came from. client-go's
 * `AuthProviderConfigPersister`.
 */
export type PersistAuthProvider = (settings: ReadonlyMap<string, string>) => void | Promise<void>;

/** The ID token of an `oidc` auth-provider: client-go's `oidcAuthProvider`. */
export interface OidcToken {
  /**
   * Returns a token that is valid for at least some seconds. Renews an expired one, once for all waiting callers.
   *
   * @throws ConnectionError in client-go's words
   */
  current(): Promise<string>;
}

/**
 * Creates the token source of an `oidc` auth-provider.
 *
 * @param persist - if undefined, tokens are not renewed: a provider that rotates refresh tokens would lock the user out
 *   if the new one were lost
 */
export function oidcToken(
  host: Host,
  provider: AuthProviderConfig,
  persist: PersistAuthProvider | undefined,
): OidcToken {
  let settings: OidcSettings = new Map(provider.config);
  let refreshing: Promise<string> | undefined;
  const refresh = async (keep: PersistAuthProvider): Promise<string> => {
    const renewed = await refreshTokens(host, settings);
    try {
      await keep(renewed);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ConnectionError(`could not persist new tokens: ${reason}`, { cause: error });
    }
    settings = renewed;
    return renewed.get("id-token") ?? "";
  };
  return {
    current: async () => {
      const token = settings.get("id-token") ?? "";
      if (token !== "" && host.now() + EXPIRY_DELTA < expiryOf(token)) {
        return token;
      }
      if ((settings.get("refresh-token") ?? "") === "") {
        throw new ConnectionError("No valid id-token, and cannot refresh without refresh-token");
      }
      if (persist === undefined) {
        throw new ConnectionError(
          "the id-token has expired, and there is no place to keep a new refresh-token: give `connect` the option `persistAuthProvider` (`persisterForUser`), or log in again with the tool that wrote them, or let an exec plugin do it (`kubectl oidc-login`, https://github.com/int128/kubelogin)",
        );
      }
      refreshing ??= refresh(persist).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
  };
}

/** Returns when a token expires, in milliseconds since 1970; a time long ago if it has no expiry. */
function expiryOf(token: string): number {
  try {
    return expiryOfJwt(token) ?? -Infinity;
  } catch (error) {
    throw error instanceof JwtError ? new ConnectionError(error.message) : error;
  }
}
