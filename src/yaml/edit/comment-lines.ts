import { HASH } from "../chars.ts";
import { afterBreak, lineEnd, lineStart, skipBlanks } from "./text-lines.ts";

/** The lines between two offsets that look like comments, without their indentation. */
export function commentLines(text: string, from: number, to: number): readonly string[] {
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
