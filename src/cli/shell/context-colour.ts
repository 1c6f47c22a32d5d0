import type { Colour } from "../colour.ts";

/** The rules that colour contexts if there are no others. */
const PRODUCTION = /prod|(?:^|[^a-z])prd(?:[^a-z]|$)/i;
const NOT_PRODUCTION = /(?:non|not|pre)[-_. ]?(?:prod|prd)/i;

/** Returns the colour of a context by its name: red for production. */
export function contextColour(name: string): Colour | undefined {
  return PRODUCTION.test(name) && !NOT_PRODUCTION.test(name) ? "red" : undefined;
}
