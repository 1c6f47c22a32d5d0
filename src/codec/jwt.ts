/** A string that is no JSON Web Token; the message has client-go's words, and no part of the string. */
export class JwtError extends Error {
  override readonly name = "JwtError";
}

/**
 * Reads when a JSON Web Token expires, in milliseconds since 1970; undefined if it has no expiry. Does not check its
 * signature.
 *
 * @throws JwtError
 */
export function expiryOfJwt(token: string): number | undefined {
  const [, claims = "", signature, ...more] = token.split(".");
  if (signature === undefined || more.length > 0) {
    throw new JwtError("ID Token is not a valid JWT");
  }
  const { exp } = parseClaims(Buffer.from(claims, "base64url").toString("utf8"));
  return typeof exp === "number" && Number.isFinite(exp) ? Math.trunc(exp) * 1000 : undefined;
}

function parseClaims(json: string): { readonly exp?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    throw new JwtError("parsing claims: the payload of the ID token is not JSON");
  }
}
