import { nearest } from "../codec/nearest.ts";
import { goQuote } from "../go/quote.ts";

/**
 * Formats a hint after a name that does not exist: the existing one that is spelt almost the same, or the only one that
 * has the name in it. Empty if there is none.
 */
export function didYouMean(name: string, names: Iterable<string>): string {
  const all = [...names];
  const near = nearest(name, all, mostWrong)?.candidate ?? onlyWith(name, all);
  return near === undefined ? "" : `; did you mean ${goQuote(near)}?`;
}

/** A third of the letters of a name may be wrong, but at most three. */
function mostWrong(name: string): number {
  return Math.min(3, Math.floor(name.length / 3));
}

function onlyWith(name: string, names: readonly string[]): string | undefined {
  const part = name.toLowerCase();
  const found = name === "" ? [] : names.filter((each) => each.toLowerCase().includes(part));
  return found.length === 1 ? found[0] : undefined;
}
