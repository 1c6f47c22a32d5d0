import { dealias, keyText } from "../yaml/edit/node-lookup.ts";
import { itemsOf, membersOf, rootSlot } from "../yaml/edit/spans.ts";
import type { Slot } from "../yaml/edit/spans.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "../yaml/node-tree.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import { isMergeKey } from "../yaml/resolve-node.ts";
import type { VisibilityRule } from "./field-visibility.ts";

/** A scalar of a document, key or value, where it is. */
export interface ScalarSpan {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly visibility: "shown" | "url" | "omitted" | "secret";
}

/**
 * Returns the scalars of a document in the order of the text, and how each may be shown. A value that an alias makes
 * secret is secret at its definition too.
 *
 * @throws Refusal where that is unknown
 */
export function scalarsIn(tree: NodeTree, fields: VisibilityRule): readonly ScalarSpan[] {
  const spans: Mutable[] = [];
  const hidden: Hidden = { nodes: new Set(), seen: new Map() };
  visit(tree, rootSlot(tree), fields, spans, hidden);
  for (const span of spans) {
    if (hidden.nodes.has(span.node)) {
      span.visibility = "secret";
    }
  }
  return spans;
}

type Mutable = { -readonly [K in keyof ScalarSpan]: ScalarSpan[K] };

interface Hidden {
  /** The nodes that a secret's alias refers to. */
  readonly nodes: Set<number>;
  /** The nodes that have been visited. */
  readonly seen: Map<VisibilityRule, Set<number>>;
}

function visit(
  tree: NodeTree,
  slot: Slot,
  visibility: VisibilityRule,
  spans: Mutable[],
  hidden: Hidden,
): void {
  switch (tree.kind(slot.node)) {
    case MAPPING:
      for (const { key, start, slot: inner } of membersOf(tree, slot)) {
        spans.push({ node: key, start, end: keyEnd(tree, start, inner.after), visibility: "shown" });
        visit(tree, inner, ofField(tree, key, visibility), spans, hidden);
      }
      return;
    case SEQUENCE:
      for (const { slot: inner } of itemsOf(tree, slot)) {
        visit(tree, inner, ofItem(visibility), spans, hidden);
      }
      return;
    case ALIAS_NODE:
      hideTarget(tree, tree.extent(slot.node), visibility, hidden);
      spans.push({ node: slot.node, start: slot.start, end: slot.end, visibility: "shown" });
      return;
    default: {
      const start = Math.min(Math.max(slot.start, tree.offset(slot.node)), slot.end);
      spans.push({ node: slot.node, start, end: slot.end, visibility: ofScalar(visibility) });
    }
  }
}

/** Returns the end of a key: before the white space in front of its colon. */
function keyEnd(tree: NodeTree, start: number, afterColon: number): number {
  const key = tree.text.slice(start, afterColon);
  return start + (key.endsWith(":") ? key.slice(0, -1).trimEnd() : key).length;
}

function ofField(tree: NodeTree, key: number, visibility: VisibilityRule): VisibilityRule {
  if (isMergeKey(tree, key)) {
    return visibility;
  }
  const name = keyText(tree, key) ?? "";
  return isFields(visibility) && Object.hasOwn(visibility, name) ? (visibility[name] ?? "secret") : "secret";
}

function isFields(visibility: VisibilityRule): visibility is Readonly<Record<string, VisibilityRule>> {
  return typeof visibility === "object" && !Array.isArray(visibility);
}

/** Returns the visibility of a merged value, which may be a list of mappings. */
function ofItem(visibility: VisibilityRule): VisibilityRule {
  return isFields(visibility) ? visibility : typeof visibility === "string" ? "secret" : visibility[0];
}

function ofScalar(visibility: VisibilityRule): ScalarSpan["visibility"] {
  return typeof visibility === "string" ? visibility : "secret";
}

/** Notes that the target of an alias is secret. */
function hideTarget(tree: NodeTree, node: number, visibility: VisibilityRule, hidden: Hidden): void {
  const target = dealias(tree, node);
  const seen = hidden.seen.get(visibility) ?? new Set();
  if (seen.has(target)) {
    return;
  }
  hidden.seen.set(visibility, seen.add(target));
  const end = tree.after(target);
  switch (tree.kind(target)) {
    case MAPPING:
      for (let key = tree.firstChild(target); key < end;) {
        const value = tree.after(key);
        hideTarget(tree, value, ofField(tree, key, visibility), hidden);
        key = tree.after(value);
      }
      return;
    case SEQUENCE:
      for (let item = tree.firstChild(target); item < end; item = tree.after(item)) {
        hideTarget(tree, item, ofItem(visibility), hidden);
      }
      return;
    default:
      if (ofScalar(visibility) === "secret") {
        hidden.nodes.add(target);
      }
  }
}
