/** Returns a copy with every string in it, but no key, changed. */
export function mapStrings<Value>(change: (text: string) => string, value: Value): Value {
  if (typeof value === "string") {
    return change(value) as Value;
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => mapStrings(change, each)) as Value;
  }
  return typeof value === "object" && value !== null
    ? (Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, mapStrings(change, each)]),
      ) as Value)
    : value;
}
