import { setMaxListeners } from "node:events";

/**
 * Calls back once when a signal is aborted. Returns a function that removes the listener, so that a long-lived signal does
 * not accumulate them.
 *
 * One signal may stop a hundred requests, but Node reports more than ten listeners as a leak.
 */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  if (signal instanceof EventTarget) {
    setMaxListeners(Infinity, signal);
  }
  signal.addEventListener("abort", run, { once: true });
  return () => signal.removeEventListener("abort", run);
}

/** A signal that follows two others. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Stops following, and removes the listeners from both signals. */
  release(): void;
}

/**
 * Creates a signal that is aborted as soon as one of two is, with its reason. `AbortSignal.any` does the same, but in Node
 * 20 and 22 a long-lived signal leaks some memory for every signal derived from it.
 */
export function linkSignals(one: AbortSignal, other: AbortSignal): LinkedSignal {
  const controller = new AbortController();
  const links = [one, other].map((signal) => {
    const abort = (): void => controller.abort(signal.reason);
    if (signal.aborted) {
      abort();
    }
    return onAbort(signal, abort);
  });
  return { signal: controller.signal, release: () => links.forEach((unlink) => unlink()) };
}
