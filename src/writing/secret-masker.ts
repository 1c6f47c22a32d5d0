import type { Replaced } from "./unified-diff.ts";

/** Surrounds the number of a mask: a character that YAML cannot hold. */
const EDGE = "\0";

const MASK = new RegExp(`${EDGE}(\\d+)${EDGE}`, "g");

/** Replaces secrets by masks: the same for the same secret, so that a change of it is visible, but not the secret. */
export class SecretMasker {
  readonly #labels: string[] = [];
  readonly #numbers = new Map<string, string>();
  /** All replacing lines are compared with the same replaced ones. */
  readonly #looks = new WeakMap<readonly string[], Looks>();

  /** Returns a mask for a secret, shown as the label. */
  mask(label: string, secret: string): string {
    const name = `${label} ${secret}`;
    const number = this.#numbers.get(name) ?? String(this.#labels.push(label) - 1);
    this.#numbers.set(name, number);
    return `${EDGE}${number}${EDGE}`;
  }

  /**
   * Formats a line for people.
   *
   * @param replaced - the masked lines that this one replaces. If one of them looks the same, or has as many masks in
   *   its place, the differing secrets are shown as changed
   */
  show(line: string, { lines, counterpart }: Replaced): string {
    const twin = lines.length === 0 ? undefined : this.#twin(line, lines);
    const before = masksIn(twin ?? counterpart ?? "");
    const isComparable = before.length === masksIn(line).length;
    let i = 0;
    return line.replaceAll(MASK, (mask) => {
      const isOther = isComparable && before[i++] !== mask;
      return `${this.#label(mask)}${isOther ? " (changed)" : ""}`;
    });
  }

  /** Returns the first of the lines that looks like this one, preferably an equal one. */
  #twin(line: string, lines: readonly string[]): string | undefined {
    const known = this.#looks.get(lines) ?? this.#looksOf(lines);
    this.#looks.set(lines, known);
    return known.same.has(line) ? line : known.byLabel.get(this.#label(line));
  }

  #looksOf(lines: readonly string[]): Looks {
    const byLabel = new Map<string, string>();
    for (const line of lines) {
      const label = this.#label(line);
      if (!byLabel.has(label)) {
        byLabel.set(label, line);
      }
    }
    return { same: new Set(lines), byLabel };
  }

  #label(line: string): string {
    return line.replaceAll(MASK, (_mask, number: string) => this.#labels[Number(number)] ?? "");
  }
}

interface Looks {
  readonly same: ReadonlySet<string>;
  /** The first line of each label. */
  readonly byLabel: ReadonlyMap<string, string>;
}

function masksIn(line: string): readonly string[] {
  return line.match(MASK) ?? [];
}
