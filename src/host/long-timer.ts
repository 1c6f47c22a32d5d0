/** The longest delay of a JavaScript timer, in milliseconds: a longer one fires immediately. */
const LONGEST = 2 ** 31 - 1;

/**
 * Starts a timer of any length, in milliseconds, beyond the 24.8 days of `setTimeout` too. Returns a function to stop it.
 * An infinite timer never rings, and does not keep the process alive.
 */
export function startTimer(milliseconds: number, ring: () => void): () => void {
  if (milliseconds === Infinity) {
    return () => undefined;
  }
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > LONGEST ? wait(left - LONGEST) : ring()), Math.min(left, LONGEST));
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}
