import type { NodeTree } from "../node-tree.ts";

/**
 * Adds a document to a string that has none, or an empty one: after its comments, or after the `---` that starts it.
 */
export function addDocument(text: string, tree: NodeTree | undefined, document: string): string {
  const lines = /\r\n?/.exec(text)?.[0] === undefined ? document : document.replaceAll("\n", detectEol(text));
  if (tree === undefined) {
    return `${endWithBreak(text)}${lines}`;
  }
  const start = /^---(?=\s|$)[^\r\n]*(?:\r\n?|\n|$)/m.exec(text);
  const at = start === null ? 0 : start.index + start[0].length;
  const nothing = tree.extent(0) === tree.offset(0);
  if (!nothing && tree.offset(0) >= at) {
    const end = tree.extent(0);
    return `${text.slice(0, tree.offset(0))}${lines.trimEnd()}${text.slice(end)}`;
  }
  return nothing
    ? `${endWithBreak(text.slice(0, at))}${lines}${text.slice(at)}`
    : `${text.slice(0, tree.offset(0))}${detectEol(text)}${lines.trimEnd()}${text.slice(tree.extent(0))}`;
}

function detectEol(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}

function endWithBreak(text: string): string {
  return text === "" || /[\r\n]$/.test(text) ? text : `${text}${detectEol(text)}`;
}
