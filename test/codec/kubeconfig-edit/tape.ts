/** Choices that a test takes one after another. When they run out, every choice is the first and simplest one. */
export class Tape {
  readonly #choices: readonly number[];
  #next = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** A number from 0 to before `count`. */
  pick(count: number): number {
    return (this.#choices[this.#next++] ?? 0) % count;
  }

  /** Whether something happens that happens in so many of 100 cases. */
  chance(percent: number): boolean {
    return this.pick(100) >= 100 - percent;
  }

  of<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.pick(1 + others.length)] ?? first;
  }
}
