import { onAbort } from "../exec/abort-signals.ts";

/**
 * Waits for something until the signal is aborted. A later result is ignored.
 *
 * @throws the signal's reason
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) {
      giveUp();
    }
    work.then(resolve, reject).finally(onAbort(signal, giveUp));
  });
}
