import { isBreak } from "../chars.ts";
import type { JsonValue } from "../../api/json-value.ts";
import type { Editing } from "./editing-state.ts";
import type { FlowStyle } from "./emit-flow.ts";
import { isInline } from "./emit-block.ts";
import type { Entry } from "./remove-entries.ts";
import type { Slot } from "./spans.ts";
import { hasBreak, isFirstOnLine, lineStart, skipBlanks } from "./text-lines.ts";

/**
 * Returns how to write a value inside `[]` or `{}`, by default on lines of its own if it is JSON and the document has
 * such.
 */
export function flowStyle({ style }: Pick<Editing, "style">, value: JsonValue, onOneLine = false): FlowStyle {
  const { isJson, keepsOrder, jsonStep, jsonGap: gap } = style;
  if (!isJson) return { isJson, keepsOrder, colonGap: " ", commaGap: " ", step: "" };
  return {
    isJson,
    keepsOrder: true,
    colonGap: gap,
    commaGap: gap,
    step: onOneLine || isInline(value) ? "" : jsonStep,
  };
}

/**
 * Reports whether new entries belong on one line: the entries share one, or one of them has a collection on one line.
 */
export function isOnOneLine(text: string, entries: readonly (Entry & { readonly slot: Slot })[]): boolean {
  const [first] = entries;
  return (
    first !== undefined &&
    (!isFirstOnLine(text, first.start) ||
      entries.some(
        ({ slot: { start, end } }) =>
          end - start > EMPTY && /[[{]/.test(text.charAt(start)) && !hasBreak(text, start, end),
      ))
  );
}

const EMPTY = 2;

/** Reports whether a value comes after the start of a collection on the same line. */
export function isWithinLine(text: string, { start }: Slot): boolean {
  for (let i = start - 1; i >= 0 && !isBreak(text.charCodeAt(i)); i--) {
    if (/[[{]/.test(text.charAt(i))) return true;
  }
  return false;
}

/** Returns the indentation of the line of an offset. */
export function indentAt(text: string, at: number): string {
  const start = lineStart(text, at);
  return text.slice(start, skipBlanks(text, start));
}
