import type { UnitBuilder } from "../go/unit-builder.ts";
import { CR, LF, LINE_SEPARATOR, NEXT_LINE, PARAGRAPH_SEPARATOR, SPACE } from "./chars.ts";

/**
 * Adds the line breaks between two offsets as a scalar holds them: LF, CR, CRLF and NEL become LF, while LS and PS
 * stay. Everything else between the offsets is left out.
 */
export function addLineBreaks(builder: UnitBuilder, text: string, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const unit = lineBreakAt(text, i, to);
    if (unit !== 0) builder.push(unit);
  }
}

/**
 * Adds the folded white space between two lines of a plain or quoted scalar: a space for one line break, the remaining
 * breaks for several. LS and PS are not folded.
 */
export function addFolded(builder: UnitBuilder, text: string, from: number, to: number): void {
  let first = from;
  while (lineBreakAt(text, first, to) === 0) first++;
  if (lineBreakAt(text, first, to) !== LF) {
    addLineBreaks(builder, text, first, to);
    return;
  }
  let more = false;
  for (let i = first + 1; i < to; i++) {
    const unit = lineBreakAt(text, i, to);
    if (unit !== 0) {
      builder.push(unit);
      more = true;
    }
  }
  if (!more) builder.push(SPACE);
}

/** Returns the code unit that a scalar holds for the line break that ends at an offset; 0 if there is none. */
function lineBreakAt(text: string, at: number, to: number): number {
  const code = text.charCodeAt(at);
  if (code === LF || code === NEXT_LINE) return LF;
  if (code === CR) return at + 1 < to && text.charCodeAt(at + 1) === LF ? 0 : LF;
  return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR ? code : 0;
}
