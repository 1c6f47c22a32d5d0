import type { Replaced } from "./unified-diff.ts";

/** Stands around the number of a mask: a character that no YAML may hold. */
const EDGE = "\0";

const MASK = new RegExp(`${EDGE}(\\d+)${EDGE}`, "g");

/** What stands in place of secrets: the same for the same secret, so that a change of it is seen, but not the secret. */
export class Masks {
  readonly #labels: string[] = [];
  readonly #numbers = new Map<string, string>();

  /** A mask for a secret, shown as the label. */
  mask(label: string, secret: string): string {
    const name = `${label} ${secret}`;
    const number = this.#numbers.get(name) ?? String(this.#labels.push(label) - 1);
    this.#numbers.set(name, number);
    return `${EDGE}${number}${EDGE}`;
  }

  /**
   * A line for people.
   *
   * @param replaced - the masked lines that this one replaces. If one of them looks the same, or has as many masks in its
   *   place, the secrets that are others in it are said to have changed
   */
  show(line: string, { lines, counterpart }: Replaced): string {
    const wanted = this.#label(line);
    const twins = lines.filter((other) => this.#label(other) === wanted);
    const before = masksIn(twins.includes(line) ? line : (twins[0] ?? counterpart ?? ""));
    const isComparable = before.length === masksIn(line).length;
    let i = 0;
    return line.replaceAll(MASK, (mask) => {
      const isOther = isComparable && before[i++] !== mask;
      return `${this.#label(mask)}${isOther ? " (changed)" : ""}`;
    });
  }

  #label(line: string): string {
    return line.replaceAll(MASK, (_mask, number: string) => this.#labels[Number(number)] ?? "");
  }
}

function masksIn(line: string): readonly string[] {
  return line.match(MASK) ?? [];
}
