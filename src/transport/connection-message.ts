import { ConnectionError } from "../errors.ts";

/** The limit for chains of causes, which may be circular. */
const MAX_CAUSES = 20;

/**
 * Returns the line that kubectl prints for a request that could not be sent. kubectl's `StandardErrorMessage`.
 *
 * @param error - a ConnectionError, or an error that has one as its cause, as other clients throw it
 * @returns undefined for errors that kubectl prefixes with `error: `: those of setting up a connection, and those of a
 *   response that was cut off
 */
export function connectionMessage(error: unknown): string | undefined {
  const fault = connectionErrorIn(error);
  if (fault?.server === undefined) {
    return undefined;
  }
  return fault.isRefused
    ? `The connection to the server ${fault.server} was refused - did you specify the right host or port?`
    : `Unable to connect to the server: ${fault.message}`;
}

function connectionErrorIn(error: unknown): ConnectionError | undefined {
  let next = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof next === "object" && next !== null; depth++) {
    if (next instanceof ConnectionError) {
      return next;
    }
    // The event of a WebSocket that failed has the error as its property.
    next = "cause" in next ? next.cause : "error" in next ? next.error : undefined;
  }
  return undefined;
}
