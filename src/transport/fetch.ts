import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { RestConfig } from "../api/rest-config.ts";
import { ConnectionError } from "../errors.ts";
import { onAbort } from "../exec/abort-signals.ts";
import { startDeadline } from "./deadline.ts";
import type { Deadline } from "./deadline.ts";
import { reportExchange } from "./exchange-report.ts";
import type { Endpoint } from "./endpoint.ts";
import { requestTarget } from "./endpoint.ts";
import type { Outgoing } from "./follow.ts";
import { followRedirect, MAX_REQUESTS } from "./follow.ts";
import type { HeaderLine } from "./headers.ts";
import { canonicalName, headerLines } from "./headers.ts";
import { listener } from "./listener.ts";
import { startTimer } from "../host/long-timer.ts";
import { bodyFault, requestFault } from "./request-faults.ts";
import { toResponse } from "./response.ts";
import type { Sender } from "./sender.ts";
import type { Trace } from "./trace.ts";
import type { OnWarning } from "./warning-headers.ts";
import { reportWarnings } from "./warning-headers.ts";

/** kubectl's `Accept` header for a response that it prints unchanged. */
const ACCEPT = "application/json, */*";

/** Everything that `fetch` needs. */
export interface FetchContext {
  readonly config: RestConfig;
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  /** Whether to ask for compressed responses. */
  readonly compresses: boolean;
  readonly trace?: Trace | undefined;
  readonly onWarning?: OnWarning | undefined;
}

/** The target of a request: a path relative to the server, or a URL of the server. */
export type FetchInput = string | URL | Request;

/**
 * Sends a request to the server as client-go's `rest.Request` and Go's `http.Client` would: the path under the server's
 * prefix, redirects followed (credentials only to the same origin), and a request sent again if the server asks to retry.
 *
 * @throws ConnectionError in Go's words, and for a URL of another origin
 * @throws the signal's reason when it is aborted
 */
export async function fetchPath(
  context: FetchContext,
  input: FetchInput,
  init: RequestInit = {},
): Promise<Response> {
  const { endpoint, sender } = context;
  const target = targetOf(context, input);
  const wanted = isRequest(input) ? initOf(input, init) : init;
  const signal = wanted.signal ?? undefined;
  // The deadline handles the signal: the Request would only keep a listener on it.
  const request = new Request(`${sender.origin}/`, { ...wanted, ...streamOption(wanted), signal: null });
  const first: Outgoing = {
    method: request.method,
    origin: sender.origin,
    host: endpoint.host,
    path: target,
    headers: ownHeaders(request),
    body: await bodyOf(request, init),
  };
  for (let attempt = 0; ; attempt++) {
    const exchange = await exchangeOnce(context, first, request.redirect, signal);
    const wait =
      attempt < MAX_RETRIES && (first.body === null || first.body instanceof Uint8Array)
        ? retryAfter(exchange.data.statusCode, firstValue(exchange.data.headers["retry-after"]))
        : undefined;
    if (wait === undefined) {
      const { statusCode, headers } = exchange.data;
      reportWarnings(context.onWarning, statusCode, headerLines(headers));
      return exchange.respond();
    }
    context.trace?.({ kind: "retry", url: urlOf(context, first), attempt: attempt + 1, delay: wait });
    await discard(exchange.data, exchange.deadline);
    exchange.deadline.clear();
    await sleep(wait, signal === undefined ? [sender.pool.closed] : [signal, sender.pool.closed]);
  }
}

/**
 * Returns the request target. A path gets the server's prefix; a URL is sent as written.
 *
 * @throws ConnectionError for a URL of another origin: its request is not for this server
 */
