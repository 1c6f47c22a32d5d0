import { Dispatcher } from "undici";
import { INSPECT } from "../api/redaction.ts";
import type { GivenHeaders } from "./headers.ts";
import { headerLines } from "./headers.ts";
import { requestFault } from "./request-faults.ts";
import type { Sender } from "./sender.ts";

/**
 * An undici dispatcher that gives every request to the server its credentials, and opens every connection as the
 * configuration says. Requests to other servers get no credentials.
 */
export class ConnectionDispatcher extends Dispatcher {
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
      const fault = requestFault(error, this.#server);
      if (handler.onResponseError === undefined) {
        handler.onError?.(fault);
      } else {
        handler.onResponseError(undefined as unknown as Dispatcher.DispatchController, fault);
      }
    });
    return true;
  }

  async #send(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
    const origin = new URL(String(options.origin)).origin;
    const own = headerLines(options.headers as GivenHeaders);
    const headers = this.#compresses ? own : own.filter(([name]) => name.toLowerCase() !== "accept-encoding");
    const prepared = await this.#sender.prepare(origin, undefined, options.path, headers);
    const { identity } = prepared;
    prepared.dispatcher.dispatch(
      { ...options, origin, path: prepared.path, headers: prepared.headers },
      watchStatus(handler, (status) => {
        if (status === 401) {
          void identity?.refused();
        }
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
}

/** A handler that also tells the status: undici has two kinds of handlers, and calls only the methods of one. */
function watchStatus(
  handler: Dispatcher.DispatchHandler,
  onStatus: (status: number) => void,
): Dispatcher.DispatchHandler {
  return new Proxy(handler, {
    get: (target, key) => {
      const method: unknown = Reflect.get(target, key, target);
      if (typeof method !== "function") {
        return method;
      }
      return (...args: readonly unknown[]): unknown => {
        if (key === "onComplete" || key === "onResponseEnd") {
          // Whoever sends the next request as soon as this one has ended is to find the connection free, which takes
          // undici a turn of the event loop.
          setImmediate(() => setImmediate(() => Reflect.apply(method, target, args) as unknown));
          return undefined;
        }
        const status = key === "onHeaders" ? args[0] : key === "onResponseStart" ? args[1] : undefined;
        if (typeof status === "number") {
          onStatus(status);
        }
        return Reflect.apply(method, target, args) as unknown;
      };
    },
  });
}
