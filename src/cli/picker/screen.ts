import type { Colour, Paint } from "../colour.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";
import { pad, startOf, widthOf } from "./columns.ts";
import type { Cut } from "./cut.ts";
import { cutMiddle, textOf } from "./cut.ts";
import type { Found } from "./filter.ts";
import { foundIn } from "./filter.ts";
import type { PickerLayout, PickerTable, TableColumn } from "./layout.ts";
import { GAP, MARGIN, nameLinesFor, SAME } from "./layout.ts";
import type { PickerState } from "./state.ts";

/** Returns the lines of the screen: at most as many as the terminal has, none wider than it is. */
export function screenLines(
  state: PickerState,
  table: PickerTable,
  layout: PickerLayout,
  paint: Paint,
): readonly string[] {
  const { top, height, selected } = state;
  const { matches } = state.found;
  const { columns, rows } = layout.size;
  const chosen = matches[selected];
  const items = matches
    .slice(top, top + height)
    .map((index, place) => itemLine(state, table, layout, index, top + place === selected, paint));
  const none = matches.length === 0 ? [cutTo("    nothing matches", columns)] : [];
  const fill = Array.from({ length: height - Math.max(1, items.length) }, () => "");
  const name = table.rows[chosen ?? -1]?.[0] ?? "";
  const nameLines = layout.lines - height;
  return [
    promptOf(state, columns),
    ...(layout.hasHeaders ? [paint(headerLine(layout), "dim")] : []),
    ...items,
    ...none,
    // Only what is below the list keeps its place.
    ...(nameLines > 0 || layout.hasDetails ? fill : []),
    ...fullName(name, nameLines, columns).map((line) => paint(line, "bold")),
    ...(layout.hasDetails ? [detailLine(table, layout, chosen, state.found, paint)] : []),
    ...(layout.hasFooter ? [paint(footer(state, columns), "dim")] : []),
  ].slice(0, rows);
}

function headerLine({ columns, size }: PickerLayout): string {
  const cells = columns.map(({ header, width }) => pad(cutTo(header, width), width));
  return cutTo(`${" ".repeat(MARGIN)}${cells.join(" ".repeat(GAP))}`.trimEnd(), size.columns);
}

function itemLine(
  { choice, found }: PickerState,
  { rows }: PickerTable,
  { columns, names, size }: PickerLayout,
  index: number,
  isSelected: boolean,
  paint: Paint,
): string {
  const colours: readonly Colour[] = isSelected ? ["bold", "cyan"] : [];
  const pieces: Piece[] = [
    { text: `${isSelected ? ">" : " "} ${index === choice.current ? "*" : " "} `, isFound: false },
  ];
  let gap = 0;
  for (const { index: column, width } of columns) {
    const cell = rows[index]?.[column] ?? "";
    const cut = column === 0 ? (names[index] ?? []) : cutMiddle(cell, width);
    if (textOf(cut) !== "") {
      pieces.push({ text: " ".repeat(gap), isFound: false }, ...marked(cell, cut, found));
      gap = 0;
    }
    gap += width - (textOf(cut) === "" ? 0 : widthOf(textOf(cut))) + GAP;
  }
  return size.columns < MARGIN ? "" : painted(pieces, colours, paint);
}

/** A piece of a line. */
interface Piece {
  readonly text: string;
  /** Whether the filter has found it. */
  readonly isFound: boolean;
}

/** Splits a cell at the ends of what a filter has found in it. An ellipsis is marked for what it hides. */
function marked(cell: string, cut: Cut, found: Found): readonly Piece[] {
  const ranges = cell === SAME ? [] : foundIn(cell, found);
  return ranges.length === 0
    ? [{ text: textOf(cut), isFound: false }]
    : cut.flatMap(({ text, from, to }) => {
        const inside = ranges
          .map(([start, end]) => [Math.max(start, from), Math.min(end, to)] as const)
          .filter(([start, end]) => start < end);
        if (text !== cell.slice(from, to)) {
          return [{ text, isFound: inside.length > 0 }];
        }
        const pieces: Piece[] = [];
        let at = from;
        for (const [start, end] of inside) {
          pieces.push(
            { text: cell.slice(at, start), isFound: false },
            { text: cell.slice(start, end), isFound: true },
          );
          at = end;
        }
        return [...pieces, { text: cell.slice(at, to), isFound: false }];
      });
}

