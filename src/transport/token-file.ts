import { ConfigReadError, ConnectionError } from "../errors.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";

/** How long a token is cached before its file is read again, in milliseconds: a minute, less ten seconds of leeway. */
const PERIOD = 50_000;

/** A bearer token that another program renews in a file: client-go's `NewCachedFileTokenSource`. */
export interface TokenFile {
  /** Returns the token, read again after 50 seconds; the previous one if that fails; undefined if there never was one. */
  token(): string | undefined;
  /** Forces the next call to read the file again. */
  forget(): void;
}

/**
 * Creates the token source of a file.
 *
 * @param fallback - the token until the file can be read; `""` for none, and then the file must be readable
 * @throws ConnectionError `failed to read token file "…": …`, `read empty token from file "…"`
 */
export function tokenFile(host: Host, path: string, fallback: string): TokenFile {
  let token = fallback === "" ? undefined : fallback;
  let goodUntil = -Infinity;
  const read = (): void => {
    token = readToken(host, path);
    goodUntil = host.now() + PERIOD;
  };
  if (token === undefined) {
    read();
  }
  return {
    token: () => {
      if (host.now() >= goodUntil) {
        try {
          read();
        } catch (error) {
          if (!(error instanceof ConnectionError)) {
            throw error;
          }
        }
      }
      return token;
    },
    forget: () => {
      goodUntil = -Infinity;
    },
  };
}

function readToken(host: Host, path: string): string {
  let data: Uint8Array;
  try {
    data = readFile(host, path, CREDENTIAL_LIMIT);
  } catch (error) {
    if (error instanceof ConfigReadError) {
      throw new ConnectionError(`failed to read token file ${goQuote(path)}: ${error.message}`);
    }
    throw error;
  }
  const token = Buffer.from(data).toString("utf8").trim();
  if (token === "") {
    throw new ConnectionError(`read empty token from file ${goQuote(path)}`);
  }
  return token;
}
