import { setMaxListeners } from "node:events";

/**
 * Calls back once when a signal is aborted. Returns what ends that, so that nothing stays with a signal that lives long.
 *
 * One signal may well stop a hundred requests, but Node takes more than ten listeners for a leak and warns the user.
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
  /** Stops following, so that nothing of it stays with the other two. */
  release(): void;
}

/**
 * Makes a signal that is aborted as soon as one of two is, with its reason. `AbortSignal.any` would do the same, but in
 * Node 20 and 22 a signal that lives long keeps a little of every signal that was made of it.
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
