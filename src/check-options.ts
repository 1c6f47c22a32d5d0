import { nearest } from "./codec/nearest.ts";

/** The type that an option must have; its own rules are up to the function that uses it. */
export type OptionKind = "string" | "number" | "boolean" | "function" | "array" | "object";

/** The kind of every option of a function. The compiler refuses a table that lacks one or has one too many. */
export type OptionKinds<Options> = { readonly [Name in keyof Required<Options>]: OptionKind };

/**
 * Refuses options that a function does not have, and values of the wrong type: a misspelt or misplaced option must not
 * be ignored.
 *
 * @param name - of the function, for the message
 * @returns the options without those that are undefined
 * @throws TypeError that names the function and the option
 */
export function checkOptions<Options extends object>(
  name: string,
  kinds: OptionKinds<Options>,
  options: unknown,
): Partial<Options> {
  if (options === undefined) {
    return {};
  }
  const allowed = new Map<string, OptionKind>(Object.entries(kinds));
  if (!isPlainObject(options)) {
    const meant =
      typeof options === "string" ? MEANT_BY_STRINGS.find((each) => allowed.has(each)) : undefined;
    throw new TypeError(
      `${name}: the options must be a plain object, not ${describe(options)}${meant === undefined ? "" : `; write { ${meant}: … }`}`,
    );
  }
  if (isHost(options)) {
    const advice = allowed.has("host") ? "write { host }" : "it takes none";
    throw new TypeError(`${name}: a Host was passed in place of the options; ${advice}`);
  }
  const entries = Object.entries(options).filter(([key, value]) => {
    const kind = allowed.get(key);
    if (kind === undefined) {
      throw new TypeError(
        `${name}: unknown option ${JSON.stringify(key)}${suggest(key, [...allowed.keys()])}`,
      );
    }
    if (value !== undefined && kindOf(value) !== kind) {
      throw new TypeError(`${name}: option "${key}" must be ${withArticle(kind)}, not ${describe(value)}`);
    }
    return value !== undefined;
  });
  // Checked above: the options have the names and kinds of their type.
  return Object.fromEntries(entries) as Partial<Options>;
}

/** The options that a string in place of the options was probably to be, the likeliest first. */
const MEANT_BY_STRINGS = ["explicitPath", "context", "kuberc"];

/** Reports whether a value looks like a Host. */
export function isHost(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && ["fs", "env", "platform"].every((key) => key in value)
  );
}

/** Reports whether a value has no class. Comparing with `Object.prototype` would refuse the objects of other realms. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return "null";
  }
  return Array.isArray(value) ? "array" : typeof value;
}

/** Describes the type of a value; never the value itself, which may be secret. */
function describe(value: unknown): string {
  const kind = kindOf(value);
  if (kind !== "object") {
    return withArticle(kind);
  }
  const { name } = (value as object).constructor;
  return name === "Object" ? "an object" : withArticle(name);
}

function withArticle(noun: string): string {
  if (noun === "null") {
    return noun;
  }
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}

function suggest(key: string, names: readonly string[]): string {
  const found = nearest(key, names, (name) => Math.floor(name.length / 3));
  return found === undefined ? "" : `; did you mean ${JSON.stringify(found.candidate)}?`;
}
