/**
 * Runs a listener of an error, and makes that error the cause of those that the listener makes of it, if they have none.
 *
 * node-fetch, by which @kubernetes/client-node 1.x sends, makes an error of its own of each failure and keeps nothing but
 * the words of the first. As all who write such classes, it calls `Error.captureStackTrace` while it makes one.
 */
export function asCause<Result>(cause: unknown, run: () => Result): Result {
  const original = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (original?.configurable !== true || typeof original.value !== "function") {
    return run();
  }
  const capture = original.value as typeof Error.captureStackTrace;
  const capturing: typeof Error.captureStackTrace = (target, caller) => {
    capture(target, caller);
    if (target instanceof Error && !("cause" in target)) {
      Object.defineProperty(target, "cause", { value: cause, configurable: true, writable: true });
    }
  };
  Object.defineProperty(Error, "captureStackTrace", { ...original, value: capturing });
  try {
    return run();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", original);
  }
}
