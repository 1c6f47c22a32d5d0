import type { Samples } from "../alternate.ts";
import type { Sample } from "../measure.ts";
import type { Spread } from "../statistics.ts";
import { mean, median, spread } from "../statistics.ts";

type Measure = "wall" | "memory";

/**
 * Returns the ratio of two subjects, round by round: other load during a round affected both. Not used for CPU time,
 * because its single samples are too coarse.
 */
export function ratio(samples: Samples, one: string, other: string, measure: Measure): Spread {
  return byRound(samples, one, other, measure, (a, b) => a / b);
}

/** Returns how much more one subject took than another, round by round. */
export function excess(samples: Samples, one: string, other: string, measure: Measure): Spread {
  return byRound(samples, one, other, measure, (a, b) => a - b);
}

export function cpuRatio(samples: Samples, one: string, other: string): number {
  return cpuOf(samples, one) / cpuOf(samples, other);
}

/** Returns the wall time in milliseconds. */
export function wallOf(samples: Samples, subject: string): number {
  return median(valuesOf(samples, subject, (sample) => sample.wall));
}

/** Returns the memory in MiB. */
export function memoryOf(samples: Samples, subject: string): number {
  return median(valuesOf(samples, subject, (sample) => sample.memory));
}

/** Returns the CPU time in milliseconds. */
export function cpuOf(samples: Samples, subject: string): number {
  return mean(valuesOf(samples, subject, (sample) => sample.cpu));
}

function valuesOf(
  samples: Samples,
  subject: string,
  value: (sample: Sample) => number | undefined,
): readonly number[] {
  return (samples[subject] ?? []).map((sample) => value(sample) ?? Number.NaN);
}

function byRound(
  samples: Samples,
  one: string,
  other: string,
  measure: Measure,
  combine: (a: number, b: number) => number,
): Spread {
  const others = samples[other] ?? [];
  return spread(
    (samples[one] ?? []).map((sample, round) =>
      combine(sample[measure] ?? Number.NaN, others[round]?.[measure] ?? Number.NaN),
    ),
  );
}
