/** Stands wherever a secret would: the word that `kubectl config view` prints. */
export const REDACTED = "REDACTED";

/** Stands for certificates and keys: bytes, which base64 shows as `DATA+OMITTED`. */
export const DATA_OMITTED: Uint8Array = Buffer.from("DATA+OMITTED", "base64");

/** {@link DATA_OMITTED} in place of any bytes. */
export function omitData(data: Uint8Array | undefined): Uint8Array | undefined {
  return data === undefined || data.length === 0 ? data : DATA_OMITTED;
}

/** The method by which Node's `util.inspect`, and so `console.log`, shows an object. */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** A copy that shows something else when it is inspected or stringified. A copy of that copy shows itself again. */
export function withCustomInspect<T extends object>(value: T, shown: () => object): T {
  return Object.defineProperties(Object.assign({}, value), {
    toJSON: { value: shown },
    [INSPECT]: { value: shown },
  });
}

/** Replaces every value of a string map; the keys stay, they are what one needs to see. */
export function redactValues(
  values: ReadonlyMap<string, unknown> | undefined,
): ReadonlyMap<string, string> | undefined {
  return values && new Map([...values.keys()].map((key) => [key, REDACTED]));
}

/**
 * A URL with `REDACTED` in place of its user and password: everything between the scheme and the last `@` before the
 * path. Works on texts that are no valid URL too, since those are what error messages show.
 */
export function redactUrlPassword(url: string): string {
  return url.replace(
    /^([^/?#@]*\/\/)?[^/?#]*@/s,
    (_all, scheme: string | undefined) => `${scheme ?? ""}${REDACTED}@`,
  );
}
