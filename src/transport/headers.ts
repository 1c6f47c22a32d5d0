/** A header as it is sent: several values are several lines. */
export type HeaderLine = readonly [name: string, value: string];

/** Returns Go's canonical spelling of a header's name: capitals only at the beginning and after hyphens. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** The types of `headers` in undici's dispatch options. */
export type GivenHeaders =
  | readonly string[]
  | Iterable<readonly [string, string | readonly string[] | undefined]>
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | null
  | undefined;

/** Converts headers of any form to lines. */
export function headerLines(headers: GivenHeaders): readonly HeaderLine[] {
  if (headers === undefined || headers === null) {
    return [];
  }
  if (Array.isArray(headers) && headers.every((entry) => typeof entry === "string")) {
    return Array.from({ length: Math.floor(headers.length / 2) }, (_, at) => [
      String(headers[at * 2]),
      String(headers[at * 2 + 1]),
    ]);
  }
  const entries =
    Symbol.iterator in headers
      ? [...(headers as Iterable<readonly [string, string | readonly string[] | undefined]>)]
      : Object.entries(headers);
  return entries.flatMap(([name, value]) =>
    value === undefined
      ? []
      : typeof value === "string"
        ? [[name, value] as const]
        : value.map((each) => [name, each] as const),
  );
}

/** The headers that the connection adds to a request. */
export interface AddedHeaders {
  /** The value of `Host`. */
  readonly host: string;
  readonly authorization: string | undefined;
  readonly impersonation: readonly HeaderLine[];
  readonly userAgent: string;
}

/** The default user agents of a program's own `fetch`. */
const AGENTS_OF_FETCH: ReadonlySet<string> = new Set([
  "node",
  "undici",
  "node-fetch",
  "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
]);

/** Reports whether a `User-Agent` was set by the caller, and not by the library that sends the request. */
export function isChosenAgent(userAgent: string): boolean {
  return !AGENTS_OF_FETCH.has(userAgent);
}

/**
 * Adds the headers that client-go's round trippers would: none that the request has already, and no impersonation if the
 * request itself names a user to impersonate.
 */
export function withAddedHeaders(
  own: readonly HeaderLine[],
  { host, authorization, impersonation, userAgent }: AddedHeaders,
): readonly HeaderLine[] {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  const kept = own.filter(
    ([name, value]) =>
      name.toLowerCase() !== "host" && (name.toLowerCase() !== "user-agent" || isChosenAgent(value)),
  );
  const hasAgent = kept.some(([name]) => name.toLowerCase() === "user-agent");
  return [
    ["Host", host],
    ...(hasAgent ? [] : [["User-Agent", userAgent] as const]),
    ...kept,
    ...(authorization === undefined || names.has("authorization")
      ? []
      : [["Authorization", authorization] as const]),
    ...(names.has("impersonate-user") ? [] : impersonation),
  ];
}
