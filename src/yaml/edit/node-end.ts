import {
  AMPERSAND,
  BACKSLASH,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  EXCLAMATION,
  LESS,
  OPEN_BRACE,
  OPEN_BRACKET,
  SINGLE_QUOTE,
  isBlank,
  isBreak,
  isFlowIndicator,
  isSpacing,
  isWordCharacter,
} from "../chars.ts";
import { ALIAS_NODE, MAPPING, PLAIN, PLAIN_TEXT, QUOTED, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { blockScalarEnd } from "./block-scalar-end.ts";
import { Refusal } from "./refusal.ts";
import { columnOf, skipBlanks, skipGap } from "./text-lines.ts";

/** Reports whether a collection is written in `[]` or `{}`. */
export function isFlow(tree: NodeTree, node: number): boolean {
  const code = tree.text.charCodeAt(tree.offset(node));
  return code === OPEN_BRACE || code === OPEN_BRACKET;
}

/**
 * Finds the end of a node: a block collection ends where its last value does, a block scalar before the break of its
 * last line.
 *
 * @param after - where the indicator before it ends: that is also its end if nothing is written
 * @param column - of the innermost block collection that holds it, -1 outside of any
 * @throws Refusal where the end is unknown
 */
export function endOf(tree: NodeTree, node: number, after: number, column: number): number {
  const { text } = tree;
  const offset = tree.offset(node);
  const extent = tree.extent(node);
  switch (tree.kind(node)) {
    case PLAIN:
      return extent > offset ? extent : Math.max(after, propertiesEnd(text, offset));
    case QUOTED:
      return extent + 1;
    case PLAIN_TEXT:
      return plainEnd(text, offset, tree.scalarText(node));
    case ALIAS_NODE:
      return wordEnd(text, offset + 1);
    case MAPPING:
    case SEQUENCE:
      return collectionEnd(tree, node, column);
    default:
      return otherScalarEnd(text, offset, column);
  }
}

/** Skips commas, white space and comments between the items of `[]` and `{}`. */
export function skipCommas(text: string, at: number): number {
  let i = skipGap(text, at);
  while (text.charCodeAt(i) === COMMA) i = skipGap(text, i + 1);
  return i;
}

/** Returns the end of an anchor and a tag at an offset, on one line; the offset itself if there are none. */
export function propertiesEnd(text: string, offset: number): number {
  let end = offset;
  for (let at = offset; ; at = skipBlanks(text, end)) {
    const next = propertyEnd(text, at);
    if (next === at) return end;
    end = next;
  }
}

function propertyEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === AMPERSAND) return wordEnd(text, at + 1);
  if (code !== EXCLAMATION) return at;
  if (text.charCodeAt(at + 1) === LESS) return text.indexOf(">", at) + 1 || at;
  let i = at + 1;
  while (i < text.length && !isSpacing(text.charCodeAt(i)) && !isFlowIndicator(text.charCodeAt(i))) i++;
  return i;
}

function wordEnd(text: string, at: number): number {
  let i = at;
  while (isWordCharacter(text.charCodeAt(i))) i++;
  return i;
}

/**
 * Finds the end of a plain scalar. It has no escapes: its characters are in the text one after another, except for
 * white space.
 */
function plainEnd(text: string, offset: number, value: string): number {
  let at = offset;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (isBlank(unit) || isBreak(unit)) continue;
    while (isBlank(text.charCodeAt(at)) || isBreak(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== unit) throw new Refusal("a plain scalar that cannot be followed");
    at++;
  }
  return at;
}

function otherScalarEnd(text: string, offset: number, column: number): number {
  switch (text.charCodeAt(offset)) {
    case SINGLE_QUOTE:
      return singleQuoteEnd(text, offset);
    case DOUBLE_QUOTE:
      return doubleQuoteEnd(text, offset);
    default:
      return blockScalarEnd(text, offset, column);
  }
}

function singleQuoteEnd(text: string, offset: number): number {
  for (let i = offset + 1; i < text.length; i++) {
    if (text.charCodeAt(i) !== SINGLE_QUOTE) continue;
    if (text.charCodeAt(i + 1) !== SINGLE_QUOTE) return i + 1;
    i++;
  }
  throw new Refusal("a quote without its end");
}

function doubleQuoteEnd(text: string, offset: number): number {
  for (let i = offset + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === DOUBLE_QUOTE) return i + 1;
    if (unit === BACKSLASH) i++;
  }
  throw new Refusal("a quote without its end");
}

function collectionEnd(tree: NodeTree, node: number, column: number): number {
  const { text } = tree;
  const flow = isFlow(tree, node);
  const inner = flow ? column : columnOf(text, tree.offset(node));
  const end = tree.kind(node) === MAPPING ? lastValueEnd(tree, node, inner) : lastItemEnd(tree, node, inner);
  return flow ? skipCommas(text, end) + 1 : end;
}

function lastItemEnd(tree: NodeTree, sequence: number, column: number): number {
  const end = tree.extent(sequence);
  let last = -1;
  for (let item = tree.firstChild(sequence); item < end; item = tree.after(item)) last = item;
  // An item of which nothing is written has the offset of the end of its dash.
  return last === -1 ? tree.offset(sequence) + 1 : endOf(tree, last, tree.offset(last), column);
}

function lastValueEnd(tree: NodeTree, mapping: number, column: number): number {
  const { text } = tree;
  const end = tree.extent(mapping);
  let lastKey = -1;
  for (let key = tree.firstChild(mapping); key < end; key = tree.after(tree.after(key))) lastKey = key;
  if (lastKey === -1) return tree.offset(mapping) + 1;
  const keyEnd = endOf(tree, lastKey, tree.offset(lastKey), column);
  const colon = skipGap(text, keyEnd);
  const after = text.charCodeAt(colon) === COLON ? colon + 1 : keyEnd;
  return endOf(tree, tree.after(lastKey), after, column);
}
