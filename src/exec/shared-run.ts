import { onAbort } from "./abort-signals.ts";

/** Work that several callers wait for. Each may stop waiting; the work is cancelled when no caller waits any more. */
export class SharedRun<T> {
  readonly #controller = new AbortController();
  readonly #work: Promise<T>;
  /** Settles as the work does, or as soon as it is cancelled. */
  readonly #outcome: Promise<T>;
  #waiting = 0;

  /** @param work - started at once; it ends soon after its signal is aborted */
  constructor(work: (signal: AbortSignal) => Promise<T>) {
    const { signal } = this.#controller;
    this.#work = work(signal);
    this.#outcome = new Promise((resolve, reject) => {
      this.#work.then(resolve, reject);
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
    // Waiting callers receive a failure; without any, it must not count as an unhandled rejection.
    this.#outcome.catch(() => undefined);
  }

  /** Whether the work was cancelled, so that it must not be joined. */
  get isGivenUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Resolves when the work has ended, successfully or not. */
  async ended(): Promise<void> {
    await this.#work.catch(() => undefined);
  }

  /** Cancels the work. Waiting callers get the reason. */
  giveUp(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /**
   * Waits for the result.
   *
   * @throws what the work throws, or the reason of the signal, or that of {@link giveUp}
   */
  join(signal: AbortSignal | undefined): Promise<T> {
    if (signal?.aborted === true) {
      return Promise.reject(signal.reason as Error);
    }
    this.#waiting++;
    if (signal === undefined) {
      return this.#outcome;
    }
    return new Promise((resolve, reject) => {
      const stopWaiting = (): void => {
        this.#waiting--;
        if (this.#waiting === 0) {
          this.giveUp(signal.reason);
        }
        reject(signal.reason as Error);
      };
      this.#outcome.finally(onAbort(signal, stopWaiting)).then(resolve, reject);
    });
  }
}
