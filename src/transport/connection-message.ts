import { ConnectionError } from "../errors.ts";

/**
 * The line that kubectl prints for a request that could not be sent. kubectl's `StandardErrorMessage`.
 *
 * @returns undefined for errors that kubectl begins with `error: `: those of setting a connection up, and those of a
 *   response that broke off
 */
export function connectionMessage(error: unknown): string | undefined {
  if (!(error instanceof ConnectionError) || error.server === undefined) {
    return undefined;
  }
  return error.isRefused
    ? `The connection to the server ${error.server} was refused - did you specify the right host or port?`
    : `Unable to connect to the server: ${error.message}`;
}
