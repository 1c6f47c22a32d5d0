import { bytesOf, firstRunes } from "../go-text.ts";
import { canBackquote, goQuote, goQuoteToAscii } from "../../../../go/quote.ts";
import type { Flags } from "./flags.ts";
import { pad } from "./pad.ts";

/** Formats a string; undefined when the verb is none of a string. */
export function formatText(text: string, verb: string, flags: Flags): string | undefined {
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

/** The bytes of a text. The precision counts bytes here. */
function hex(text: string, flags: Flags): string {
  const bytes = bytesOf(text).subarray(0, flags.precision);
  const prefix = flags.sharp ? "0x" : "";
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  if (digits.length === 0) {
    return pad("", flags);
  }
  return pad(flags.space ? digits.map((pair) => prefix + pair).join(" ") : prefix + digits.join(""), flags);
}
