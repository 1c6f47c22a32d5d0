/**
 * The generic value between text and the typed nouns: what JSON can say, with Go's integers kept whole.
 *
 * - Integers outside ±(2^53 - 1) are `bigint`; every other number is `number` (`-0` is kept).
 * - Objects are `Map`s, so that a key may be called `__proto__`. Insertion order is kept; whoever needs Go's
 *   order sorts with {@link compareGoStrings}.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/**
 * Orders strings as Go's `sort.Strings` does: by their UTF-8 bytes, which is the order of code points.
 * JavaScript's own `<` compares UTF-16 units and so puts U+1F600 before U+FB01.
 */
export function compareGoStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xSurrogate = x >= 0xd800 && x <= 0xdfff;
      const ySurrogate = y >= 0xd800 && y <= 0xdfff;
      return xSurrogate === ySurrogate ? x - y : xSurrogate ? 1 : -1;
    }
  }
  return a.length - b.length;
}
