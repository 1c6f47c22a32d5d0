/** No JSON Web Token is longer: HTTP servers take no such headers. */
const LONGEST = 65_536;

/** When a JSON Web Token expires, in milliseconds since 1970; undefined for any other token, or one that never does. */
export function expiryOfToken(token: string): number | undefined {
  const [, claims, , ...more] = token.length > LONGEST ? [] : token.split(".");
  if (claims === undefined || more.length > 0 || !/^[\w-]+=*$/.test(claims)) {
    return undefined;
  }
  const { exp } = parseObject(Buffer.from(claims, "base64url").toString("utf8"));
  return typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : undefined;
}

function parseObject(json: string): { readonly exp?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
