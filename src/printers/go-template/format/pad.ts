import { runeCount } from "../go-text.ts";
import type { Flags } from "./flags.ts";

/** Pads a string to the width of its verb. Zeros only go to its left, even in front of words. */
export function pad(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - runeCount(text);
  if (missing <= 0) {
    return text;
  }
  return flags.minus ? text + " ".repeat(missing) : (flags.zero ? "0" : " ").repeat(missing) + text;
}

export function padWithSpaces(text: string, flags: Flags): string {
  return pad(text, { ...flags, zero: false });
}
