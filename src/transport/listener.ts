/**
 * Creates a listener whose exceptions fail one request instead of the process.
 *
 * An exception in a listener, a timer or a callback ends the Node process, and with it the program that embeds the
 * library. Everything that sockets, streams and timers call goes through here; `fail` rejects the promise that waits.
 */
export function listener<A extends readonly unknown[]>(
  fail: (error: unknown) => void,
  run: (...args: A) => void,
): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (error) {
      fail(error);
    }
  };
}

/** Calls a callback of the library's user, and ignores its exceptions. */
export function notify(run: () => unknown): void {
  try {
    const result = run();
    if (result instanceof Promise) {
      result.catch(() => undefined);
    }
  } catch {
    // A faulty callback must not fail the request.
  }
}
