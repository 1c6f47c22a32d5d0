import type { ImpersonationConfig } from "../api/rest-config.ts";
import type { HeaderLine } from "./headers.ts";
import { canonicalName } from "./headers.ts";

/**
 * The headers that ask the server to treat a request as somebody else's. client-go's `impersonatingRoundTripper`: a
 * user without a name is still sent, for the server to refuse.
 */
export function impersonationHeaders({
  userName,
  uid,
  groups,
  extra,
}: ImpersonationConfig): readonly HeaderLine[] {
  if (userName === "" && uid === "" && groups.length === 0 && extra.size === 0) {
    return [];
  }
  return [
    ["Impersonate-User", userName],
    ...(uid === "" ? [] : [["Impersonate-Uid", uid] as const]),
    ...groups.map((group) => ["Impersonate-Group", group] as const),
    ...[...extra].flatMap(([key, values]) =>
      values.map((value) => [canonicalName(`Impersonate-Extra-${escapeKey(key)}`), value] as const),
    ),
  ];
}

/** client-go's `headerKeyEscape`: what may not stand in a header's name becomes `%XX`, and so does `%`. */
function escapeKey(key: string): string {
  return Array.from(Buffer.from(key, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    return /[!#$&'*+\-.0-9A-Z^_`a-z|~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