function painted(pieces: readonly Piece[], colours: readonly Colour[], paint: Paint): string {
  const joined: Piece[] = [];
  for (const piece of pieces.filter(({ text }) => text !== "")) {
    const last = joined.at(-1);
    if (last?.isFound === piece.isFound) {
      joined[joined.length - 1] = { ...last, text: last.text + piece.text };
    } else {
      joined.push(piece);
    }
  }
  return joined
    .map(({ text, isFound }) => {
      const own: readonly Colour[] = isFound
        ? [...new Set<Colour>([...colours, "bold", "underline"])]
        : colours;
      return own.length === 0 ? text : paint(text, ...own);
    })
    .join("");
}

/** Returns how many items fit on the screen, with what is shown of the selected one. */
export function listHeight(
  { found, selected }: PickerState,
  { rows }: PickerTable,
  layout: PickerLayout,
): number {
  return layout.lines - nameLinesFor(layout, rows[found.matches[selected] ?? -1]?.[0] ?? "");
}

/** Formats the name of the selected item, whole if the lines for it allow. */
function fullName(name: string, count: number, columns: number): readonly string[] {
  // Wide characters may leave a column at the end of each line.
  for (let room = count * columns; room > 0; room -= count) {
    const lines = chunks(textOf(cutMiddle(name, room)), columns);
    if (lines.length <= count) {
      return [...lines, ...Array.from({ length: count - lines.length }, () => "")];
    }
  }
  return Array.from({ length: count }, () => "");
}

function chunks(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  for (let line = startOf(rest, width); line !== ""; line = startOf(rest, width)) {
    lines.push(line);
    rest = rest.slice(line.length);
  }
  return lines;
}

/** Formats what the list does not show of the selected item. */
function detailLine(
  { columns, rows }: PickerTable,
  layout: PickerLayout,
  chosen: number | undefined,
  found: Found,
  paint: Paint,
): string {
  const isHidden = ({ index }: TableColumn): boolean => {
    const width = layout.columns.find((column) => column.index === index)?.width ?? 0;
    const cell = rows[chosen ?? -1]?.[index] ?? "";
    return index !== 0 && cell !== SAME && widthOf(cell) > width;
  };
  const hidden = columns.filter(isHidden);
  const share = Math.floor((layout.size.columns + GAP) / Math.max(1, hidden.length)) - GAP;
  return hidden
    .map(({ index, header }) => {
      const cell = rows[chosen ?? -1]?.[index] ?? "";
      const label = `${header} `;
      const cut = cutMiddle(cell, Math.max(0, share - label.length));
      return `${paint(cutTo(label, share), "dim")}${painted(marked(cell, cut, found), [], paint)}`;
    })
    .join(" ".repeat(GAP));
}

/** Returns the column of the cursor in the first line: after the filter. */
export function cursorColumn(state: PickerState, columns: number): number {
  return widthOf(promptOf(state, columns));
}

/** Formats the prompt. Of a long filter the end is shown. */
function promptOf({ choice, filter }: PickerState, columns: number): string {
  const title = `${choice.title}: `;
  const prompt = title.length + LEAST_FILTER <= columns ? title : columns > 2 ? "> " : "";
  const characters = Array.from(escapeUnprintable(filter));
  while (characters.length > 0 && prompt.length + widthOf(characters.join("")) >= columns) {
    characters.shift();
  }
  return `${prompt}${characters.join("")}`;
}

/** The columns that a filter needs beside the title. */
const LEAST_FILTER = 10;

/** Formats the footer: as many of its parts as fit. */
function footer({ found, choice, selected }: PickerState, columns: number): string {
  const all = choice.items.length;
  const count = found.matches.length;
  const keys = ["enter: switch", "esc: cancel", "type to filter"];
  const place = [
    count === all ? `${all} ${choice.noun}` : `${count} of ${all} match`,
    ...(count === 0 ? [] : [`row ${selected + 1}`]),
  ];
  const join = (parts: readonly string[]): string =>
    parts.reduce((line, part) =>
      widthOf(line) + GAP + widthOf(part) <= columns ? `${line}${" ".repeat(GAP)}${part}` : line,
    );
  const line = join(place);
  const room = columns - widthOf(line) - GAP;
  // A note that does not fit is cut rather than left out.
  const note = choice.note === undefined || room < 1 ? [] : [cutTo(escapeUnprintable(choice.note), room)];
  return cutTo(join([line, ...note, ...keys]), columns);
}

function cutTo(text: string, width: number): string {
  return textOf(cutMiddle(text, width));
}
