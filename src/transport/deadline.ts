import { ConnectionError } from "../errors.ts";
import { onAbort } from "../exec/abort-signals.ts";
import { startTimer } from "../host/long-timer.ts";
import { untilAborted } from "./until-aborted.ts";

/** Ends one request when the caller aborts it or its timeout has passed. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The phase of the request, which decides the message of a timeout. */
  waiting: "connection" | "headers" | "body";
  /** `host:port` of the current server. */
  server: string;
  /** Waits for something until the deadline: undici ignores a signal until it has a connection. */
  abort<T>(work: Promise<T>): Promise<T>;
  /** Returns the error to report: the caller's abort reason or the timeout if these caused the error, or else the error. */
  reason(error: unknown): unknown;
  /** Stops the deadline once the request has ended. */
  clear(): void;
}

/**
 * Starts the deadline of a request.
 *
 * @param timeout - milliseconds for the whole request, its response included; 0 for no limit
 * @param server - `host:port` of the request
 */
export function startDeadline(timeout: number, signal: AbortSignal | undefined, server: string): Deadline {
  const controller = new AbortController();
  let expired = false;
  const abort = (): void => controller.abort(signal?.reason);
  const stopTimer =
    timeout > 0
      ? startTimer(timeout, () => {
          expired = true;
          controller.abort();
        })
      : undefined;
  if (signal?.aborted === true) {
    abort();
  }
  const unlink = signal && onAbort(signal, abort);
  const deadline: Deadline = {
    signal: controller.signal,
    waiting: "connection",
    server,
    abort: (work) => untilAborted(work, controller.signal),
    reason: (error) => {
      if (signal?.aborted === true) {
        return signal.reason as unknown;
      }
      return expired ? timeoutError(deadline.waiting, deadline.server) : error;
    },
    clear: () => {
      stopTimer?.();
      unlink?.();
    },
  };
  return deadline;
}

function timeoutError(waiting: Deadline["waiting"], server: string): ConnectionError {
  switch (waiting) {
    case "connection":
      return new ConnectionError("context deadline exceeded", { server });
    case "headers":
      return new ConnectionError(
        "net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
        { server },
      );
    default:
      return new ConnectionError("context deadline exceeded");
  }
}
