import { goQuote } from "../codec/go-quote.ts";

/** A text on one line that cannot steer a terminal. */
export function plain(text: string): string {
  const quoted = goQuote(text);
  return quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
}

/** Whether a text is one line, and would not steer a terminal. */
export function isPlain(text: string): boolean {
  return plain(text) === text;
}
