import { nearest } from "../../codec/nearest.ts";
import { goQuote } from "../../go/quote.ts";
import { compareGoStrings } from "../../go/order.ts";

const MOST_SHOWN = 10;

/** Lists, after a name that does not exist, the one that may be meant, and the existing ones. */
export function suggestNames(name: string, names: Iterable<string>): string {
  const sorted = [...names].toSorted(compareGoStrings);
  if (sorted.length === 0) {
    return "; there are none";
  }
  const mostWrong = Math.min(name.length - 1, Math.max(2, Math.floor(name.length / 3)));
  const near = nearest(name, sorted, () => mostWrong);
  const hint = near === undefined ? "" : ` (did you mean ${goQuote(near.candidate)}?)`;
  const more = sorted.length > MOST_SHOWN ? `, and ${sorted.length - MOST_SHOWN} more` : "";
  return `${hint}; there are: ${sorted.slice(0, MOST_SHOWN).map(goQuote).join(", ")}${more}`;
}
