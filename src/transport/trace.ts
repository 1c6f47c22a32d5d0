import type { HeaderLine } from "./headers.ts";

/** Something that a connection has done. No credential is in it. Times are in milliseconds. */
export type TraceEvent =
  /** A request is sent, as these headers say, in which credentials are masked. */
  | {
      readonly kind: "request";
      readonly method: string;
      readonly url: string;
      readonly headers: readonly HeaderLine[];
    }
  /** The addresses of a name were looked up. */
  | {
      readonly kind: "lookup";
      readonly host: string;
      readonly addresses: readonly string[];
      readonly milliseconds: number;
    }
  /** A connection was opened, or was not: then there is a `fault`. */
  | {
      readonly kind: "dial";
      readonly address: string;
      readonly milliseconds: number;
      readonly fault?: string;
    }
  /** TLS was spoken for the first time on a connection. */
  | { readonly kind: "handshake"; readonly milliseconds: number }
  /** The headers of an answer have come; or the request failed, and the status is 0. */
  | {
      readonly kind: "response";
      readonly method: string;
      readonly url: string;
      readonly status: number;
      /** As HTTP has it: `404 Not Found`; `""` if the request failed. */
      readonly statusLine: string;
      readonly headers: readonly HeaderLine[];
      readonly milliseconds: number;
    }
  /** A request that the server put off is sent again after a while. */
  | {
      readonly kind: "retry";
      readonly url: string;
      /** Counts from 1. */
      readonly attempt: number;
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
