import type { AuthProviderConfig } from "../api/auth-info.ts";
import { ConnectionError } from "../errors.ts";
import { providerSetting } from "./auth-provider.ts";

/** A token is not used any more so long before it expires, in milliseconds; as client-go. */
const EXPIRY_DELTA = 10_000;

/** What to do instead of waiting for a refresh that does not come. */
const REPLACEMENT =
  "kcfg does not refresh tokens of the oidc auth-provider: log in again with the tool that wrote them, or let an exec plugin do it (`kubectl oidc-login`, https://github.com/int128/kubelogin)";

/**
 * The ID token of an `oidc` auth-provider, while it is good. client-go's `oidcAuthProvider.idToken`, without the
 * refresh: a provider that hands out a new refresh token with every use would have to be answered by a change of the
 * kubeconfig.
 *
 * @param now - milliseconds since 1970
 * @throws ConnectionError for a token that is none, or that has expired
 */
export function oidcToken(provider: AuthProviderConfig, now: number): string {
  const token = providerSetting(provider, "id-token");
  if (token !== "" && now + EXPIRY_DELTA < expiryOf(token)) {
    return token;
  }
  throw new ConnectionError(
    providerSetting(provider, "refresh-token") === ""
      ? "No valid id-token, and cannot refresh without refresh-token"
      : `the id-token has expired; ${REPLACEMENT}`,
  );
}

function expiryOf(token: string): number {
  const parts = token.split(".");
  const [, payload = ""] = parts;
  if (parts.length !== 3) {
    throw new ConnectionError("ID Token is not a valid JWT");
  }
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    throw new ConnectionError("parsing claims: the payload of the ID token is not JSON");
  }
  const { exp }: { readonly exp?: unknown } = typeof claims === "object" && claims !== null ? claims : {};
  return typeof exp === "number" ? Math.trunc(exp) * 1000 : -Infinity;
}
