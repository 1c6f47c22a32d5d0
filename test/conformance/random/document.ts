/** A document before it is spelt in YAML. */
export type Node =
  /** Characters, to be quoted where they must be. */
  | { readonly kind: "text"; readonly value: string }
  /** YAML that is written as it is: a number, a boolean, null, or something broken. */
  | { readonly kind: "plain"; readonly yaml: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "map"; readonly entries: readonly Entry[] };

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

export const text = (value: string): Node => ({ kind: "text", value });

export const plain = (yaml: string): Node => ({ kind: "plain", yaml });

export const list = (items: readonly Node[]): Node => ({ kind: "list", items });

export function map(fields: readonly (readonly [key: string, value: Node])[]): Node {
  return { kind: "map", entries: fields.map(([key, value]) => ({ key: text(key), value })) };
}

export function isCollection(node: Node): boolean {
  return node.kind === "list" || node.kind === "map";
}
