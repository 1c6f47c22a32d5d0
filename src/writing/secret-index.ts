/** Secrets are found by how they begin. None is shorter. */
export const SHORTEST_SECRET = 4;

/** How many comparisons of secrets with strings are made; beyond them, any string is said to hold a secret. */
const MOST_COMPARISONS = 5_000_000;

/** Finds secrets in strings, however many there are of both. */
export class SecretIndex {
  readonly #byBeginning = new Map<string, string[]>();
  #comparisons = 0;

  /** @param secrets - none shorter than {@link SHORTEST_SECRET} */
  constructor(secrets: readonly string[]) {
    for (const secret of secrets) {
      const beginning = secret.slice(0, SHORTEST_SECRET);
      const others = this.#byBeginning.get(beginning);
      if (others === undefined) {
        this.#byBeginning.set(beginning, [secret]);
      } else {
        others.push(secret);
      }
    }
  }

  /** Reports whether a string holds any of the secrets. Where to find out would take too long, it is as if it did. */
  isIn(text: string): boolean {
    for (let at = 0; at + SHORTEST_SECRET <= text.length; at++) {
      const secrets = this.#byBeginning.get(text.slice(at, at + SHORTEST_SECRET)) ?? [];
      this.#comparisons += secrets.length;
      if (this.#comparisons > MOST_COMPARISONS || secrets.some((secret) => text.startsWith(secret, at))) {
        return true;
      }
    }
    return false;
  }
}
