import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";

/** Responses with these codes have no body, and `Response` refuses one. */
const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** Options of {@link toResponse}. */
export interface ResponseOptions {
  readonly url: string;
  readonly redirected: boolean;
  /** Whether the connection, and not its caller, asked for compression, which then must be invisible to the caller. */
  readonly decompress: boolean;
  /** Translates an error while the body is read. */
  readonly fault: (error: unknown) => unknown;
  /** Called once, when the body has been read, cancelled or found broken, even if nobody reads it. */
  readonly onEnd: () => void;
}

/**
 * Converts a response of undici to a WHATWG `Response`. Decompresses a gzip body and removes the headers about it, as Go's
 * transport does.
 *
 * @throws ConnectionError for a status that a `Response` cannot have
 */
export function toResponse(data: Dispatcher.ResponseData, options: ResponseOptions): Response {
  const { body } = data;
  // From here on, an error of the body always has a listener, even if the body is never read.
  body.on("error", () => undefined).once("close", options.onEnd);
  try {
    return makeResponse(data, options);
  } catch (error) {
    body.destroy();
    throw error;
  }
}

function makeResponse(
  { statusCode, statusText, headers, body }: Dispatcher.ResponseData,
  options: ResponseOptions,
): Response {
  if (statusCode < 200 || statusCode > 599) {
    throw new ConnectionError(`the server answered with the status ${statusCode}, which HTTP does not have`);
  }
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
      kept.append(name, each);
    }
  }
  const isPacked = options.decompress && kept.get("content-encoding")?.toLowerCase() === "gzip";
  if (isPacked) {
    kept.delete("content-encoding");
    kept.delete("content-length");
  }
  const isNull = NULL_BODY.has(statusCode);
  const response = new Response(isNull ? null : toWebStream(body, isPacked, options), {
    status: statusCode,
    statusText: toByteString(statusText),
    headers: kept,
  });
  Object.defineProperties(response, {
    url: { value: options.url },
    redirected: { value: options.redirected },
  });
  if (isNull) {
    void body.dump().catch(() => undefined);
  }
  return response;
}

/** Converts a reason phrase to a byte string: it may hold any bytes but control characters, and undici reads it as UTF-8. */
function toByteString(text: string): string {
  return Buffer.from(text, "utf8")
    .toString("latin1")
    .replaceAll(/[^\t -~\x80-\xff]/g, "");
}

/** Returns the chunks of a body, on demand. Decompression starts with the first. */
function chunksOf(body: Readable, isPacked: boolean): AsyncIterator<unknown> {
  return (isPacked ? unpack(body) : body)[Symbol.asyncIterator]() as AsyncIterator<unknown>;
}

async function* unpack(body: Readable): AsyncGenerator {
  const gunzip = createGunzip();
  // The reader receives errors; a pipeline reports even those of a body that failed before it was read.
  pipeline(body, gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    // As in Go, an empty body is valid even if it should be gzip.
    if (gunzip.bytesWritten > 0 || codeOf(error) !== "Z_BUF_ERROR") {
      throw error;
    }
  }
}

function toWebStream(
  body: Readable,
  isPacked: boolean,
  { fault }: ResponseOptions,
): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<unknown> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          chunks ??= chunksOf(body, isPacked);
          const { done, value } = await chunks.next();
          if (done === true) {
            // undici reuses the connection only after a turn of the event loop.
            await nextTurn();
            controller.close();
          } else {
            controller.enqueue(new Uint8Array(value as Uint8Array));
          }
        } catch (error) {
          controller.error(fault(error));
        }
      },
      cancel: () => void body.destroy(),
    },
    { highWaterMark: 0 },
  );
}
