/**
 * The tree of a JSONPath template. A template is a sequence of strings and actions (`{…}`); an action is a sequence of
 * steps, each of which turns the values found so far into the next ones.
 */
export type JsonPathNode =
  | JsonPathTextNode
  | JsonPathActionNode
  | FieldNode
  | IdentifierNode
  | LiteralNode
  | SliceNode
  | FilterNode
  | UnionNode
  | { readonly kind: "wildcard" }
  | { readonly kind: "recursive" };

/** Text outside the braces, or a quoted string inside them. */
export interface JsonPathTextNode {
  readonly kind: "text";
  readonly text: string;
}

/** What is between `{` and `}`. */
export interface JsonPathActionNode {
  readonly kind: "action";
  readonly steps: readonly JsonPathNode[];
}

/** `.name`. The name is empty in `{.}`, which asks for a key called "". */
export interface FieldNode {
  readonly kind: "field";
  readonly name: string;
}

/** A bare word. Only `range` and `end` have a meaning; the others fail when they run, not when they are parsed. */
export interface IdentifierNode {
  readonly kind: "identifier";
  readonly name: string;
}

/** `true`, `false`, a Go `int` (here a bigint, so that it cannot be mistaken for a float64) or a float64. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly value: boolean | bigint | number;
}

/** `[start:end:step]`, as 64 bit integers. `[n]` is the slice `[n:n+1]` with `endDerived`, and `[]` is `[0:1]`. */
export interface SliceNode {
  readonly kind: "slice";
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  readonly endDerived: boolean;
  readonly step: bigint | undefined;
}

/** `[?(left operator right)]`. Without an operator the filter asks whether `left` exists. */
export interface FilterNode {
  readonly kind: "filter";
  readonly left: readonly JsonPathNode[];
  readonly comparison: FilterComparison | undefined;
}

/** The operator is any run of `!`, `<`, `=` and `>`; unknown ones fail when they run. */
export interface FilterComparison {
  readonly operator: string;
  readonly right: readonly JsonPathNode[];
}

/** `[a,b]`: the results of each branch, one branch after the other. */
export interface UnionNode {
  readonly kind: "union";
  readonly branches: readonly (readonly JsonPathNode[])[];
}
