import { redactUrlPassword } from "../api/redaction.ts";
import { goQuote } from "../go/quote.ts";
import { InvalidConfigurationError } from "../errors.ts";
import type { GoUrl } from "../go/url.ts";
import { parseGoUrlIfValid } from "../go/url.ts";

const SCHEMES: ReadonlySet<string> = new Set(["http", "https", "socks5"]);

/**
 * Parses a proxy's URL. client-go's `parseProxyURL`.
 *
 * @throws InvalidConfigurationError in client-go's words, without the user or password of the URL
 */
export function parseProxyUrl(text: string): GoUrl {
  const url = parseGoUrlIfValid(text);
  if (url === undefined) {
    throw new InvalidConfigurationError([new Error(`could not parse: ${redactUrlPassword(text)}`)]);
  }
  if (!SCHEMES.has(url.scheme)) {
    throw new InvalidConfigurationError([
      new Error(`unsupported scheme ${goQuote(url.scheme)}, must be http, https, or socks5`),
    ]);
  }
  return url;
}
