const NARROW = /^[ -~]*$/;
const INVISIBLE = /^[\p{M}\p{Cf}]/u;
/** East Asian scripts, full-width forms and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

const SEGMENTER = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Returns how many columns of a terminal a string without control characters takes. */
export function widthOf(text: string): number {
  return NARROW.test(text)
    ? text.length
    : Array.from(SEGMENTER.segment(text), ({ segment }) => widthOfSegment(segment)).reduce(
        (sum, width) => sum + width,
        0,
      );
}

function widthOfSegment(segment: string): number {
  return INVISIBLE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
}

/** Makes a string exactly as wide as a column: cut, with an ellipsis, or padded with spaces. */
export function fit(text: string, width: number): string {
  const own = widthOf(text);
  return own <= width ? text + " ".repeat(width - own) : cut(text, width);
}

function cut(text: string, width: number): string {
  if (width < 1) {
    return "";
  }
  let room = width - 1;
  let kept = "";
  for (const { segment } of SEGMENTER.segment(text)) {
    room -= widthOfSegment(segment);
    if (room < 0) {
      break;
    }
    kept += segment;
  }
  const shown = `${kept}…`;
  return shown + " ".repeat(Math.max(0, width - widthOf(shown)));
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
