/** A header as it is sent: several values are several lines. */
export type HeaderLine = readonly [name: string, value: string];

/** The spelling that Go gives to the names of headers: capitals at the beginning and after hyphens, nowhere else. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** What `headers` of undici's dispatch options may be. */
export type GivenHeaders =
  | readonly string[]
  | Iterable<readonly [string, string | readonly string[] | undefined]>
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | null
  | undefined;

/** Headers as lines, whatever form they came in. */
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

/** What the connection adds to a request. */
export interface AddedHeaders {
  /** As it is sent to the server. */
  readonly host: string;
  readonly authorization: string | undefined;
  readonly impersonation: readonly HeaderLine[];
  readonly userAgent: string;
}

/** What a program's own `fetch` says that it is, if nobody says otherwise. */
const AGENTS_OF_FETCH: ReadonlySet<string> = new Set([
  "node",
  "undici",
  "node-fetch",
  "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
]);

/** Reports whether a `User-Agent` was chosen by the request's user, and not by the library that sends it. */
export function isChosenAgent(userAgent: string): boolean {
  return !AGENTS_OF_FETCH.has(userAgent);
}

/**
 * Adds to a request's headers what client-go's round trippers would: nothing that the request itself says already, and
 * no impersonation if it names a user to act as.
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
