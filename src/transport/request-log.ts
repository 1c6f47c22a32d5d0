import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { escapeUnprintable } from "../go/printable-text.ts";
import { logLine } from "../loading/log-line.ts";
import type { HeaderLine } from "./headers.ts";
import type { Trace, TraceEvent } from "./trace.ts";

/** Retries, and errors before they are reported to the user. */
const ERRORS = 4;
/** Responses: their status and duration. */
const ANSWERS = 6;
/** Requests: their headers. */
const REQUESTS = 7;
/** Headers of responses, and bodies. */
const BODIES = 8;
/** Requests as curl commands, and the duration of their parts. */
const TIMES = 9;

/** How much of a body is logged, by verbosity; from 10 on all of it. */
const LENGTHS: Readonly<Record<number, number>> = { 8: 1024, 9: 10_240 };

/** How much of the body of an error is logged at lower verbosity. */
const OBJECT_LENGTH = 2048;

const PLACE = "fetch";

/** A key and a value in klog's lines. */
type Pair = readonly [key: string, value: string | number];

/** Logs requests at kubectl's levels, in its words: client-go's `debuggingRoundTripper` and `logBody`. */
export class RequestLog {
  readonly #write: (message: string, pairs: readonly Pair[]) => void;
  readonly #level: number;
  /** The timings of the connection that a request waits for. */
  readonly #times = new Map<"lookup" | "dial" | "handshake", number>();

  /** @param write - writes lines of the log, and escapes what a terminal must not see */
  constructor(host: Pick<Host, "now" | "self">, write: (lines: string) => void, level: number) {
    this.#level = level;
    this.#write = (message, pairs) =>
      write(logLine(host, PLACE, [goQuote(message), ...pairs.map(format)].join(" ")));
  }

  /** Undefined where nothing would be logged. */
  get trace(): Trace | undefined {
    return this.#level >= ERRORS ? (event) => this.#log(event) : undefined;
  }

  /** Logs a request without a body. */
  noBody(): void {
    if (this.#level >= BODIES) {
      this.#write("Request Body", [["body", ""]]);
    }
  }

  /** Logs the body of an error response. */
  errorBody(body: Uint8Array): void {
    if (this.#level >= BODIES) {
      const text = Buffer.from(body).toString("utf8");
      // eslint-disable-next-line no-control-regex -- what client-go takes for a sign of bytes that are no text
      const shown = /[\0-\x09]/.test(text) ? hexDump(body) : text;
      this.#write("Response Body", [["body", truncate(shown, LENGTHS[this.#level])]]);
    } else if (this.#level >= ERRORS) {
      const text = Buffer.from(body).toString("utf8");
      this.#write("Server response object", [["body", truncate(text, OBJECT_LENGTH)]]);
    }
  }

  /** Logs a request that failed before there was a response. */
  fault(text: string): void {
    if (this.#level >= ERRORS) {
      this.#write("Connection error", [["err", text]]);
    }
  }

  #log(event: TraceEvent): void {
    switch (event.kind) {
      case "request":
        return this.#request(event);
      case "response":
        return this.#response(event);
      case "retry":
        return this.#write("Got a Retry-After response", [
          ["delay", `${event.delay / 1000}s`],
          ["attempt", event.attempt],
          ["url", event.url],
        ]);
      default:
        this.#times.set(event.kind, event.milliseconds);
        return this.#connecting(event);
    }
  }

  #request({ method, url, headers }: TraceEvent & { readonly kind: "request" }): void {
    this.#times.clear();
    if (this.#level >= TIMES) {
      this.#write("Request", [["curlCommand", curl(method, url, headers)]]);
    } else if (this.#level >= REQUESTS) {
      this.#write("Request", [
        ["verb", method],
        ["url", url],
        ["headers", lines(headers)],
      ]);
    }
  }

  #connecting(event: TraceEvent): void {
    if (this.#level < TIMES) {
      return;
    }
    if (event.kind === "lookup") {
      this.#write("HTTP Trace: DNS Lookup resolved", [
        ["host", event.host],
        ["address", event.addresses.join(", ")],
      ]);
    } else if (event.kind === "dial") {
      const pairs: readonly Pair[] = [
        ["network", "tcp"],
        ["address", event.address],
      ];
      if (event.fault === undefined) {
        this.#write("HTTP Trace: Dial succeed", pairs);
      } else {
        this.#write("HTTP Trace: Dial failed", [...pairs, ["err", event.fault]]);
      }
    }
  }

  #response(event: TraceEvent & { readonly kind: "response" }): void {
    if (this.#level < ANSWERS) {
      return;
    }
    const hasRequest = this.#level >= REQUESTS && this.#level < TIMES;
    const where: readonly Pair[] = hasRequest
      ? []
      : [
          ["verb", event.method],
          ["url", event.url],
        ];
    const headers: readonly Pair[] = this.#level >= BODIES ? [["headers", lines(event.headers)]] : [];
    this.#write("Response", [
      ...where,
      ["status", event.statusLine],
      ...headers,
      ["milliseconds", Math.floor(event.milliseconds)],
      ...(this.#level >= TIMES ? this.#parts() : []),
    ]);
  }

  #parts(): readonly Pair[] {
    const time = (part: "lookup" | "dial" | "handshake"): number => Math.floor(this.#times.get(part) ?? 0);
    return this.#times.size === 0
      ? [["getConnectionMilliseconds", 0]]
      : [
          ["dnsLookupMilliseconds", time("lookup")],
          ["dialMilliseconds", time("dial")],
          ["tlsHandshakeMilliseconds", time("handshake")],
        ];
  }
}

function curl(method: string, url: string, headers: readonly HeaderLine[]): string {
  const options = headers.map(([name, value]) => ` -H ${goQuote(`${name}: ${value}`)}`).join("");
  return `curl -v -X${method} ${options} '${url.replaceAll("'", "'\\''")}'\n`;
}

function lines(headers: readonly HeaderLine[]): string {
  return headers.map(([name, value]) => `${name}: ${value}\n`).join("");
}

/** Formats a pair; a string of several lines as a block. klog's `KVFormat`; but without control characters. */
function format([key, value]: Pair): string {
  if (typeof value === "number") {
    return `${key}=${value}`;
  }
  return value.includes("\n")
    ? `${key}=<\n${value
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => `\t${escapeUnprintable(line)}\n`)
        .join("")} >`
    : `${key}=${goQuote(value)}`;
}

function truncate(text: string, length = Infinity): string {
  return text.length <= length ? text : `${text.slice(0, length)} [truncated ${text.length - length} chars]`;
}

/** Formats bytes as Go's `hex.Dump`: offsets, bytes, and the printable ones. */
function hexDump(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const digits = Array.from({ length: 16 }, (_, i) => row[i]?.toString(16).padStart(2, "0") ?? "  ");
    const shown = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    rows.push(
      `${at.toString(16).padStart(8, "0")}  ${digits.slice(0, 8).join(" ")}  ${digits.slice(8).join(" ")}  |${shown}|\n`,
    );
  }
  return rows.join("");
}
