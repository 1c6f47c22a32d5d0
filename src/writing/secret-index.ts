/** The length of the prefixes by which secrets are found. None is shorter. */
export const SHORTEST_SECRET = 4;

/** The most comparisons of secrets with strings; beyond them, any string counts as holding a secret. */
const MOST_COMPARISONS = 5_000_000;

/** Finds secrets in strings, however many there are of both. */
export class SecretIndex {
  readonly #byBeginning = new Map<string, string[]>();
  #comparisons = 0;

  /**
   * Creates an index.
   *
   * @param secrets - none shorter than {@link SHORTEST_SECRET}
   */
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

  /** Reports whether a string holds any of the secrets. Returns true if it would take too long to find out. */
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
