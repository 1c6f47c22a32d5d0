import { fromBytes } from "../go/byte-text.ts";
import { goQuote } from "../go/quote.ts";

/** The maximum length of a line in an error: Go has none. */
const MAX_LINE = 4096;

/**
 * Returns why a line is not the first of an HTTP/1 response, in the words of Go's `http.ReadResponse`; undefined if it is.
 *
 * @param line - a character for each byte, without the line break
 */
export function statusLineFault(line: string): string | undefined {
  const space = line.indexOf(" ");
  if (space === -1) {
    return `malformed HTTP response ${quoteBytes(line)}`;
  }
  const version = line.slice(0, space);
  const [code = ""] = line.slice(space).replace(/^ +/, "").split(" ", 1);
  if (!/^\+?\d+$/.test(code) || code.length !== 3) {
    return `malformed HTTP status code ${quoteBytes(code)}`;
  }
  return /^HTTP\/\d\.\d$/.test(version) ? undefined : `malformed HTTP version ${quoteBytes(version)}`;
}

function quoteBytes(line: string): string {
  return goQuote(fromBytes(Buffer.from(line.slice(0, MAX_LINE), "latin1")));
}
