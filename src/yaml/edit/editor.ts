import { afterBreak, lineEnd, lineStart, skipBlanks } from "./text-lines.ts";
import { HASH } from "../chars.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { keepAliases } from "./alias-nodes.ts";
import { applyChange } from "./change.ts";
import type { Change, FieldChanges, ItemChanges } from "./change.ts";
import { editBlockFields } from "./edit-block-fields.ts";
import { editBlockItems } from "./edit-block-items.ts";
import { editFlowFields, editFlowItems } from "./edit-flow.ts";
import type { Editing } from "./editing-state.ts";
import { isFlow } from "./node-end.ts";
import { Patches } from "./patches.ts";
import type { EditedText } from "./patches.ts";
import { putValue } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import { rootSlot } from "./spans.ts";
import type { Slot } from "./spans.ts";
import { detectStyle } from "./style.ts";
import type { Style } from "./style.ts";
import { valueOf } from "./value-of.ts";

/** Options of an edit. */
export interface YamlEditOptions {
  /**
   * How many levels may be edited in place; below that, values are rewritten together with their parent. Default: all.
   */
  readonly depth?: number | undefined;
  /** Whether new fields are appended in the given order. Default: kubectl's order. */
  readonly keepsOrder?: boolean;
  /** Whether aliases of a changed value change with it. Default: they keep the old value. */
  readonly aliasesFollow?: boolean;
}

/** Changes a document, value by value. */
export class Editor implements Editing {
  readonly tree: NodeTree;
  readonly text: string;
  readonly style: Style;
  readonly patches: Patches;
  /** How many levels are edited in place; deeper values are rewritten together with their parent. */
  readonly #depth: number;
  readonly #aliasesFollow: boolean;
  #level = 0;
  /** The ancestors of the node that is being edited, and all nodes that have changed. */
  readonly #touched = new Set<number>();
  readonly #path: number[] = [];
  /** Nodes that are no longer in the document: from the first of two to before the second. */
  readonly #dropped: (readonly [number, number])[] = [];

  constructor(
    tree: NodeTree,
    { depth = Infinity, keepsOrder = false, aliasesFollow = false }: YamlEditOptions,
  ) {
    this.tree = tree;
    this.text = tree.text;
    this.style = { ...detectStyle(tree), keepsOrder };
    this.patches = new Patches(tree.text);
    this.#depth = depth;
    this.#aliasesFollow = aliasesFollow;
  }

  /** Returns the text after a change. @throws Refusal where it cannot be made in place */
  run(change: Change): EditedText {
    this.edit(rootSlot(this.tree), change);
    if (!this.#aliasesFollow) keepAliases(this, this.#touched, this.#dropped);
    return this.patches.apply(this.style.eol);
  }

  edit(slot: Slot, change: Change): void {
    if (change.kind === "put") {
      this.put(slot, change.value);
      return;
    }
    const undo = this.#mark();
    this.#level++;
    this.#path.push(slot.node);
    try {
      if (this.#level > this.#depth) throw new Refusal("too deep");
      this.#editInPlace(slot, change);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      undo();
      this.put(slot, applyChange(valueOf(this.tree, slot.node), change), true);
    } finally {
      this.#level--;
      this.#path.pop();
    }
  }

  put(slot: Slot, value: JsonValue, keepsComments = false): void {
    const { tree, text } = this;
    for (const node of this.#path) this.#touched.add(node);
    this.drop(slot.node, tree.after(slot.node));
    const isBlock =
      !tree.isScalar(slot.node) && tree.kind(slot.node) !== ALIAS_NODE && !isFlow(tree, slot.node);
    const comments = keepsComments && isBlock ? commentLines(text, slot.start, slot.end) : [];
    putValue(this, slot, value, { anchor: "", comments });
  }

  drop(from: number, to: number): void {
    for (const node of this.#path) this.#touched.add(node);
    this.#dropped.push([from, to]);
  }

  /** Marks the current state and returns a function that restores it. Extra touched nodes do no harm. */
  #mark(): () => void {
    const undoPatches = this.patches.mark();
    const { length } = this.#dropped;
    return () => {
      undoPatches();
      this.#dropped.length = length;
    };
  }

  #editInPlace(slot: Slot, change: FieldChanges | ItemChanges): void {
    const { tree } = this;
    const { node } = slot;
    const kind = tree.kind(node);
    const isCollection = kind === (change.kind === "fields" ? MAPPING : SEQUENCE);
    if (!isCollection) throw new Refusal("another kind of value");
    for (const ancestor of this.#path) this.#touched.add(ancestor);
    const inFlow = slot.inFlow || isFlow(tree, node);
    if (slot.inFlow && !isFlow(tree, node)) throw new Refusal("a pair without braces");
    // An empty collection follows its parent's style only inside a collection of that style.
    if (inFlow && tree.firstChild(node) >= tree.extent(node) && !slot.inFlow && !this.style.isJson) {
      throw new Refusal("an empty collection in a block");
    }
    if (change.kind === "fields") {
      (inFlow ? editFlowFields : editBlockFields)(this, slot, change);
    } else {
      (inFlow ? editFlowItems : editBlockItems)(this, slot, change);
    }
  }
}

/** Returns the comment-like lines between two offsets, without their indentation. */
function commentLines(text: string, from: number, to: number): readonly string[] {
  const comments: string[] = [];
  for (let start = lineStart(text, from); start < to;) {
    const end = lineEnd(text, start);
    const first = skipBlanks(text, start);
    if (first >= from && text.charCodeAt(first) === HASH) comments.push(text.slice(first, end));
    const next = afterBreak(text, end);
    if (next === start || next === end) break;
    start = next;
  }
  return comments;
}
