import type { Program, Sample } from "./measure.ts";
import { measure } from "./measure.ts";

/** What is compared, by name. */
export type Subjects = Readonly<Record<string, Program>>;

/** The samples of each subject, one a round: those of the same round were taken one after the other. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/**
 * Runs programs in turns, A B C A B C …, so that other load on the machine affects them alike. A first round, which
 * fills the caches of the system, is not counted.
 *
 * @param cwd - the working directory of each
 */
export async function alternate(subjects: Subjects, rounds: number, cwd: string): Promise<Samples> {
  const samples: Record<string, Sample[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [name, program] of Object.entries(subjects)) {
      const sample = await measure(program, cwd);
      const taken = (samples[name] ??= []);
      if (round > 0) {
        taken.push(sample);
      }
    }
  }
  return samples;
}
