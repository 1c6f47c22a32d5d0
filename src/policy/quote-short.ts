import { goQuote } from "../go/quote.ts";

/** Of a longer string the first and the last part are shown: paths differ at their ends. */
const LONGEST = 300;

/** Quotes a string from a file, with control characters escaped, shortened to a few lines. */
export function quoteShort(text: string): string {
  const half = LONGEST / 2;
  return goQuote(text.length > LONGEST ? `${text.slice(0, half)}…${text.slice(-half)}` : text);
}
