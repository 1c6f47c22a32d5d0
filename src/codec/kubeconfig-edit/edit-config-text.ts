import type { Config } from "../../api/config.ts";
import { ConfigParseError } from "../../errors.ts";
import { decodeConfig } from "../kubeconfig/decode.ts";
import { encodeConfig } from "../kubeconfig/encode.ts";
import type { FieldChanges } from "../yaml-edit/change.ts";
import { editYaml } from "../yaml-edit/edit-yaml.ts";
import { decodeInput } from "../yaml/input.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import { parseDocument } from "../yaml/parser.ts";
import { addDocument } from "./add-document.ts";
import { planConfig } from "./plan-config.ts";
import { isSameConfig } from "./same-config.ts";

/** What {@link editConfigText} may be told. */
export interface EditConfigOptions {
  /** Where the text came from: named in errors. */
  readonly file?: string | undefined;
}

/**
 * Edits the text of a kubeconfig so that it decodes to another Config, and touches only what changed.
 *
 * Everything outside of the entries and fields that change stays byte for byte: comments, the order of keys, quotes,
 * unknown fields, line ends, further documents. An entry whose name changes and whose content does not is renamed where it
 * stands; new ones come last in their list, written as kubectl would write them, in the style of the document (JSON stays
 * JSON). A list that loses its last entry becomes `[]`. Which comments go with what is deleted is told at `editYaml`. What
 * cannot be edited in place is written anew, with as little around it as possible. An empty text becomes what kubectl
 * writes to a new file; one that holds only comments keeps them.
 *
 * The result is read again before it is given away.
 *
 * @param before - what `decodeConfig(text)` gives
 * @param after - what the result shall decode to; an entry that has not changed had best be the same object
 * @throws ConfigParseError if the text cannot be edited with certainty: no other text is the result of that
 */
export function editConfigText(
  text: string,
  before: Config,
  after: Config,
  options: EditConfigOptions = {},
): string {
  if (text === "") {
    return encodeConfig(after);
  }
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  const tree = parseDocument(decodeInput(body));
  if (tree === undefined || isEmptyDocument(tree)) {
    return isSameConfig(before, after)
      ? text
      : verified(mark + addDocument(body, tree, encodeConfig(after)), after, options);
  }
  const change = planConfig(tree, before, after);
  if (change === undefined) {
    return text;
  }
  if (!body.startsWith(tree.text)) {
    throw refuse(options);
  }
  return editInSteps(tree, change, (edited) => mark + edited + body.slice(tree.text.length), after, options);
}

const BYTE_ORDER_MARK = "\ufeff";

/** How many levels are edited in place: all, those down to the entries, the sections, none. */
const DEPTHS = [Infinity, 2, 1, 0];

function editInSteps(
  tree: NodeTree,
  change: FieldChanges,
  finish: (edited: string) => string,
  after: Config,
  options: EditConfigOptions,
): string {
  for (const depth of DEPTHS) {
    const edited = editYaml(tree, change, depth);
    if (edited !== undefined) {
      const result = finish(edited);
      if (decodesTo(result, after)) {
        return result;
      }
    }
  }
  throw refuse(options);
}

function isEmptyDocument(tree: NodeTree): boolean {
  return tree.isScalar(0);
}

function verified(result: string, after: Config, options: EditConfigOptions): string {
  if (!decodesTo(result, after)) {
    throw refuse(options);
  }
  return result;
}

function decodesTo(text: string, wanted: Config): boolean {
  try {
    return isSameConfig(decodeConfig(text), wanted);
  } catch (error) {
    if (error instanceof ConfigParseError) {
      return false;
    }
    throw error;
  }
}

function refuse({ file }: EditConfigOptions): ConfigParseError {
  return new ConfigParseError("cannot be edited with certainty; nothing was changed", { file });
}
