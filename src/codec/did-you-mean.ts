import { nearest } from "./nearest.ts";
import { goQuote } from "../go/quote.ts";

/**
 * Formats a hint after a name that does not exist: the existing one that is spelt almost the same, or the only one that
 * has the name in it. Empty if there is none.
 */
export function didYouMean(name: string, names: Iterable<string>): string {
  const all = [...names].filter((each) => each !== name);
  const near = nearest(name, all, mostWrong)?.candidate ?? onlyWith(name, all);
  return near === undefined ? "" : `; did you mean ${goQuote(near)}?`;
}

/** Half of the letters of a name may be wrong, but at most three, and of a short one less: two that are swapped are two. */
function mostWrong({ length }: string): number {
  return length < 4 ? Math.floor(length / 3) : Math.min(3, Math.floor(length / 2));
}

function onlyWith(name: string, names: readonly string[]): string | undefined {
  const part = name.toLowerCase();
  const found = name === "" ? [] : names.filter((each) => each.toLowerCase().includes(part));
  return found.length === 1 ? found[0] : undefined;
}
