/** The extent of the measurements. */
export interface Plan {
  /** Whether only what is installed is measured: the running Node.js, and no kubectl. */
  readonly offline: boolean;
  readonly commands: readonly {
    readonly contexts: number;
    readonly files: readonly number[];
    readonly rounds: number;
  }[];
  readonly imports: { readonly rounds: number };
  readonly operations: {
    readonly contexts: readonly number[];
    readonly rounds: number;
    /** How long one function is called in one process, in milliseconds. */
    readonly duration: number;
  };
}

const SIZES = [10, 1000, 10_000];
const FILES = [1, 10, 100];

/** For numbers to publish: some 25 minutes. */
export const FULL: Plan = {
  offline: false,
  commands: [
    { contexts: 10, files: FILES, rounds: 15 },
    { contexts: 1000, files: FILES, rounds: 7 },
    { contexts: 10_000, files: FILES, rounds: 5 },
  ],
  imports: { rounds: 15 },
  operations: { contexts: SIZES, rounds: 3, duration: 1000 },
};

/** For a quick check: a few minutes. */
export const QUICK: Plan = {
  offline: false,
  commands: [
    { contexts: 10, files: [1], rounds: 7 },
    { contexts: 1000, files: [1], rounds: 3 },
    { contexts: 10_000, files: [1], rounds: 3 },
  ],
  imports: { rounds: 5 },
  operations: { contexts: SIZES, rounds: 1, duration: 300 },
};

/** Shows that every benchmark still runs, without useful numbers: seconds. */
export const SMOKE: Plan = {
  offline: true,
  commands: [
    { contexts: 2, files: [1], rounds: 1 },
    { contexts: 4, files: [3], rounds: 1 },
  ],
  imports: { rounds: 1 },
  operations: { contexts: [2], rounds: 1, duration: 1 },
};