function targetOf({ config, endpoint, sender }: FetchContext, input: FetchInput): string {
  const text = isRequest(input) ? input.url : String(input);
  if (!/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(text)) {
    return requestTarget(endpoint, text, config.timeout);
  }
  const url = URL.canParse(text, sender.origin) ? new URL(text, sender.origin) : undefined;
  if (url?.origin !== sender.origin) {
    const named =
      url === undefined ? "no valid URL" : url.origin === "null" ? `the scheme ${url.protocol}` : url.origin;
    throw new ConnectionError(`the request is for ${named}, and this connection is to ${sender.origin}`, {
      server: endpoint.host,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new ConnectionError("the URL of the request has a user name or password, which is not sent");
  }
  return `${url.pathname}${url.search}`;
}

/** Reports whether an input is a `Request`, be it one of Node or of a copy of undici. */
function isRequest(input: FetchInput): input is Request {
  return typeof input === "object" && "url" in input && "method" in input;
}

/** Returns what to send for a `Request`, which `init` changes as it does for the global `fetch`. */
function initOf(request: Request, init: RequestInit): RequestInit {
  const { method, body, redirect, signal } = request;
  const given = Object.fromEntries(Object.entries(init).filter(([, value]) => value !== undefined));
  return { method, headers: [...request.headers], body, redirect, signal, ...given };
}

/** A response whose headers have arrived. */
interface Exchange {
  readonly data: Dispatcher.ResponseData;
  readonly deadline: Deadline;
  readonly respond: () => Response;
}

async function exchangeOnce(
  context: FetchContext,
  first: Outgoing,
  redirect: Request["redirect"],
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const { config, endpoint } = context;
  const deadline = startDeadline(config.timeout, signal, endpoint.host);
  try {
    let request = first;
    for (let sent = 1; ; sent++) {
      const adds = context.compresses && maySendCompressed(request);
      const data = await send(context, request, adds, deadline);
      const next =
        redirect === "manual"
          ? undefined
          : followRedirect(request, data.statusCode, firstValue(data.headers["location"]), endpoint.host);
      if (next === undefined) {
        deadline.waiting = "body";
        const url = `${request.origin}${request.path}`;
        const respond = (): Response =>
          toResponse(data, {
            url,
            redirected: sent > 1,
            decompress: adds,
            fault: (error) => deadline.reason(bodyFault(error)),
            onEnd: () => deadline.clear(),
          });
        return { data, deadline, respond };
      }
      await discard(data, deadline);
      if (redirect === "error" || sent >= MAX_REQUESTS) {
        throw new ConnectionError(
          redirect === "error"
            ? "the server answered with a redirect"
            : `stopped after ${MAX_REQUESTS} redirects`,
          { server: endpoint.host },
        );
      }
      request = next;
      deadline.server = next.host;
    }
  } catch (error) {
    deadline.clear();
    throw deadline.reason(error);
  }
}

function urlOf(context: FetchContext, { origin, path }: Outgoing): string {
  return `${urlOfOrigin(context, origin)}${path}`;
}

/** Returns the origin of a request for reports: the server as the configuration has it, and not as WHATWG does. */
export function urlOfOrigin(
  { endpoint, sender }: Pick<FetchContext, "endpoint" | "sender">,
  origin: string,
): string {
  return origin === sender.origin ? `${endpoint.secure ? "https" : "http"}://${endpoint.host}` : origin;
}

async function send(
  context: FetchContext,
  request: Outgoing,
  adds: boolean,
  deadline: Deadline,
): Promise<Dispatcher.ResponseData> {
  const headers: readonly HeaderLine[] = adds
    ? [...request.headers, ["Accept-Encoding", "gzip"]]
    : request.headers;
  const { sender } = context;
  try {
    const prepared = await sender.prepare(
      request.origin,
      request.host,
      request.path,
      headers,
      deadline.signal,
    );
    const data = await traced(context, request, prepared.headers, () =>
      deadline.abort(
        prepared.dispatcher.request({
          origin: request.origin,
          path: prepared.path,
          method: request.method,
          headers: prepared.headers,
          body: request.body as Uint8Array | Readable | null,
          signal: deadline.signal,
        }),
      ),
    );
    if (data.statusCode === 401) {
      await prepared.identity?.refused(deadline.signal);
    }
    return data;
  } catch (error) {
    deadline.waiting = sender.pool.connecting() > 0 ? "connection" : "headers";
    throw deadline.reason(requestFault(error, request.host));
  }
}

async function traced(
  context: FetchContext,
  request: Outgoing,
  headers: readonly string[],
  run: () => Promise<Dispatcher.ResponseData>,
): Promise<Dispatcher.ResponseData> {
  const { trace } = context;
  if (trace === undefined) {
    return await run();
  }
  const report = reportExchange(
    trace,
    { method: request.method, url: urlOf(context, request), headers: headerLines(headers) },
    ([name, value]) =>
      name === "Accept-Encoding" && request.headers.some((line) => line[0] === name && line[1] === value),
  );
  try {
    const data = await run();
    report.answered(data.statusCode, `${data.statusCode} ${data.statusText}`, headerLines(data.headers));
    return data;
  } catch (error) {
    report.failed();
    throw error;
  }
}

function ownHeaders(request: Request): readonly HeaderLine[] {
  const lines = [...request.headers].map(([name, value]) => [canonicalName(name), value] as const);
  return request.headers.has("accept") ? lines : [["Accept", ACCEPT], ...lines];
}

/** Reports whether to ask for gzip: Go's transport does, except for a range of a body or a response without one. */
function maySendCompressed({ method, headers }: Outgoing): boolean {
  return method !== "HEAD" && !headers.some(([name]) => name === "Accept-Encoding" || name === "Range");
}

async function bodyOf(request: Request, init: RequestInit): Promise<Outgoing["body"]> {
  return request.body === null || isStream(init.body)
    ? request.body
    : new Uint8Array(await request.arrayBuffer());
}

function streamOption(init: RequestInit): { readonly duplex?: "half" } {
  return isStream(init.body) ? { duplex: "half" } : {};
}

/** Reports whether a body is a stream, whose length is unknown. */
function isStream(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    (body instanceof ReadableStream || (Symbol.asyncIterator in body && !(body instanceof Blob)))
  );
}

/** How much of an unused body is read, in bytes, so that its connection can be used again; as in Go. */
const MAX_DISCARDED = 2048;

/**
 * Reads an unused body to its end, or closes its connection if the body is long: it may be endless.
 *
 * @throws the deadline's reason when it has passed
 */
async function discard({ body, headers }: Dispatcher.ResponseData, deadline: Deadline): Promise<void> {
  body.on("error", () => undefined);
  if (Number(firstValue(headers["content-length"]) ?? 0) > MAX_DISCARDED) {
    body.destroy();
    return;
  }
  const ended = new Promise<void>((resolve, reject) => {
    let received = 0;
    const onData = listener(reject, (chunk: Uint8Array) => {
      received += chunk.length;
      if (received > MAX_DISCARDED) {
        body.destroy();
      }
    });
    body.on("close", resolve).on("data", onData);
  });
  try {
    await deadline.abort(ended);
  } catch (error) {
    body.destroy();
    throw deadline.reason(error);
  }
}

function firstValue(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "object" ? value[0] : value;
}

/** Waits, unless one of the signals is aborted. */
async function sleep(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  const unlinks: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      unlinks.push(startTimer(milliseconds, resolve));
      for (const signal of signals) {
        const giveUp = (): void => reject(signal.reason as Error);
        if (signal.aborted) {
          giveUp();
        }
        unlinks.push(onAbort(signal, giveUp));
      }
    });
  } finally {
    for (const unlink of unlinks) {
      unlink();
    }
  }
}

/** How often a request is sent again when the server asks for that; as in client-go. */
const MAX_RETRIES = 10;

/**
 * Returns how long to wait before a request is sent again, in milliseconds; undefined if it must not be. client-go's
 * `checkWait`: a 429 or a server error with a `Retry-After` in whole seconds.
 */
function retryAfter(status: number, header: string | undefined): number | undefined {
  const mayRetry = status === 429 || (status >= 500 && status < 600);
  // Go's strconv.Atoi fails for a larger number.
  return mayRetry && header !== undefined && /^[+-]?\d+$/.test(header) && Number(header) < 2 ** 63
    ? Math.max(0, Number(header) * 1000)
    : undefined;
}
