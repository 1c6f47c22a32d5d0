import type { HeaderLine } from "./headers.ts";

/** An event of a connection. It contains no credentials. Times are in milliseconds. */
export type TraceEvent =
  | {
      /** A request was sent. */
      readonly kind: "request";
      /** Its method. */
      readonly method: string;
      /** Its URL. */
      readonly url: string;
      /** Its headers, with credentials masked. */
      readonly headers: readonly HeaderLine[];
    }
  | {
      /** The addresses of a name were looked up. */
      readonly kind: "lookup";
      /** The name. */
      readonly host: string;
      /** Its addresses, in the order of the system; none if the lookup failed. */
      readonly addresses: readonly string[];
      /** How long it took. */
      readonly milliseconds: number;
    }
  | {
      /** A connection was opened, or failed: then there is a `fault`. */
      readonly kind: "dial";
      /** The address and port. */
      readonly address: string;
      /** How long it took. */
      readonly milliseconds: number;
      /** Why the connection failed. */
      readonly fault?: string;
    }
  | {
      /** The TLS handshake of a connection has completed. */
      readonly kind: "handshake";
      /** How long it took. */
      readonly milliseconds: number;
    }
  | {
      /** The headers of a response have arrived, or the request failed. */
      readonly kind: "response";
      /** The method of the request. */
      readonly method: string;
      /** The URL of the request. */
      readonly url: string;
      /** The status code; 0 if the request failed. */
      readonly status: number;
      /** Code and reason phrase: `404 Not Found`; `""` if the request failed. */
      readonly statusLine: string;
      /** The headers of the response, with cookies masked. */
      readonly headers: readonly HeaderLine[];
      /** The time since the request was sent. */
      readonly milliseconds: number;
    }
  | {
      /** The server asked to retry: the request is sent again after a delay. */
      readonly kind: "retry";
      /** The URL of the request. */
      readonly url: string;
      /** The number of the attempt, from 1. */
      readonly attempt: number;
      /** The delay that the server asked for, in milliseconds. */
      readonly delay: number;
    };

/** Receives the events of a connection as they happen. */
export type Trace = (event: TraceEvent) => void;

const MASK = "<masked>";

/** Schemes that may be shown. Any other word could be a secret itself. */
const KNOWN_SCHEMES: ReadonlySet<string> = new Set(["bearer", "basic", "negotiate"]);

/** Headers that hold secrets. */
const SECRET: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Masks the secrets of headers, and sorts them by name. client-go's `maskValue`, extended to cookies. */
export function maskedHeaders(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  return lines
    .map(([name, value]) => [name, SECRET.has(name.toLowerCase()) ? masked(value) : value] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

function masked(value: string): string {
  const [scheme = "", ...rest] = value.split(" ");
  if (value === "") {
    return "";
  }
  if (!KNOWN_SCHEMES.has(scheme.toLowerCase())) {
    return MASK;
  }
  return rest.join(" ") === "" ? scheme : `${scheme} ${MASK}`;
}
