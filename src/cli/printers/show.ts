import { goQuote } from "../../go/quote.ts";

/** A text as it is, or quoted if it holds anything that is not simply printed. What files say cannot steer the terminal. */
export function show(text: string): string {
  const quoted = goQuote(text);
  return quoted.length === text.length + 2 || quoted.replaceAll(/\\(["\\])/g, "$1") === `"${text}"`
    ? text
    : quoted;
}
