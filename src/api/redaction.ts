/** Replaces a secret: the word that `kubectl config view` prints. */
export const REDACTED = "REDACTED";

/** Replaces certificates where they are shown as text. */
export const OMITTED = "DATA+OMITTED";

/** Replaces certificates and keys: bytes that base64 shows as `DATA+OMITTED`. */
export const DATA_OMITTED: Uint8Array = Buffer.from(OMITTED, "base64");

/** Replaces any bytes by {@link DATA_OMITTED}. */
export function omitData(data: Uint8Array | undefined): Uint8Array | undefined {
  return data === undefined || data.length === 0 ? data : DATA_OMITTED;
}

/** The method by which Node's `util.inspect`, and so `console.log`, shows an object. */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** Returns a copy that shows something else when it is inspected or stringified. A copy of the copy shows itself. */
export function withCustomInspect<T extends object>(value: T, shown: () => object): T {
  return Object.defineProperties(Object.assign({}, value), {
    toJSON: { value: shown },
    [INSPECT]: { value: shown },
  });
}

/** Replaces every value of a string map; the keys stay, because users need to see them. */
export function redactValues(values: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  return new Map([...values.keys()].map((key) => [key, REDACTED]));
}

/**
 * Replaces the user and password of a URL, everything between the scheme and the last `@` before the path, by
 * `REDACTED`. Works on strings that are no valid URL too, since error messages show those.
 */
export function redactUrlPassword(url: string): string {
  return url.replace(
    /^([^/?#@]*\/\/)?[^/?#]*@/s,
    (_all, scheme: string | undefined) => `${scheme ?? ""}${REDACTED}@`,
  );
}
