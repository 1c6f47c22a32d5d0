import { ConnectionError } from "../errors.ts";
import { onAbort } from "../exec/abort-signals.ts";
import { startTimer } from "./long-timer.ts";
import { untilAborted } from "./until-aborted.ts";

/** Ends one request: when its user wants that, or when its time is over. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the connection has been found; another word is due then. */
  waiting: "connection" | "headers" | "body";
  /** `host:port` of the server that is spoken to now. */
  server: string;
  /** Waits for something, but no longer than that: undici hears of a signal only once it has a connection. */
  abort<T>(work: Promise<T>): Promise<T>;
  /** What to tell of an error: the user's own reason, or that time is over, if it came of those. */
  reason(error: unknown): unknown;
  /** The request has ended. */
  clear(): void;
}

/**
 * @param timeout - milliseconds for the whole request, its answer included; 0 for no limit
 * @param server - `host:port` that the request is for
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
