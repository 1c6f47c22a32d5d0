import { CR, LF, LINE_SEPARATOR, NEXT_LINE, PARAGRAPH_SEPARATOR } from "./chars.ts";
import { TextBuilder } from "./text-builder.ts";

/**
 * The line breaks between two offsets, as a scalar holds them: LF, CR, CRLF and NEL become LF, while LS and PS stay
 * what they are. Everything else between the offsets is left out.
 */
export function lineBreaks(text: string, from: number, to: number): string {
  let lineFeeds = 0;
  let builder: TextBuilder | undefined;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (
      code === LF ||
      code === NEXT_LINE ||
      (code === CR && !(i + 1 < to && text.charCodeAt(i + 1) === LF))
    ) {
      lineFeeds++;
    } else if (code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR) {
      builder ??= new TextBuilder();
      builder.add("\n".repeat(lineFeeds));
      builder.add(String.fromCharCode(code));
      lineFeeds = 0;
    }
  }
  if (builder === undefined) return lineFeeds === 1 ? "\n" : "\n".repeat(lineFeeds);
  builder.add("\n".repeat(lineFeeds));
  return builder.toString();
}

/**
 * What the white space between two lines of a plain or quoted scalar comes to: a space for one line break, the other
 * breaks for several. LS and PS are not folded.
 */
export function foldLines(text: string, from: number, to: number): string {
  if (to - from === 1 && text.charCodeAt(from) === LF) return " ";
  const breaks = lineBreaks(text, from, to);
  if (breaks === "\n") return " ";
  return breaks.charCodeAt(0) === LF ? breaks.slice(1) : breaks;
}
