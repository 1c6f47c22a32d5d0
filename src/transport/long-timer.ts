/** The longest time that a timer of JavaScript waits, in milliseconds: with more it would ring at once. */
const LONGEST = 2 ** 31 - 1;

/** Rings once after a time of any length, in milliseconds, even one beyond the 24.8 days of `setTimeout`. Returns what stops it. */
export function startTimer(milliseconds: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > LONGEST ? wait(left - LONGEST) : ring()), Math.min(left, LONGEST));
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}
