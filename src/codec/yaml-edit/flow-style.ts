import type { JsonValue } from "../../api/json-value.ts";
import type { Editing } from "./editing.ts";
import type { FlowStyle } from "./emit-flow.ts";
import { isInline } from "./emit-block.ts";
import { lineStart, skipBlanks } from "./text-lines.ts";

/** How to write a value that starts at an offset inside `[]` or `{}`. */
export function flowStyleAt({ style }: Pick<Editing, "style">, _at: number, value: JsonValue): FlowStyle {
  const { isJson, jsonStep, jsonGap: gap } = style;
  if (!isJson) return { isJson, colonGap: " ", commaGap: " ", step: "" };
  const step = isInline(value) ? "" : jsonStep;
  return { isJson, colonGap: gap, commaGap: gap, step };
}

/** What stands before the first character of the line of an offset. */
export function indentAt(text: string, at: number): string {
  const start = lineStart(text, at);
  return text.slice(start, skipBlanks(text, start));
}
