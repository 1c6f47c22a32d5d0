import type { JsonValue } from "../../api/json-value.ts";
import { DOUBLE_QUOTE, HASH, SINGLE_QUOTE } from "../chars.ts";
import { doubleQuoted } from "../emit-double-quoted.ts";
import type { Editing } from "./editing-state.ts";
import { emitBlock, emitInline, isInline } from "./emit-block.ts";
import { emitFlow } from "./emit-flow.ts";
import { flowStyle, indentAt, isWithinLine } from "./flow-style.ts";
import { Refusal } from "./refusal.ts";
import type { Slot } from "./spans.ts";
import {
  afterBreak,
  columnOf,
  hasBreak,
  isBlankBetween,
  isFirstOnLine,
  lineEnd,
  lineStart,
  skipBlanks,
} from "./text-lines.ts";

/** What is written in addition to the value. */
export interface Extras {
  /** An anchor for the value, with a space after it. */
  readonly anchor: string;
  /** Comments, each a line. */
  readonly comments: readonly string[];
}

const NO_EXTRAS: Extras = { anchor: "", comments: [] };

type Writer = Pick<Editing, "tree" | "text" | "style" | "patches">;

/**
 * Replaces the value in a slot, in the style of its surroundings. A comment behind the old value stays.
 *
 * @throws Refusal where there is no room for it
 */
export function putValue(writer: Writer, slot: Slot, value: JsonValue, extras: Extras = NO_EXTRAS): void {
  if (slot.inFlow) {
    putFlow(writer, slot, value, extras);
  } else if (slot.holder === "document") {
    putDocument(writer, slot, value, extras);
  } else if (isInline(value)) {
    putInline(writer, slot, value, extras);
  } else {
    putBlock(writer, slot, value, extras);
  }
}

function isWritten({ after, end }: Slot): boolean {
  return end > after;
}

/** Reports whether the value starts on a line of its own, under its key. */
function isOnOwnLines(text: string, { after, start }: Slot): boolean {
  return hasBreak(text, after, start);
}

function putFlow(writer: Writer, slot: Slot, value: JsonValue, { anchor }: Extras): void {
  const { after, start, end } = slot;
  const { text, patches } = writer;
  const quoted = writer.style.isJson ? undefined : quotedAsBefore(text, start, value);
  const emitted =
    anchor +
    (quoted ?? emitFlow(value, flowStyle(writer, value, isWithinLine(text, slot)), indentAt(text, start)));
  patches.replace(start, end, isWritten(slot) || slot.holder === "sequence" ? emitted : ` ${emitted}`);
  if (!isWritten(slot) && after !== start) throw new Refusal("nothing is written, yet somewhere else");
}

function putDocument(writer: Writer, { start, end }: Slot, value: JsonValue, { comments }: Extras): void {
  const { text, style, patches } = writer;
  if (style.isJson) {
    patches.replace(start, end, emitFlow(value, flowStyle(writer, value), ""));
    return;
  }
  const first = lineStart(text, start);
  if (!isBlankBetween(text, first, start)) throw new Refusal("a document on the line of its start");
  const noBlocks = !hasRoomForBlocks(text, end);
  const body = isInline(value) ? emitInline(value, 0, -1, true) : emitBlock(value, 0, { ...style, noBlocks });
  patches.replace(first, end, [...comments, body].join("\n"));
}

/** Reports whether there is room for a block scalar: the last line ends as it has to. */
function hasRoomForBlocks(text: string, end: number): boolean {
  const rest = lineEnd(text, end);
  return rest < text.length && isBlankBetween(text, end, rest);
}

function putInline(writer: Writer, slot: Slot, value: JsonValue, { anchor, comments }: Extras): void {
  const { text, patches } = writer;
  const { after, start, end, column } = slot;
  const oneLine = !hasRoomForBlocks(text, end);
  if (isWritten(slot) && !isOnOwnLines(text, slot)) {
    const at = columnOf(text, start) + anchor.length;
    patches.replace(
      start,
      end,
      anchor + (quotedAsBefore(text, start, value) ?? emitInline(value, at, column, oneLine)),
    );
  } else {
    const at = columnOf(text, after) + 1 + anchor.length;
    const onNextLine = isWritten(slot);
    patches.replace(after, after, ` ${anchor}${emitInline(value, at, column, oneLine || onNextLine)}`);
    if (onNextLine) removeLinesOf(writer, slot);
  }
  if (comments.length > 0) patches.insertLines(lineEnd(text, end), indented(comments, column + 1), Infinity);
}

