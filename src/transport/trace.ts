import type { HeaderLine } from "./headers.ts";

/** Something that a connection has done. No credential is in it. Times are in milliseconds. */
export type TraceEvent =
  | {
      /** A request is sent. */
      readonly kind: "request";
      /** Its method. */
      readonly method: string;
      /** Where it goes. */
      readonly url: string;
      /** Its headers, in which credentials are masked. */
      readonly headers: readonly HeaderLine[];
    }
  | {
      /** The addresses of a name were looked up. */
      readonly kind: "lookup";
      /** The name. */
      readonly host: string;
      /** The one that is tried next; none if the look-up failed. */
      readonly addresses: readonly string[];
      /** How long it took. */
      readonly milliseconds: number;
    }
  | {
      /** A connection was opened, or was not: then there is a `fault`. */
      readonly kind: "dial";
      /** The address and port. */
      readonly address: string;
      /** How long it took. */
      readonly milliseconds: number;
      /** Why there is no connection. */
      readonly fault?: string;
    }
  | {
      /** TLS was spoken for the first time on a connection. */
      readonly kind: "handshake";
      /** How long it took. */
      readonly milliseconds: number;
    }
  | {
      /** The headers of an answer have come; or the request failed. */
      readonly kind: "response";
      /** The method of the request. */
      readonly method: string;
      /** Where it went. */
      readonly url: string;
      /** The status code; 0 if the request failed. */
      readonly status: number;
      /** As HTTP has it: `404 Not Found`; `""` if the request failed. */
      readonly statusLine: string;
      /** The headers of the answer, in which cookies are masked. */
      readonly headers: readonly HeaderLine[];
      /** How long it took, from the request on. */
      readonly milliseconds: number;
    }
  | {
      /** A request that the server put off is sent again after a while. */
      readonly kind: "retry";
      /** Where it goes. */
      readonly url: string;
      /** Counts from 1. */
      readonly attempt: number;
      /** How long the server asked to wait, in milliseconds. */
      readonly delay: number;
    };

/** Is told what a connection does, as it does it. */
export type Trace = (event: TraceEvent) => void;

const MASK = "<masked>";

/** Schemes that may be told. Whatever else stands there could be a secret itself. */
const KNOWN_SCHEMES: ReadonlySet<string> = new Set(["bearer", "basic", "negotiate"]);

/** Headers that hold what nobody else is to see. */
const SECRET: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Headers without secrets, sorted by name. client-go's `maskValue`, and cookies besides. */
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
