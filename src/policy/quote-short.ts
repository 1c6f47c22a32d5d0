import { goQuote } from "../go/quote.ts";

/** The first and the last part of a longer text is shown: paths differ at their ends. */
const LONGEST = 300;

/**
 * Returns a text of a file in quotes, without anything that could steer a terminal, and not longer than a few lines.
 */
export function quoteShort(text: string): string {
  const half = LONGEST / 2;
  return goQuote(text.length > LONGEST ? `${text.slice(0, half)}…${text.slice(-half)}` : text);
}
