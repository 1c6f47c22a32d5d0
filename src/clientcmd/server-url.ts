import type { RestConfigFields } from "../api/rest-config.ts";
import { redactUrlPassword } from "../api/redaction.ts";
import { isSet } from "../api/struct.ts";
import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";
import { GoUrlError } from "../go/url-escape.ts";
import type { GoUrl } from "../go/url.ts";
import { formatGoUrl, parseGoRequestUri, parseGoUrl, parseGoUrlIfValid } from "../go/url.ts";

/**
 * Returns the URL that a client sends its requests to. Without a scheme it is https if any setting asks for TLS (a CA,
 * a client certificate, skipped verification), else http. client-go's `rest.DefaultServerUrlFor`.
 *
 * @throws ConnectionError in client-go's words for a `host` that is neither a URL nor `host:port`
 */
export function serverUrl({ host, tls }: Pick<RestConfigFields, "host" | "tls">): GoUrl {
  const base = host || "localhost";
  const url = parseGoUrlIfValid(base);
  if (url !== undefined && url.scheme !== "" && url.host !== "") {
    return url;
  }
  const wantsTls =
    tls.insecure || tls.caFile !== "" || isSet(tls.caData) || tls.certFile !== "" || isSet(tls.certData);
  return guessUrl(base, wantsTls ? "https" : "http");
}

/**
 * Reports whether credentials may be sent, because the connection uses TLS. client-go's `rest.IsConfigTransportTLS`.
 */
export function isTransportTls(config: Pick<RestConfigFields, "host" | "tls">): boolean {
  try {
    return serverUrl(config).scheme === "https";
  } catch {
    return false;
  }
}

/**
 * Returns the address of a cluster as a client uses it: a URL with a path loses query and fragment, and a string that
 * is no URL stays. A part of client-go's `DirectClientConfig.ClientConfig`.
 */
export function hostOfServer(server: string): string {
  try {
    const url = parseGoRequestUri(server);
    return url.opaque === "" && url.path.length > 1
      ? formatGoUrl({ ...url, rawQuery: "", rawFragment: "" })
      : server;
  } catch {
    return server;
  }
}

function guessUrl(base: string, scheme: string): GoUrl {
  let url: GoUrl;
  try {
    url = parseGoUrl(`${scheme}://${base}`);
  } catch (error) {
    throw error instanceof GoUrlError ? refusalOf(error, base) : error;
  }
  if (url.path !== "" && url.path !== "/") {
    throw new ConnectionError(`host must be a URL or a host:port pair: ${goQuote(redactUrlPassword(base))}`);
  }
  return url;
}

/** Makes the error for an invalid URL, without the part of it that Go quotes: it may be part of a password. */
function refusalOf(error: GoUrlError, base: string): ConnectionError {
  const server = redactUrlPassword(base);
  const message = server === base ? error.message : error.message.replace(/^(invalid URL escape) .*$/s, "$1");
  return new ConnectionError(message, { server });
}
