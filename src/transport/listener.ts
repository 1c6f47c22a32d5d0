/**
 * Makes a listener whose exceptions fail one request instead of the process.
 *
 * Node has nobody to give the exception of a listener, a timer or a callback to: it ends the process, with whatever
 * program embeds the library. What sockets, streams and timers call goes through here; the `fail` of a listener rejects
 * the promise that waits for it.
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

/** Calls what a user of the library gave, whose exceptions concern nobody here. */
export function notify(run: () => unknown): void {
  try {
    const result = run();
    if (result instanceof Promise) {
      result.catch(() => undefined);
    }
  } catch {
    // There is nobody to tell.
  }
}
