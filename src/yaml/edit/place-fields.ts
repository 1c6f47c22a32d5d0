import type { JsonValue } from "../../api/json-value.ts";
import { compareYamlKeys } from "../key-order.ts";
import type { FieldEdits } from "./edit-field-values.ts";
import type { Editing } from "./editing-state.ts";
import type { Member } from "./spans.ts";
import { commentColumn, isBlankBetween, lineStart, previousLineEnd } from "./text-lines.ts";

/**
 * Finds the places for new fields, each the index of the member that it follows: sorted among sorted keys, else last,
 * unless a change names the field that they follow. -1 is the place before the first member.
 */
export function placeFields(
  { text, style }: Editing,
  { members, names, gone, added, after }: FieldEdits,
): ReadonlyMap<number, readonly (readonly [string, JsonValue])[]> {
  const kept = names.flatMap((_, i) => (gone.has(i) ? [] : [i]));
  const last = kept.at(-1) ?? -1;
  const given = after === undefined ? -1 : names.lastIndexOf(after);
  if (given !== -1 && !gone.has(given)) return new Map(added.length === 0 ? [] : [[given, added]]);
  const isSorted =
    !style.keepsOrder &&
    names.every((name, i) => {
      const before = names[i - 1];
      return name !== undefined && (i === 0 || (before !== undefined && compareYamlKeys(before, name) < 0));
    });
  const places = new Map<number, (readonly [string, JsonValue])[]>();
  for (const field of added) {
    const [key] = field;
    let place = last;
    if (isSorted) {
      place = kept.findLast((i) => compareYamlKeys(names[i] ?? "", key) < 0) ?? -1;
      if (place === -1 && !canPrecede(text, members[0], gone)) place = last;
    }
    places.set(place, [...(places.get(place) ?? []), field]);
  }
  return places;
}

/**
 * Reports whether there is room before the first member: it stays, is alone on its line, and has no comment above it.
 */
function canPrecede(text: string, first: Member | undefined, gone: ReadonlySet<number>): boolean {
  if (first === undefined || gone.has(0)) return false;
  const start = lineStart(text, first.start);
  if (!isBlankBetween(text, start, first.start)) return false;
  const above = previousLineEnd(text, start);
  return above < 0 || commentColumn(text, lineStart(text, above)) === -1;
}
