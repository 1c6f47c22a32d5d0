import type { TerminalSize } from "../../host/terminal.ts";
import type { Paint } from "../colour.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";
import { fit, shareOut, widthOf } from "./columns.ts";
import type { PickerChoice, PickerState } from "./state.ts";

/** The lines around the list: the filter, the names of the columns, the keys. */
const OTHER_LINES = 3;
/** Before each item: whether it is selected, whether it is the current one. */
const MARGIN = 4;
const GAP = 3;

/** Returns how many items fit on a terminal. */
export function listHeight({ rows }: TerminalSize): number {
  return Math.max(1, rows - OTHER_LINES);
}

/** Returns the wanted widths of the columns. They take time to compute for many items, and do not change. */
export function wantedWidths({ headers, items }: PickerChoice): readonly number[] {
  return headers.map((header, column) =>
    items.reduce(
      (widest, { name, details }) =>
        Math.max(widest, widthOf(escapeUnprintable(column === 0 ? name : (details[column - 1] ?? "")))),
      header.length,
    ),
  );
}

/** Returns the lines of the screen: at most as many as the terminal has, none wider than it is. */
export function screenLines(
  state: PickerState,
  wanted: readonly number[],
  { columns }: TerminalSize,
  paint: Paint,
): readonly string[] {
  const { choice, matches, top, height, selected } = state;
  const widths = columnWidths(wanted, columns - MARGIN);
  const row = (cells: readonly string[]): string =>
    fit(
      cells
        .map((cell, column) => fit(escapeUnprintable(cell), widths[column] ?? 0))
        .join(" ".repeat(GAP))
        .trimEnd(),
      columns - MARGIN,
    ).trimEnd();
  const items = matches.slice(top, top + height).map((index, place) => {
    const { name = "", details = [] } = choice.items[index] ?? {};
    const isSelected = top + place === selected;
    const mark = index === choice.current ? "*" : " ";
    const line = `${isSelected ? ">" : " "} ${mark} ${row([name, ...details])}`;
    return isSelected ? paint(line, "bold", "cyan") : line;
  });
  const none = matches.length === 0 ? [`${" ".repeat(MARGIN)}nothing matches`] : [];
  return [
    promptOf(state, columns),
    paint(`${" ".repeat(MARGIN)}${row(choice.headers)}`, "dim"),
    ...items,
    ...none,
    paint(fit(footer(state), columns).trimEnd(), "dim"),
  ];
}

/** Returns the widths of the columns. A name may take half of the room, and more if the others leave it. */
function columnWidths([name = 0, ...others]: readonly number[], room: number): readonly number[] {
  const least = Math.min(name, Math.floor(room / 2));
  const shared = shareOut(others, room - least - GAP, GAP);
  const left = room - shared.reduce((sum, width) => sum + width + GAP, 0);
  return [Math.max(least, Math.min(name, left)), ...shared];
}

/** Returns the column of the cursor in the first line: after the filter. */
export function cursorColumn(state: PickerState, { columns }: TerminalSize): number {
  return widthOf(promptOf(state, columns));
}

/** Formats the prompt. Of a long filter the end is shown. */
function promptOf({ choice, filter }: PickerState, columns: number): string {
  const characters = Array.from(escapeUnprintable(filter));
  while (characters.length > 0 && choice.title.length + 2 + widthOf(characters.join("")) >= columns) {
    characters.shift();
  }
  return `${choice.title}: ${characters.join("")}`;
}

function footer({ matches, choice, selected }: PickerState): string {
  const place = matches.length === 0 ? "0" : `${selected + 1}`;
  const all = matches.length === choice.items.length ? "" : ` (${choice.items.length} in all)`;
  return `${place} of ${matches.length}${all}   enter: switch   esc: leave as it is   type to filter`;
}
