import { setImmediate as nextTurn } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { INSPECT } from "../api/redaction.ts";
import { codeOf } from "../go/errno.ts";
import type { Deadline } from "./deadline.ts";
import { startDeadline } from "./deadline.ts";
import { reportExchange } from "./exchange-report.ts";
import type { FetchContext } from "./fetch.ts";
import { urlOfOrigin } from "./fetch.ts";
import type { GivenHeaders, HeaderLine } from "./headers.ts";
import { headerLines } from "./headers.ts";
import { notify } from "./listener.ts";
import { bodyFault, isOfParser, requestFault } from "./request-faults.ts";
import { undici } from "./undici.ts";
import { reportWarnings } from "./warning-headers.ts";

/**
 * Creates an undici dispatcher that adds the credentials to every request to the server, and opens every connection as
 * configured. Requests to other servers get no credentials. All requests end at the configured timeout, and are reported
 * as those of `fetch` are.
 */
export function connectionDispatcher(context: FetchContext): Dispatcher {
  dispatcherClass ??= makeDispatcherClass();
  return new dispatcherClass(context);
}

type DispatcherClass = new (context: FetchContext) => Dispatcher;

let dispatcherClass: DispatcherClass | undefined;

/** Creates the dispatcher class, lazily: it extends a class of undici, which must be loaded first. */
function makeDispatcherClass(): DispatcherClass {
  return class ConnectionDispatcher extends undici().Dispatcher {
    readonly #context: FetchContext;
    /** Resolves when the connection of the last completed request can be used again. */
    #freed: Promise<void> = Promise.resolve();

    constructor(context: FetchContext) {
      super();
      this.#context = context;
    }

    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      const { config, endpoint, sender } = this.#context;
      const deadline = startDeadline(config.timeout, undefined, endpoint.host);
      const exchange = new DispatchedExchange(handler, deadline, endpoint.host);
      deadline.signal.addEventListener("abort", () => exchange.expire(sender.pool.connecting() > 0), {
        once: true,
      });
      void this.#send(options, exchange).catch((error: unknown) => exchange.fail(error));
      return true;
    }

    async #send(options: Dispatcher.DispatchOptions, exchange: DispatchedExchange): Promise<void> {
      const { sender, compresses, endpoint, trace, onWarning } = this.#context;
      const origin = new URL(String(options.origin)).origin;
      const own = headerLines(options.headers as GivenHeaders);
      const headers = compresses ? own : own.filter(([name]) => name.toLowerCase() !== "accept-encoding");
      const prepared = await sender.prepare(
        origin,
        undefined,
        options.path,
        headers,
        exchange.deadline.signal,
      );
      const { identity } = prepared;
      // A caller that sends its next request as soon as the last one has ended must find the connection free.
      await this.#freed;
      if (exchange.isOver) {
        return;
      }
      const report =
        trace &&
        reportExchange(trace, {
          method: options.method,
          url: `${urlOfOrigin({ endpoint, sender }, origin)}${options.path}`,
          headers: headerLines(prepared.headers),
        });
      exchange.observe({
        onAnswer: (status, statusText, lines) => {
          report?.answered(status, `${status} ${statusText}`, lines);
          reportWarnings(onWarning, status, lines);
          if (status === 401) {
            notify(() => identity?.refused());
          }
        },
        onFailure: () => report?.failed(),
        onEnd: () => {
          this.#freed = twoTurns();
        },
      });
      prepared.dispatcher.dispatch(
        { ...options, origin, path: prepared.path, headers: prepared.headers },
        exchange.handler(),
      );
    }

    /** Leaves the connections open: closing the Connection closes them. */
    override close(callback?: () => void): Promise<void> {
      callback?.();
      return Promise.resolve();
    }

    override destroy(...args: readonly unknown[]): Promise<void> {
      const callback = args.find((argument) => typeof argument === "function");
      (callback as (() => void) | undefined)?.();
      return Promise.resolve();
    }

    [INSPECT](): string {
      return `ConnectionDispatcher(${this.#context.endpoint.host})`;
    }
  };
}

/** Observes the events that a request's handler receives. */
interface ExchangeObserver {
  readonly onAnswer: (status: number, statusText: string, headers: readonly HeaderLine[]) => void;
  readonly onFailure: () => void;
  /** Called when the response is complete. */
  readonly onEnd: () => void;
}

/** One dispatched request: it ends once, by its response, by a failure in Go's words, or by its deadline. */
class DispatchedExchange {
  readonly deadline: Deadline;
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #server: string;
  #observer: ExchangeObserver | undefined;
  /** Ends the request; undefined until it has a connection. */
  #abort: ((reason: Error) => void) | undefined;
  #isOver = false;

