import { goQuote } from "../go/quote.ts";
import { visible } from "../go/visible.ts";

/** A text on one line, in which everything that is not simply printed is written out. */
export function plain(text: string): string {
  const quoted = goQuote(text);
  return visible(quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1"));
}

/** Whether a text is one line, and everything in it is simply printed. */
export function isPlain(text: string): boolean {
  return plain(text) === text;
}
