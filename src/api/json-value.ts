/**
 * The generic value between text and the typed nouns: what JSON can say, with Go's integers kept whole.
 *
 * - Integers outside ±(2^53 - 1) are `bigint`; every other number is `number` (`-0` is kept).
 * - Objects are `Map`s, so that a key may be called `__proto__`. Insertion order is kept.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = ReadonlyMap<string, JsonValue>;
