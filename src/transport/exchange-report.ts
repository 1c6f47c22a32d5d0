import type { HeaderLine } from "./headers.ts";
import { canonicalName } from "./headers.ts";
import type { Trace } from "./trace.ts";
import { maskedHeaders } from "./trace.ts";

/** Reports the outcome of one request that has been sent. */
export interface ExchangeReport {
  /**
   * Reports the headers of the response.
   *
   * @param statusLine - as HTTP has it: `404 Not Found`
   */
  answered(status: number, statusLine: string, headers: readonly HeaderLine[]): void;
  /** Reports that there will be no response. Does nothing after the first report. */
  failed(): void;
}

/** Headers that client-go does not report, because Go's transport adds them. */
const UNREPORTED: ReadonlySet<string> = new Set(["host", "accept-encoding", "proxy-authorization"]);

/**
 * Reports a request, and returns the report of its response.
 *
 * @param headers - all headers that are sent
 * @param reported - returns whether the caller asked for a header that is usually left out
 */
export function reportExchange(
  trace: Trace | undefined,
  {
    method,
    url,
    headers,
  }: { readonly method: string; readonly url: string; readonly headers: readonly HeaderLine[] },
  reported: (line: HeaderLine) => boolean = () => false,
): ExchangeReport {
  const shown = headers.filter((line) => !UNREPORTED.has(line[0].toLowerCase()) || reported(line));
  trace?.({ kind: "request", method, url, headers: maskedHeaders(shown) });
  const start = performance.now();
  let isOver = false;
  const reportResponse = (status: number, statusLine: string, lines: readonly HeaderLine[]): void => {
    if (!isOver) {
      isOver = true;
      const milliseconds = performance.now() - start;
      trace?.({
        kind: "response",
        method,
        url,
        status,
        statusLine,
        headers: maskedHeaders(lines),
        milliseconds,
      });
    }
  };
  return {
    answered: (status, statusLine, lines) => {
      // Go's transport does not expose the transfer encoding.
      const canonical = lines
        .map(([name, value]) => [canonicalName(name), value] as const)
        .filter(([name]) => name !== "Transfer-Encoding");
      reportResponse(status, statusLine.trim(), canonical);
    },
    failed: () => reportResponse(0, "", []),
  };
}
