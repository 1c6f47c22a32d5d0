import { ConnectionError } from "../errors.ts";

/** Go's limit for the headers of an answer, and of all interim answers before it, in bytes. */
export const MAX_HEADER_BYTES = 10 * 1024 * 1024;

/** What Go says when an answer has more. */
export const TOO_MANY_HEADERS = `net/http: server response headers exceeded ${MAX_HEADER_BYTES} bytes; aborted`;

/** About what an interim answer takes besides the names and values of its headers: status line, empty line. */
const STATUS_LINE = 24;
/** A colon, a space and the end of the line. */
const PUNCTUATION = 4;

/**
 * Counts the interim answers (1xx) of one request, of which a server could send any number, as Go's transport does: by
 * the size of all of their headers.
 *
 * The function that it makes throws ConnectionError when they are too many.
 */
export function interimHeaderCounter(): (status: number, headers: unknown) => void {
  let total = 0;
  return (status, headers) => {
    if (status < 200) {
      total += STATUS_LINE + sizeOf(headers);
      if (total > MAX_HEADER_BYTES) {
        throw new ConnectionError(TOO_MANY_HEADERS);
      }
    }
  };
}

/** Names and values in a list or an object, each value a string, bytes, or several of them. */
function sizeOf(headers: unknown): number {
  const fields: readonly unknown[] = Array.isArray(headers)
    ? headers
    : Object.entries((headers ?? {}) as Record<string, unknown>).flat(2);
  return fields.reduce<number>(
    (sum, field) =>
      sum + PUNCTUATION + (typeof field === "string" || field instanceof Uint8Array ? field.length : 0),
    0,
  );
}
