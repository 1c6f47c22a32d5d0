import type { Dispatcher } from "undici";
import { INSPECT } from "../api/redaction.ts";
import { codeOf } from "../go/errno.ts";
import type { GivenHeaders } from "./headers.ts";
import { headerLines } from "./headers.ts";
import { notify } from "./listener.ts";
import { isOfParser, requestFault } from "./request-faults.ts";
import type { Sender } from "./sender.ts";
import { undici } from "./undici.ts";

/**
 * An undici dispatcher that gives every request to the server its credentials, and opens every connection as the
 * configuration says. Requests to other servers get no credentials.
 */
export function connectionDispatcher(sender: Sender, server: string, compresses: boolean): Dispatcher {
  dispatcherClass ??= makeDispatcherClass();
  return new dispatcherClass(sender, server, compresses);
}

type DispatcherClass = new (sender: Sender, server: string, compresses: boolean) => Dispatcher;

let dispatcherClass: DispatcherClass | undefined;

/** The class cannot be written down before undici, of which it extends a class, is loaded. */
function makeDispatcherClass(): DispatcherClass {
  return class ConnectionDispatcher extends undici().Dispatcher {
    readonly #sender: Sender;
    readonly #server: string;
    readonly #compresses: boolean;

    constructor(sender: Sender, server: string, compresses: boolean) {
      super();
      this.#sender = sender;
      this.#server = server;
      this.#compresses = compresses;
    }

    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      void this.#send(options, handler).catch((error: unknown) => {
        const fault = toError(requestFault(error, this.#server));
        notify(() =>
          handler.onResponseError === undefined
            ? handler.onError?.(fault)
            : handler.onResponseError(unsentController(fault), fault),
        );
      });
      return true;
    }

    async #send(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
      const origin = new URL(String(options.origin)).origin;
      const own = headerLines(options.headers as GivenHeaders);
      const headers = this.#compresses
        ? own
        : own.filter(([name]) => name.toLowerCase() !== "accept-encoding");
      const prepared = await this.#sender.prepare(origin, undefined, options.path, headers);
      const { identity } = prepared;
      prepared.dispatcher.dispatch(
        { ...options, origin, path: prepared.path, headers: prepared.headers },
        watch(handler, {
          onStatus: (status) => {
            if (status === 401) {
              notify(() => identity?.refused());
            }
          },
          fault: (error) => (isOfConnection(error) ? requestFault(error, this.#server) : error),
        }),
      );
    }

    /** The connections stay open: it is the connection that is closed. */
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
      return `ConnectionDispatcher(${this.#server})`;
    }
  };
}

/** What is done with what a request's handler is told. */
interface Watcher {
  readonly onStatus: (status: number) => void;
  readonly fault: (error: unknown) => unknown;
}

/**
 * A handler that also tells the status, and is told failures in Go's words. undici has two kinds of handlers, and calls
 * only the methods of one.
 */
function watch(
  handler: Dispatcher.DispatchHandler,
  { onStatus, fault }: Watcher,
): Dispatcher.DispatchHandler {
  const call = (key: string | symbol, method: () => unknown, args: unknown[]): unknown => {
    switch (key) {
      case "onHeaders":
        onStatus(Number(args[0]));
        return method();
      case "onResponseStart":
        onStatus(Number(args[1]));
        return method();
      case "onError":
        args[0] = fault(args[0]);
        return method();
      case "onResponseError":
        args[1] = fault(args[1]);
        return method();
      case "onComplete":
      case "onResponseEnd":
        // Whoever sends the next request as soon as this one has ended is to find the connection free, which takes
        // undici a turn of the event loop.
        setImmediate(() => setImmediate(() => notify(method)));
        return undefined;
      default:
        return method();
    }
  };
  return new Proxy(handler, {
    get: (target, key) => {
      const method: unknown = Reflect.get(target, key, target);
      return typeof method === "function"
        ? (...args: unknown[]): unknown =>
            call(key, () => Reflect.apply(method, target, args) as unknown, args)
        : method;
    },
  });
}

/** Whether it was the connection that failed, and not the user who gave up. */
function isOfConnection(error: unknown): boolean {
  const code = codeOf(error);
  return isOfParser(error) || (code !== "" && code !== "UND_ERR_ABORTED");
}

/** What a handler is given to steer a request that was never sent: there is nothing to steer. */
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
