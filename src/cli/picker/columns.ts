/** Strings whose characters take one column each. */
export const NARROW = /^[ -~]*$/;
const INVISIBLE = /^[\p{M}\p{Cf}]/u;
/** East Asian scripts, full-width forms and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

const SEGMENTER = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Returns how many columns of a terminal a string without control characters takes. */
export function widthOf(text: string): number {
  return NARROW.test(text)
    ? text.length
    : segmentsOf(text).reduce((sum, segment) => sum + widthOfSegment(segment), 0);
}

function widthOfSegment(segment: string): number {
  return INVISIBLE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
}

/** Splits a string where a terminal may: between characters that a reader sees. */
function segmentsOf(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/** Returns the longest beginning of a string that fits in a width. */
export function startOf(text: string, width: number): string {
  // What follows may belong to the last character.
  const start = width < 1 ? "" : text.slice(0, width + 1);
  return NARROW.test(start)
    ? start.slice(0, width)
    : longestRun(segmentsOf(text.slice(0, LONGEST * width)), width).join("");
}

/** Returns the longest end of a string that fits in a width. */
export function endOf(text: string, width: number): string {
  const end = width < 1 ? "" : text.slice(-width);
  return NARROW.test(end)
    ? end
    : longestRun(segmentsOf(text.slice(-LONGEST * width)).toReversed(), width)
        .toReversed()
        .join("");
}

/** How many UTF-16 units are looked at for a column of a terminal: a character that has more is hostile. */
export const LONGEST = 32;

function longestRun(segments: readonly string[], width: number): readonly string[] {
  let room = width;
  const beyond = segments.findIndex((segment) => (room -= widthOfSegment(segment)) < 0);
  return beyond === -1 ? segments : segments.slice(0, beyond);
}

/** Returns the index at which the character that holds an index begins. */
export function boundaryBefore(text: string, index: number): number {
  return NARROW.test(text.slice(Math.max(0, index - 1), index + 1))
    ? index
    : (SEGMENTER.segment(text).containing(index)?.index ?? text.length);
}

/** Pads a string with spaces to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/**
 * Distributes the columns of a terminal among those of a table by their wanted widths: one that wants less than an
 * equal share gets it all, the others share the rest.
 *
 * @param gap - the columns between two
 */
export function shareOut(wanted: readonly number[], columns: number, gap: number): readonly number[] {
  const widths = [...wanted];
  const open = new Set(wanted.keys());
  let room = Math.max(0, columns - gap * (wanted.length - 1));
  for (let settled = true; settled && open.size > 0;) {
    const share = Math.floor(room / open.size);
    const modest = [...open].filter((index) => (wanted[index] ?? 0) <= share);
    settled = modest.length > 0;
    for (const index of modest) {
      room -= wanted[index] ?? 0;
      open.delete(index);
    }
  }
  for (const [rank, index] of [...open].entries()) {
    widths[index] = Math.floor(room / open.size) + (rank < room % open.size ? 1 : 0);
  }
  return widths;
}
