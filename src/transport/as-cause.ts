/**
 * Runs an error listener, and sets that error as the cause of errors that the listener creates without one.
 *
 * node-fetch, with which @kubernetes/client-node 1.x sends requests, wraps each failure in an error of its own and keeps
 * only the message. Its error class calls `Error.captureStackTrace` in the constructor, as such classes usually do.
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
