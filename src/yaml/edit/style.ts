import { CR, DOUBLE_QUOTE, OPEN_BRACE } from "../chars.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { entryNodes } from "./node-lookup.ts";
import { isFlow } from "./node-end.ts";
import { afterBreak, columnOf, hasBreak, lineEnd } from "./text-lines.ts";

/** The layout of a document, as far as it shows. */
export interface Style {
  /** The line break. */
  readonly eol: string;
  /** How much further to the right a mapping is than its key. */
  readonly step: number;
  /** The same for a list. */
  readonly listStep: number;
  /** Whether the document is JSON. */
  readonly isJson: boolean;
  /** The indentation that JSON adds on each level; "" if all of it is on one line. */
  readonly jsonStep: string;
  /** The white space in JSON after a `:` or a `,`. */
  readonly jsonGap: string;
  /** Whether new fields keep the given order; else they get kubectl's. */
  readonly keepsOrder: boolean;
  /** Whether block scalars are avoided. */
  readonly noBlocks?: boolean;
}

/** How many nodes are examined: the start of a document determines its style. */
const SAMPLE = 3000;

/** Detects the style of a document; kubectl's where it shows none. */
export function detectStyle(tree: NodeTree): Omit<Style, "keepsOrder"> {
  return {
    eol: detectEol(tree.text),
    isJson: looksLikeJson(tree),
    jsonStep: detectJsonStep(tree),
    jsonGap: /^\s*\{\s*"[^"]*":\S/.test(tree.text.slice(0, SAMPLE)) ? "" : " ",
    ...detectSteps(tree),
  };
}

function detectEol(text: string): string {
  const at = lineEnd(text, 0);
  const code = text.charCodeAt(at);
  // Breaks that only YAML knows are not imitated.
  return code === CR ? text.slice(at, afterBreak(text, at)) : "\n";
}

function looksLikeJson(tree: NodeTree): boolean {
  const { text } = tree;
  if (text.charCodeAt(tree.offset(0)) !== OPEN_BRACE) return false;
  const first = tree.firstChild(0);
  return first >= tree.extent(0) || text.charCodeAt(tree.offset(first)) === DOUBLE_QUOTE;
}

const KUBECTL_JSON = "    ";
const KUBECTL = { step: 2, listStep: 0 };

function detectJsonStep({ text }: NodeTree): string {
  const [, inner] = /^\s*\{(?:[ \t]*[\r\n]+([ \t]*)|[^\r\n]*$)/.exec(text.slice(0, SAMPLE)) ?? [];
  if (inner !== undefined) return inner;
  return /^\s*\{\s*\}/.test(text) ? KUBECTL_JSON : "";
}

function detectSteps(tree: NodeTree): { step: number; listStep: number } {
  let step: number | undefined;
  let listStep: number | undefined;
  const stop = Math.min(tree.end, SAMPLE);
  for (let node = 0; node < stop && (step === undefined || listStep === undefined); node = next(node)) {
    if (tree.kind(node) !== MAPPING || isFlow(tree, node)) continue;
    const outer = columnOf(tree.text, tree.offset(node));
    for (const { key, value } of entryNodes(tree, node)) {
      const kind = tree.kind(value);
      if ((kind !== MAPPING && kind !== SEQUENCE) || isFlow(tree, value)) continue;
      if (!hasBreak(tree.text, tree.offset(key), tree.offset(value))) continue;
      const inner = columnOf(tree.text, tree.offset(value));
      if (kind === MAPPING) step ??= inner - outer;
      else listStep ??= inner - outer;
    }
  }
  return { step: step ?? KUBECTL.step, listStep: listStep ?? KUBECTL.listStep };

  function next(node: number): number {
    return tree.isScalar(node) || tree.kind(node) === ALIAS_NODE ? tree.after(node) : tree.firstChild(node);
  }
}
