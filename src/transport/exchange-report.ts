import type { HeaderLine } from "./headers.ts";
import { canonicalName } from "./headers.ts";
import type { Trace } from "./trace.ts";
import { maskedHeaders } from "./trace.ts";

/** What is reported of one request that has been sent. */
export interface ExchangeReport {
  /**
   * Reports the headers of the answer.
   *
   * @param statusLine - as HTTP has it: `404 Not Found`
   */
  answered(status: number, statusLine: string, headers: readonly HeaderLine[]): void;
  /** Reports that there will be no answer. Does nothing after the first report. */
  failed(): void;
}

/** Headers that client-go does not report, because Go's transport adds them. */
const UNREPORTED: ReadonlySet<string> = new Set(["host", "accept-encoding", "proxy-authorization"]);

/**
 * Reports a request, and returns what reports its answer.
 *
 * @param headers - all that are sent
 * @param reported - says of a header that is usually left out whether the request's user asked for it
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
  const tell = (status: number, statusLine: string, lines: readonly HeaderLine[]): void => {
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
      // Go's transport keeps to itself how a body was cut up.
      const canonical = lines
        .map(([name, value]) => [canonicalName(name), value] as const)
        .filter(([name]) => name !== "Transfer-Encoding");
      tell(status, statusLine.trim(), canonical);
    },
    failed: () => tell(0, "", []),
  };
}
