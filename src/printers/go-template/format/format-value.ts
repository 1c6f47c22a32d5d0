import { OutputBuilder, bytesOf, firstRunes } from "../go-text.ts";
import { type Concrete, type Element, GoComplex, GoInt, GoSlice, isMap, typeOf } from "../template-value.ts";
import type { Flags } from "./flags.ts";
import { formatComplex, formatFloat } from "./format-float.ts";
import { formatInteger } from "./format-integer.ts";
import { pad } from "./pad.ts";
import { canBackquote, goQuote, goQuoteToAscii } from "../../../go/quote.ts";

/** Formats an argument of `printf` or `print` as Go's `fmt` does (`printArg`). */
export function formatValue(element: Element, verb: string, flags: Flags): string {
  if (element === null) {
    return verb === "T" || verb === "v" ? pad("<nil>", flags) : `%!${verb}(<nil>)`;
  }
  if (verb === "T") {
    return formatText(typeOf(element), "s", flags) ?? "";
  }
  const isCollection = isMap(element) || element instanceof GoSlice;
  if (verb === "p") {
    return isCollection
      ? (formatInteger(ADDRESS, "x", { ...flags, sharp: !flags.sharp }) ?? "")
      : mistake(element, verb, flags);
  }
  if (verb === "w" && isCollection) {
    return mistake(element, verb, flags);
  }
  return isCollection ? formatCollection(element, verb, flags) : formatScalar(element, verb, flags);
}

/** The address of a map or slice, which varies in Go. */
const ADDRESS = GoInt.int(0xc000000000);

function formatScalar(value: Concrete, verb: string, flags: Flags): string {
  return tryScalar(value, verb, flags) ?? mistake(value, verb, flags);
}

function tryScalar(value: Concrete, verb: string, flags: Flags): string | undefined {
  switch (typeof value) {
    case "boolean":
      return verb === "t" || verb === "v" ? pad(String(value), flags) : undefined;
    case "string":
      return formatText(value, verb, flags);
    case "number":
      return formatFloat(value, verb, flags);
    default:
      return value instanceof GoInt
        ? formatInteger(value, verb, flags)
        : value instanceof GoComplex
          ? formatComplex(value, verb, flags)
          : undefined;
  }
}

/** Formats a verb that does not match the type: `%!d(string=x)`. */
function mistake(value: Concrete, verb: string, flags: Flags): string {
  return `%!${verb}(${typeOf(value)}=${formatValue(value, "v", flags)})`;
}

/**
 * Formats a map or slice: `map[a:1 b:[2 3]]`, and with `%#v` in Go syntax. Does not recurse: a document may be nested
 * as deeply as its author liked.
 */
function formatCollection(root: Concrete, verb: string, flags: Flags): string {
  const result = new OutputBuilder();
  const pending: (() => void)[] = [];
  const separator = flags.goSyntax ? ", " : " ";
  const nil = flags.goSyntax ? "interface {}(nil)" : "<nil>";
  const write = (value: Element): void => {
    if (value === null) {
      result.write(nil);
    } else if (isMap(value)) {
      open(
        value,
        "map[",
        "]",
        [...value.entries()].map(
          ([key, element]) => [`${formatScalar(key, verb, flags)}:`, element] as const,
        ),
      );
    } else if (value instanceof GoSlice) {
      open(
        value,
        "[",
        "]",
        [...value].map((element) => ["", element] as const),
      );
    } else {
      result.write(formatScalar(value, verb, flags));
    }
  };
  const open = (
    value: Concrete,
    start: string,
    end: string,
    members: readonly (readonly [prefix: string, element: Element])[],
  ): void => {
    result.write(flags.goSyntax ? `${typeOf(value)}{` : start);
    pending.push(() => result.write(flags.goSyntax ? "}" : end));
    for (let i = members.length - 1; i >= 0; i--) {
      const [prefix, element] = members[i] ?? ["", null];
      pending.push(() => {
        result.write((i > 0 ? separator : "") + prefix);
        write(element);
      });
    }
  };
  write(root);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    next();
  }
  return result.toString();
}

/** Formats a string; undefined for a verb of another kind. */
function formatText(text: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case "v":
      return flags.goSyntax ? quote(text, flags) : pad(truncate(text, flags), flags);
    case "s":
      return pad(truncate(text, flags), flags);
    case "q":
      return quote(text, flags);
    case "x":
      return hex(text, flags);
    case "X":
      return hex(text, flags).toUpperCase();
    default:
      return undefined;
  }
}

function truncate(text: string, { precision }: Flags): string {
  return precision === undefined ? text : firstRunes(text, precision);
}

function quote(text: string, flags: Flags): string {
  const kept = truncate(text, flags);
  const quoted = flags.plus ? goQuoteToAscii(kept) : goQuote(kept);
  return pad(flags.sharp && canBackquote(kept) ? `\`${kept}\`` : quoted, flags);
}

/** Formats the bytes of a string in hexadecimal. The precision counts bytes here. */
function hex(text: string, flags: Flags): string {
  const bytes = bytesOf(text).subarray(0, flags.precision);
  const prefix = flags.sharp ? "0x" : "";
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  if (digits.length === 0) {
    return pad("", flags);
  }
  return pad(flags.space ? digits.map((pair) => prefix + pair).join(" ") : prefix + digits.join(""), flags);
}
