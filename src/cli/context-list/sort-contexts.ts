import { compareGoStrings } from "../../go/order.ts";
import type { ContextFacts } from "./context-facts.ts";

type Compare = (a: ContextFacts, b: ContextFacts) => number;

const by =
  (text: (facts: ContextFacts) => string): Compare =>
  (a, b) =>
    compareGoStrings(text(a), text(b));

/** The orders of `--sort-by`. Contexts that are equal in one are in the order of their names. */
const ORDERS: Readonly<Record<string, Compare>> = {
  name: () => 0,
  cluster: by(({ cluster }) => cluster),
  user: by(({ user }) => user),
  namespace: by(({ namespace }) => namespace),
  server: by(({ server }) => server),
  auth: by(({ auth, plugin }) => [...auth, plugin].join(" ")),
  // Those without a certificate come last.
  expires: (a, b) => (a.certificateExpires ?? Infinity) - (b.certificateExpires ?? Infinity) || 0,
  file: (a, b) => compareGoStrings(a.file, b.file) || a.line - b.line,
};

/** The names of the orders. */
export const ORDER_NAMES: readonly string[] = Object.keys(ORDERS);

/** Sorts contexts that are in the order of their names. */
export function sortContexts(facts: readonly ContextFacts[], order: string): readonly ContextFacts[] {
  return facts.toSorted(ORDERS[order] ?? (() => 0));
}
