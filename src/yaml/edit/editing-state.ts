import type { JsonValue } from "../../api/json-value.ts";
import type { NodeTree } from "../node-tree.ts";
import type { Change } from "./change.ts";
import type { Patches } from "./patches.ts";
import type { Slot } from "./spans.ts";
import type { Style } from "./style.ts";

/** The state of an edit. */
export interface Editing {
  readonly tree: NodeTree;
  readonly text: string;
  readonly style: Style;
  readonly patches: Patches;
  /** Changes the value in a slot. @throws Refusal where that cannot be done in place */
  edit(slot: Slot, change: Change): void;
  /** Replaces the value in a slot. @throws Refusal where that cannot be done in place */
  put(slot: Slot, value: JsonValue): void;
  /** Notes that a range of nodes is no longer in the document. */
  drop(from: number, to: number): void;
}
