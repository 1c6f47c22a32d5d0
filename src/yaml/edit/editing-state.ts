import type { JsonValue } from "../../api/json-value.ts";
import type { NodeTree } from "../node-tree.ts";
import type { Change } from "./change.ts";
import type { Patches } from "./patches.ts";
import type { Slot } from "./spans.ts";
import type { Style } from "./style.ts";

/** An edit of a document that is under way. */
export interface Editing {
  readonly tree: NodeTree;
  readonly text: string;
  readonly style: Style;
  readonly patches: Patches;
  /** Changes the value in a slot. @throws Refusal where that cannot be done in place */
  edit(slot: Slot, change: Change): void;
  /** Replaces the value in a slot. @throws Refusal where that cannot be done in place */
  put(slot: Slot, value: JsonValue): void;
  /** Takes note that the nodes from one up to another one are no longer in the document. */
  drop(from: number, to: number): void;
}
