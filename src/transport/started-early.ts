import type { Dispatcher } from "undici";

/** The state of one request. */
interface EarlyRequest {
  /** Aborts the request on its connection; undefined until it has one. */
  abort: ((reason: Error) => void) | undefined;
  isOver: boolean;
  reason: Error | undefined;
}

/**
 * Makes undici start each request before it has a connection: by default an abort takes effect only once undici is
 * connected, which may take as long as the server does not respond.
 *
 * @param wait - called for each request; the function it returns is called when the request has its response or has ended
 */
export function startedEarly(dispatcher: Dispatcher, wait: () => () => void): Dispatcher {
  const dispatch = (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean => {
    const stopWaiting = wait();
    const request: EarlyRequest = { abort: undefined, isOver: false, reason: undefined };
    const abort = (reason: Error = new Error("aborted")): void => {
      if (request.abort !== undefined) {
        request.abort(reason);
      } else if (!request.isOver) {
        Object.assign(request, { isOver: true, reason });
        stopWaiting();
        if (handler.onRequestStart === undefined) {
          handler.onError?.(reason);
        } else {
          handler.onResponseError?.(controllerOf(request, abort), reason);
        }
      }
    };
    if (handler.onRequestStart === undefined) {
      handler.onConnect?.(abort);
    } else {
      handler.onRequestStart(controllerOf(request, abort), {});
    }
    return request.isOver || dispatcher.dispatch(options, watched(handler, request, stopWaiting));
  };
  return new Proxy(dispatcher, {
    get: (target, key) => (key === "dispatch" ? dispatch : (Reflect.get(target, key, target) as unknown)),
  });
}

/** Wraps a request's handler. undici has two kinds of handlers, and calls only the methods of one. */
function watched(
  handler: Dispatcher.DispatchHandler,
  request: EarlyRequest,
  stopWaiting: () => void,
): Dispatcher.DispatchHandler {
  const start = (abort: (reason: Error) => void): void => {
    request.abort = abort;
    if (request.reason !== undefined) {
      abort(request.reason);
    }
  };
  const call = (key: string | symbol, method: () => unknown, args: readonly unknown[]): unknown => {
    switch (key) {
      case "onConnect":
        return start(args[0] as (reason: Error) => void);
      case "onRequestStart": {
        const controller = args[0] as Dispatcher.DispatchController;
        return start((reason) => controller.abort(reason));
      }
      case "onHeaders":
      case "onResponseStart":
        if (Number(args[key === "onHeaders" ? 0 : 1]) >= 200) {
          stopWaiting();
        }
        return method();
      case "onUpgrade":
      case "onRequestUpgrade":
        stopWaiting();
        return method();
      case "onError":
      case "onResponseError":
        stopWaiting();
        return request.isOver ? undefined : method();
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

/** Returns the controller of a request that has no connection yet. */
function controllerOf(request: EarlyRequest, abort: (reason?: Error) => void): Dispatcher.DispatchController {
  return {
    get aborted() {
      return request.isOver;
    },
    paused: false,
    get reason() {
      return request.reason ?? null;
    },
    rawHeaders: null,
    rawTrailers: null,
    abort,
    pause: () => undefined,
    resume: () => undefined,
  };
}
