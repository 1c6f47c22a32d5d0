import type { Position } from "../api/position.ts";
import { fromCharacter } from "./raw-text.ts";

/** A key that gets another name. */
export interface KeyRename {
  readonly position: Position;
  readonly from: string;
  readonly to: string;
}

const BYTE_ORDER_MARK = "\ufeff";

/** The text with keys renamed where they stand, in their own quotes. What is not found at its place stays as it is. */
export function renameKeys(text: string, renames: readonly KeyRename[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const parts = text.slice(mark.length).split(/(\r\n|\n|\r)/);
  // From right to left, so that what is still to be done stands where it stood.
  for (const { position, from, to } of renames.toSorted((a, b) => b.position.column - a.position.column)) {
    const index = (position.line - 1) * 2;
    const line = parts[index] ?? "";
    const rest = fromCharacter(line, position.column - 1);
    const written = [from, `"${from}"`, `'${from}'`].find((each) => rest.startsWith(each));
    if (written !== undefined) {
      const before = line.slice(0, line.length - rest.length);
      parts[index] = `${before}${written.replace(from, () => to)}${rest.slice(written.length)}`;
    }
  }
  return mark + parts.join("");
}
