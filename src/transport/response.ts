import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";

/** Answers with these codes have no body, and a `Response` may be given none. */
const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** What {@link toResponse} is told of the request. */
export interface ResponseOptions {
  readonly url: string;
  readonly redirected: boolean;
  /** Whether compression was asked for by the connection and not by its user, who then is not to see it. */
  readonly decompress: boolean;
  /** What an error while the body is read is to be told as. */
  readonly fault: (error: unknown) => unknown;
  /** Called once, when the body has been read, given up or found broken. */
  readonly onEnd: () => void;
}

/**
 * Makes a WHATWG `Response` of what undici received. A gzip body is unpacked, and then the headers do not speak of it
 * any more: as Go's transport does.
 *
 * @throws ConnectionError for a status that a `Response` cannot have
 */
export function toResponse(data: Dispatcher.ResponseData, options: ResponseOptions): Response {
  const { body } = data;
  // From here on, nothing that befalls the body is without a listener, whether anybody reads it or not.
  body.on("error", () => undefined);
  try {
    return makeResponse(data, options);
  } catch (error) {
    options.onEnd();
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
    options.onEnd();
  }
  return response;
}

/** A reason phrase may hold any bytes but control characters, and undici reads it as UTF-8. */
function toByteString(text: string): string {
  return Buffer.from(text, "utf8")
    .toString("latin1")
    .replaceAll(/[^\t -~\x80-\xff]/g, "");
}

/** The chunks of a body, which are asked for one by one. Nothing is unpacked before the first. */
function chunksOf(body: Readable, isPacked: boolean): AsyncIterator<unknown> {
  return (isPacked ? unpack(body) : body)[Symbol.asyncIterator]() as AsyncIterator<unknown>;
}

async function* unpack(body: Readable): AsyncGenerator {
  const gunzip = createGunzip();
  // Whoever reads hears of errors; a pipeline tells them even of a body that broke off before anybody read.
  pipeline(body, gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    // A body of nothing is nothing, packed or not, as for Go.
    if (gunzip.bytesWritten > 0 || codeOf(error) !== "Z_BUF_ERROR") {
      throw error;
    }
  }
}

function toWebStream(
  body: Readable,
  isPacked: boolean,
  { fault, onEnd }: ResponseOptions,
): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<unknown> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          chunks ??= chunksOf(body, isPacked);
          const { done, value } = await chunks.next();
          if (done === true) {
            onEnd();
            // Only after a turn of the event loop does undici use the connection for the next request.
            await nextTurn();
            controller.close();
          } else {
            controller.enqueue(new Uint8Array(value as Uint8Array));
          }
        } catch (error) {
          onEnd();
          controller.error(fault(error));
        }
      },
      cancel: () => {
        onEnd();
        body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