/** Quotes a string as the one that it replaces, if possible. */
export function quotedAsBefore(text: string, start: number, value: JsonValue): string | undefined {
  if (typeof value !== "string") return undefined;
  switch (text.charCodeAt(start)) {
    case DOUBLE_QUOTE:
      return doubleQuoted(value, { column: 0, indent: 0, simpleKey: true });
    case SINGLE_QUOTE:
      return /^[\x20-\x7e]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : undefined;
    default:
      return undefined;
  }
}

function removeLinesOf({ text, patches }: Writer, { start, end }: Slot): void {
  const from = lineStart(text, start);
  if (!isBlankBetween(text, from, start)) throw new Refusal("a value that shares its first line");
  patches.removeLines(from, afterBreak(text, lineEnd(text, end)));
}

function indented(lines: readonly string[], column: number): string {
  const pad = " ".repeat(Math.max(column, 0));
  return lines.map((line) => pad + line).join("\n");
}

function putBlock(writer: Writer, slot: Slot, value: JsonValue, { anchor, comments }: Extras): void {
  const { text, patches } = writer;
  const { after, start, end } = slot;
  const style = { ...writer.style, noBlocks: !hasRoomForBlocks(text, end) };
  const isItem = slot.holder === "sequence";
  const inner = innerColumnFor(writer, slot, value);
  const head = comments.map((comment) => `${comment}\n${" ".repeat(inner)}`).join("");
  const body = head + emitBlock(value, inner, style);
  const below = `${" ".repeat(inner)}${body}`;
  const rank = 2 * inner + (Array.isArray(value) ? 1 : 0);
  const hasComment = text.charCodeAt(skipBlanks(text, end)) === HASH;
  if (isItem && !isOnOwnLines(text, slot) && anchor === "" && comments.length === 0) {
    if (isWritten(slot)) {
      patches.replace(start, end, body);
      return;
    }
    if (!hasComment) {
      patches.replace(after, after, `${" ".repeat(inner - columnOf(text, after))}${body}`);
      return;
    }
  }
  if (isWritten(slot) && isOnOwnLines(text, slot)) {
    if (anchor !== "") patches.replace(after, after, ` ${anchor.trimEnd()}`);
    const first = lineStart(text, start);
    if (!isBlankBetween(text, first, start)) throw new Refusal("a value that shares its first line");
    patches.replace(first, end, below);
    return;
  }
  const before = anchor === "" ? "" : ` ${anchor.trimEnd()}`;
  const rest = skipBlanks(text, end);
  if (text.slice(end, rest).includes("\t") && mayStartKey(text, slot)) {
    patches.replace(after, rest, `${before} `);
  } else {
    patches.replace(after, end, before);
  }
  patches.insertLines(lineEnd(text, end), below, rank);
}

/** Returns the column of a block that replaces a value: that of the old one, if it is far enough to the right. */
function innerColumnFor({ text, style }: Writer, slot: Slot, value: JsonValue): number {
  const { after, start, column } = slot;
  const isList = Array.isArray(value);
  if (slot.holder === "sequence") {
    return isWritten(slot) && !isOnOwnLines(text, slot)
      ? columnOf(text, start)
      : Math.max(column + 2, columnOf(text, after) + 1);
  }
  if (isWritten(slot) && isOnOwnLines(text, slot)) {
    const old = columnOf(text, start);
    if (old > column || (isList && old === column)) return old;
  }
  return column + (isList ? style.listStep : style.step);
}

/**
 * Reports whether a key may start in a slot. After a `-` or the `:` of a key with a `?`, no tab may precede a comment.
 */
function mayStartKey(text: string, { holder, after }: Slot): boolean {
  return holder === "sequence" || isFirstOnLine(text, after - 1);
}