  constructor(handler: Dispatcher.DispatchHandler, deadline: Deadline, server: string) {
    this.deadline = deadline;
    this.#handler = handler;
    this.#server = server;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  observe(observer: ExchangeObserver): void {
    this.#observer = observer;
  }

  /**
   * Ends the request because of its timeout. undici accepts that only once there is a connection.
   *
   * @param isConnecting - whether a connection is being opened, on which the request then probably waits
   */
  expire(isConnecting: boolean): void {
    if (this.deadline.waiting === "headers" && isConnecting) {
      this.deadline.waiting = "connection";
    }
    const fault = toError(this.deadline.reason(undefined));
    if (this.#abort === undefined) {
      this.fail(fault);
    } else {
      this.#abort(fault);
    }
  }

  /** Reports a failure to the handler of a request that never had a connection. */
  fail(error: unknown): void {
    if (this.#isOver) {
      return;
    }
    this.#end();
    this.#observer?.onFailure();
    const fault = toError(requestFault(this.deadline.reason(error), this.#server));
    const handler = this.#handler;
    notify(() =>
      handler.onResponseError === undefined
        ? handler.onError?.(fault)
        : handler.onResponseError(unsentController(fault), fault),
    );
  }

  /**
   * Returns the handler for undici, which has two kinds of handlers and calls only the methods of one. Failures reach the
   * request's own handler in Go's words.
   */
  handler(): Dispatcher.DispatchHandler {
    return new Proxy(this.#handler, {
      get: (target, key) => {
        const method: unknown = Reflect.get(target, key, target);
        return typeof method === "function"
          ? (...args: unknown[]): unknown =>
              this.#call(key, () => Reflect.apply(method, target, args) as unknown, args)
          : method;
      },
    });
  }

  #call(key: string | symbol, method: () => unknown, args: unknown[]): unknown {
    if (key === "onConnect" || key === "onRequestStart") {
      return this.#onConnection(key, method, args);
    }
    if (this.#isOver && typeof key === "string" && key.startsWith("on")) {
      return undefined;
    }
    switch (key) {
      case "onHeaders":
        this.#onAnswer(Number(args[0]), String(args[3]), args[1]);
        return method();
      case "onResponseStart":
        this.#onAnswer(Number(args[1]), String(args[3]), args[2]);
        return method();
      case "onUpgrade":
      case "onRequestUpgrade":
        // As in client-go, the timeout does not apply once a connection is upgraded to a stream.
        this.#end();
        return method();
      case "onError":
        args[0] = this.#fault(args[0]);
        return method();
      case "onResponseError":
        args[1] = this.#fault(args[1]);
        return method();
      case "onComplete":
      case "onResponseEnd":
        this.#end();
        this.#observer?.onEnd();
        // Immediately: if this follows a decompression error of the body, Node's fetch before 24 never settles.
        return method();
      default:
        return method();
    }
  }

  #onConnection(key: string, method: () => unknown, args: unknown[]): unknown {
    const [first] = args;
    this.#abort =
      key === "onConnect"
        ? (first as (reason: Error) => void)
        : (reason) => (first as Dispatcher.DispatchController).abort(reason);
    if (this.#isOver) {
      this.#abort(new Error("the request has been given up"));
      return undefined;
    }
    this.deadline.waiting = "headers";
    return method();
  }

  #onAnswer(status: number, statusText: string, headers: unknown): void {
    this.deadline.waiting = "body";
    this.#observer?.onAnswer(status, statusText, headerLines(textHeaders(headers)));
  }

  #fault(error: unknown): unknown {
    const reason = this.deadline.reason(error);
    const { waiting } = this.deadline;
    this.#end();
    this.#observer?.onFailure();
    if (reason !== error || !isOfConnection(error)) {
      return reason;
    }
    return waiting === "body" ? bodyFault(error) : requestFault(error, this.#server);
  }

  #end(): void {
    this.#isOver = true;
    this.deadline.clear();
  }
}

/** Waits for two turns of the event loop: undici needs one to free the connection of a complete response. */
async function twoTurns(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Converts headers as undici passes them to handlers, by name or as a list of bytes, to strings. */
function textHeaders(headers: unknown): GivenHeaders {
  return Array.isArray(headers)
    ? headers.map((each: unknown) =>
        typeof each === "string" ? each : Buffer.from(each as Uint8Array).toString("latin1"),
      )
    : (headers as GivenHeaders);
}

/** Reports whether the connection failed, as opposed to an abort by the caller. */
function isOfConnection(error: unknown): boolean {
  const code = codeOf(error);
  return isOfParser(error) || (code !== "" && code !== "UND_ERR_ABORTED");
}

/** Returns a controller for a request that was never sent: it controls nothing. */
function unsentController(reason: Error): Dispatcher.DispatchController {
  return {
    aborted: true,
    paused: false,
    reason,
    rawHeaders: null,
    rawTrailers: null,
    abort: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
