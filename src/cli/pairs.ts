import type { PairChanges } from "../clientcmd/edits/change-auth-info.ts";
import { kubectlError } from "./kubectl-words.ts";

/**
 * Parses `key=value` (set) and `key-` (remove). kubectl's `ParsePairs`.
 *
 * @returns undefined if there are none
 * @throws Error that names the invalid ones, up to a first `=`: what follows may be a secret
 */
export function parsePairs(pairs: readonly string[], what: string): PairChanges | undefined {
  // pflag does not distinguish a list of one empty string from an empty list.
  if (pairs.length === 0 || (pairs.length === 1 && pairs[0] === "")) {
    return undefined;
  }
  const put = new Map<string, string>();
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals > 0) {
      put.set(pair.slice(0, equals), pair.slice(equals + 1));
    } else if (pair.endsWith("-") && pair !== "-") {
      remove.push(pair.slice(0, -1));
    } else {
      invalid.push(pair.startsWith("=") ? "=…" : pair);
    }
  }
  if (invalid.length > 0) {
    throw kubectlError(`invalid ${what} format: ${invalid.join(", ")}`);
  }
  return { put, remove };
}
