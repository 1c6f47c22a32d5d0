/** Some fields of a noun. One that is undefined counts as not given. */
export type Optional<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/**
 * Returns some fields over defaults; those that are undefined count as not given.
 *
 * @param noun - for the message
 * @throws TypeError for fields that the noun does not have, and for values of another type than the default: a misspelt
 *   field must not be ignored
 */
export function withDefaults<Fields extends object>(
  noun: string,
  defaults: Fields,
  fields: Optional<Fields> = {},
): Fields {
  const filled: Record<string, unknown> = { ...(defaults as Readonly<Record<string, unknown>>) };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      checkField(noun, filled, name, value);
      filled[name] = value;
    }
  }
  return filled as Fields;
}

/**
 * Refuses a field that a noun does not have, or that has another type than its default. A default of undefined allows any.
 *
 * @throws TypeError that names the noun and the field, but not the value, which may be secret
 */
export function checkField(noun: string, defaults: object, name: string, value: unknown): void {
  if (!Object.hasOwn(defaults, name)) {
    throw new TypeError(`${noun}: unknown field ${JSON.stringify(name)}`);
  }
  const wanted = typeName((defaults as Readonly<Record<string, unknown>>)[name]);
  if (wanted !== "undefined" && typeName(value) !== wanted) {
    throw new TypeError(
      `${noun}: ${name} must be ${withArticle(wanted)}, not ${withArticle(typeName(value))}`,
    );
  }
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return "array";
  }
  // Not instanceof: it refuses the maps of other realms.
  return Object.prototype.toString.call(value) === "[object Map]"
    ? "Map"
    : value === null
      ? "null"
      : typeof value;
}

function withArticle(type: string): string {
  return type === "null" || type === "undefined" ? type : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}
