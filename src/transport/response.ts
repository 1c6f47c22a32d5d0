import type { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { Dispatcher } from "undici";

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
 */
export function toResponse(
  { statusCode, statusText, headers, body }: Dispatcher.ResponseData,
  options: ResponseOptions,
): Response {
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
  if (isNull) {
    void body.dump().catch(() => undefined);
    options.onEnd();
  }
  const response = new Response(isNull ? null : toWebStream(isPacked ? unpack(body) : body, options), {
    status: statusCode,
    statusText,
    headers: kept,
  });
  Object.defineProperties(response, {
    url: { value: options.url },
    redirected: { value: options.redirected },
  });
  return response;
}

function unpack(body: Readable): Readable {
  const gunzip = createGunzip();
  body.on("error", (error) => gunzip.destroy(error));
  gunzip.on("close", () => body.destroy());
  return body.pipe(gunzip);
}

function toWebStream(body: Readable, { fault, onEnd }: ResponseOptions): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
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
        body.on("error", () => undefined).destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
