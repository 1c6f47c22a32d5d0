/** Stands wherever a secret would: the word that `kubectl config view` prints. */
export const REDACTED = "REDACTED";

/** The method by which Node's `util.inspect`, and so `console.log`, shows an object. */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** Replaces every value of a string map; the keys stay, they are what one needs to see. */
export function redactValues(
  values: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> | undefined {
  return values && new Map([...values.keys()].map((key) => [key, REDACTED]));
}
