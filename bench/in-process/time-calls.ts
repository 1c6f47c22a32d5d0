/** Short calls are timed in batches: reading the clock takes time. */
const SHORTEST_SAMPLE_MS = 2;
const FEWEST_SAMPLES = 3;

/**
 * Measures how long a call takes, in milliseconds, repeatedly, once it is warm.
 *
 * @param duration - how long to go on, in milliseconds, after half as long to get warm
 */
export async function timeCalls(call: () => unknown, duration: number): Promise<readonly number[]> {
  const warm: number[] = [];
  await fill(warm, () => timeOnce(call, 1), duration / 2);
  const last = warm.at(-1) ?? 0;
  const count = Math.max(1, Math.ceil(SHORTEST_SAMPLE_MS / Math.max(last, 0.0001)));
  const times: number[] = [];
  await fill(times, () => timeOnce(call, count), duration);
  return times;
}

async function fill(times: number[], time: () => Promise<number>, duration: number): Promise<void> {
  const end = performance.now() + duration;
  while (times.length < FEWEST_SAMPLES || performance.now() < end) {
    times.push(await time());
  }
}

async function timeOnce(call: () => unknown, count: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const result = call();
    if (result instanceof Promise) {
      await result;
    }
  }
  return (performance.now() - start) / count;
}
