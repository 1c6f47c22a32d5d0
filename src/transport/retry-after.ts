/** The longest time that a timer of JavaScript waits, in milliseconds: more would be over at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** As client-go: so often is a request sent again when the server asks for that. */
export const MAX_RETRIES = 10;

/**
 * How long to wait before a request is sent again, in milliseconds; undefined if it is not to be. client-go's
 * `checkWait`: a 429 or a server's error that says in whole seconds when to come back.
 */
export function retryAfter(status: number, header: string | undefined): number | undefined {
  const mayRetry = status === 429 || (status >= 500 && status < 600);
  return mayRetry && header !== undefined && /^[+-]?\d+$/.test(header)
    ? Math.min(Math.max(0, Number(header) * 1000), LONGEST_TIMER)
    : undefined;
}
