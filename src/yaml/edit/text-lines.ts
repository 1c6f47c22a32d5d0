import { CR, HASH, LF, SPACE, isBlank, isBreak } from "../chars.ts";

/** Returns the start of the line of an offset. */
export function lineStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && !isBreak(text.charCodeAt(i - 1))) i--;
  return i;
}

/** Returns the end of the line of an offset: its break, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && !isBreak(text.charCodeAt(i))) i++;
  return i;
}

/** Skips a line break at an offset; returns the offset itself if there is none. */
export function afterBreak(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (at >= text.length || !isBreak(code)) return at;
  return code === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}

/** Returns the end of the line before the one that starts at an offset; -1 if there is none. */
export function previousLineEnd(text: string, start: number): number {
  if (start === 0) return -1;
  const end = start - 1;
  return text.charCodeAt(end) === LF && text.charCodeAt(end - 1) === CR ? end - 1 : end;
}

/** Skips spaces and tabs. */
export function skipBlanks(text: string, at: number): number {
  let i = at;
  while (isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** Reports whether there are only spaces and tabs between two offsets. */
export function isBlankBetween(text: string, from: number, to: number): boolean {
  return skipBlanks(text, from) >= to;
}

/** Reports whether there are only spaces and tabs before an offset on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  let i = at;
  while (i > 0 && isBlank(text.charCodeAt(i - 1))) i--;
  return i === 0 || isBreak(text.charCodeAt(i - 1));
}

/** Reports whether a line ends between two offsets. */
export function hasBreak(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isBreak(text.charCodeAt(i))) return true;
  return false;
}

/** Returns the column of an offset, from 0. Queries from left to right take time in proportion to the text. */
export function columnOf(text: string, at: number): number {
  const from = lastColumn.text === text && lastColumn.at <= at ? lastColumn.at : 0;
  let start = at;
  while (start > from && !isBreak(text.charCodeAt(start - 1))) start--;
  if (start === from && from > 0) start = lastColumn.start;
  lastColumn = { text, at, start };
  return at - start;
}

/** The last offset, and the start of its line: a line may hold very many values. */
let lastColumn = { text: "", at: 0, start: 0 };

/** Skips white space, line breaks and comments. */
export function skipGap(text: string, at: number): number {
  let i = at;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === HASH) {
      i = lineEnd(text, i);
    } else if (i < text.length && (isBlank(code) || isBreak(code))) {
      i++;
    } else {
      return i;
    }
  }
}

/**
 * Reports whether there is a comment between two offsets that hold only white space, comments and the given character.
 */
export function hasComment(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === HASH) return true;
  return false;
}

/** Returns the column of the comment if the line at an offset holds nothing else; else -1. */
export function commentColumn(text: string, start: number): number {
  let i = start;
  while (text.charCodeAt(i) === SPACE) i++;
  const column = i - start;
  return text.charCodeAt(skipBlanks(text, i)) === HASH ? column : -1;
}

/** Returns the end of the last of the comment lines right under a line that are further to the right than a column. */
export function extendOverComments(text: string, end: number, column: number): number {
  let last = end;
  for (let next = afterBreak(text, last); next !== last; next = afterBreak(text, last)) {
    if (commentColumn(text, next) <= column) return last;
    last = lineEnd(text, next);
  }
  return last;
}

/**
 * Returns the start of the first of the comment lines right above a line that are exactly at a column. None of them
 * counts where one looks like an item that has been commented out.
 */
export function extendOverCommentsAbove(text: string, start: number, column: number): number {
  let first = start;
  for (let end = previousLineEnd(text, first); end >= 0; end = previousLineEnd(text, first)) {
    const above = lineStart(text, end);
    if (commentColumn(text, above) !== column) break;
    if (COMMENTED_OUT.test(text.slice(above + column, end))) return start;
    first = above;
  }
  return first;
}

const COMMENTED_OUT = /^#+[ \t]*-(?:\s|$)/;
