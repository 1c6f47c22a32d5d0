import type { Random } from "./target.ts";

/** Returns random numbers for one case of a seed, so that every case can be repeated by itself. */
export function randomOf(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Value>(random: Random, list: readonly Value[]): Value {
  return list[Math.floor(random() * list.length)] as Value;
}

export function below(random: Random, count: number): number {
  return Math.floor(random() * count);
}

/** Returns a copy with a few bytes flipped, removed, doubled or inserted, or with a part of another input. */
export function mutate(
  random: Random,
  bytes: Uint8Array,
  tokens: readonly string[],
  others: readonly Uint8Array[] = [],
): Uint8Array {
  let result = Buffer.from(bytes);
  for (let left = 1 + below(random, 4); left > 0; left--) {
    const at = below(random, result.length + 1);
    const length = random() < 0.8 ? 1 + below(random, 8) : below(random, result.length + 1);
    switch (below(random, 8)) {
      case 0:
        if (at < result.length) {
          result[at] = below(random, 256);
        }
        break;
      case 1:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
        break;
      case 2:
        result = Buffer.concat([
          result.subarray(0, at),
          result.subarray(at, at + length),
          result.subarray(at),
        ]);
        break;
      case 3: {
        const other = pick(random, others.length > 0 ? others : [bytes]);
        const from = below(random, other.length + 1);
        result = Buffer.concat([
          result.subarray(0, at),
          other.subarray(from, from + length),
          result.subarray(at),
        ]);
        break;
      }
      case 4:
        result = Buffer.from(result.subarray(0, at));
        break;
      default:
        result = Buffer.concat([
          result.subarray(0, at),
          Buffer.from(pick(random, tokens)),
          result.subarray(random() < 0.5 ? at : at + length),
        ]);
    }
  }
  // A case must be small enough to be understood, and to run often.
  return Uint8Array.from(result.subarray(0, 20_000));
}

/** Returns a case for a string target: a valid string or one of the corpus, mutated; now and then tokens alone. */
export function randomText(
  random: Random,
  texts: readonly string[],
  tokens: readonly string[],
  corpus: readonly Uint8Array[],
): Uint8Array {
  if (random() < 0.15) {
    const words = Array.from({ length: 1 + below(random, 30) }, () => pick(random, tokens));
    return Buffer.from(words.join(pick(random, ["", "", " ", "\n"])));
  }
  const all = [...texts.map((text) => Buffer.from(text)), ...corpus];
  return mutate(random, pick(random, all), tokens, all);
}
