import { decodeInput } from "../input.ts";
import type { NodeTree } from "../node-tree.ts";
import { parseDocument } from "../parser.ts";
import { YamlError } from "../yaml-error.ts";
import type { Change } from "./change.ts";
import type { YamlEditOptions } from "./editor.ts";
import { Editor } from "./editor.ts";
import type { EditedText } from "./patches.ts";
import { Refusal } from "./refusal.ts";

/**
 * Edits a YAML or JSON document and touches only what changes.
 *
 * All bytes outside of the changed values stay: comments, the order of keys, quotes, line ends, other documents of the
 * stream. New text is written as kubectl would write it, but with the document's own indentation, line ends and list
 * style; JSON stays JSON. Aliases of a changed value keep the old value: the first of them is replaced by it. A part
 * that cannot be edited in place is rewritten, together with as little around it as possible.
 *
 * A removed field or item takes with it its lines and the comments behind them; the comment lines right above it that
 * start in its column, unless one of them looks like an item that has been commented out; and those right under it that
 * are further to the right. A comment that a blank line sets apart stays. A list that loses its last item becomes `[]`,
 * a mapping `{}`.
 *
 * @param tree - of the document, without a byte order mark
 * @returns undefined if that is not possible
 */
export function editYaml(
  tree: NodeTree,
  change: Change,
  manner: YamlEditOptions = {},
): EditedText | undefined {
  try {
    return new Editor(tree, manner).run(change);
  } catch (error) {
    // A document that is nested too deeply for the stack is left alone too.
    if (error instanceof Refusal || error instanceof RangeError) return undefined;
    throw error;
  }
}

const BYTE_ORDER_MARK = "\ufeff";

/**
 * Edits the first document of a string, as {@link editYaml} does. Its byte order mark and what follows the document
 * stay.
 *
 * @param plan - returns the change; undefined for none
 * @returns undefined if that is not possible
 */
export function editText(
  text: string,
  plan: (tree: NodeTree) => Change | undefined,
  manner?: YamlEditOptions,
): string | undefined {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  try {
    const tree = parseDocument(decodeInput(body));
    if (tree === undefined || !body.startsWith(tree.text)) return undefined;
    const change = plan(tree);
    const edited = change === undefined ? tree : editYaml(tree, change, manner);
    return edited && mark + edited.text + body.slice(tree.text.length);
  } catch (error) {
    if (error instanceof YamlError || error instanceof Refusal) return undefined;
    throw error;
  }
}
