import { GoUrlError, unescapeUrlPart } from "../go/url-escape.ts";

/** The parameters of a query: names to values, both byte strings. */
export type GoQuery = ReadonlyMap<string, readonly string[]>;

/** Reads a query, without what Go cannot read of it: bad escapes, and settings with a semicolon. Go's `URL.Query`. */
export function parseGoQuery(rawQuery: string): GoQuery {
  const query = new Map<string, string[]>();
  for (const setting of rawQuery.split("&")) {
    if (setting === "" || setting.includes(";")) {
      continue;
    }
    const equals = setting.indexOf("=");
    try {
      const name = unescapeQuery(equals === -1 ? setting : setting.slice(0, equals));
      const value = equals === -1 ? "" : unescapeQuery(setting.slice(equals + 1));
      query.set(name, [...(query.get(name) ?? []), value]);
    } catch (error) {
      if (!(error instanceof GoUrlError)) {
        throw error;
      }
    }
  }
  return query;
}

/** Writes a query, sorted by name. Go's `Values.Encode`. */
export function encodeGoQuery(query: GoQuery): string {
  return [...query]
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .flatMap(([name, values]) => values.map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join("&");
}

/** A query has the escapes of any other part of a URL, and `+` for a space. */
function unescapeQuery(text: string): string {
  return unescapeUrlPart(text.replaceAll("+", " "), "path");
}

function escapeQuery(bytes: string): string {
  return bytes.replaceAll(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === " " ? "+" : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
