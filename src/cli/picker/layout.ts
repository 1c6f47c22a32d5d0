import type { TerminalSize } from "../../host/terminal.ts";
import { goQuote } from "../../go/quote.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";
import { NARROW, shareOut, widthOf } from "./columns.ts";
import type { Cut } from "./cut.ts";
import { cutApart } from "./cut.ts";
import type { PickerChoice } from "./state.ts";

/** Before each item: whether it is selected, whether it is the current one. */
export const MARGIN = 4;
/** Between two columns. */
export const GAP = 3;

/** The list as text: what does not depend on the size of the terminal. */
export interface PickerTable {
  /** The cells of each item, printable, the name first. */
  readonly rows: readonly (readonly string[])[];
  /** The columns that are worth a place, the name first. */
  readonly columns: readonly TableColumn[];
}

/** A column of the list. */
export interface TableColumn {
  readonly index: number;
  readonly header: string;
  /** The width of its widest cell. */
  readonly width: number;
}

/** The cell that repeats the name of its item. */
export const SAME = "=";

/** Formats the cells of a list. Leaves out the columns that are empty, or repeat the name, for every item. */
export function tableOf({ headers, items }: PickerChoice): PickerTable {
  const names = distinctNames(items.map(({ name }) => name));
  const rows = items.map(({ name, details }, index) => [
    names[index] ?? "",
    ...details.map((detail) => (detail === name ? SAME : printable(detail))),
  ]);
  const columns = headers
    .map((header, index) => ({
      index,
      header,
      width: rows.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? "")), header.length),
    }))
    .filter(
      ({ index }) =>
        index === 0 || items.some(({ name, details }) => !["", name].includes(details[index - 1] ?? "")),
    );
  return { rows, columns };
}

function printable(text: string): string {
  return NARROW.test(text) ? text : escapeUnprintable(text);
}

/** Formats names. Where an escaped one looks like the name of another item, backslashes are escaped, too. */
function distinctNames(names: readonly string[]): readonly string[] {
  const shown = names.map(printable);
  return new Set(shown).size === shown.length
    ? shown
    : names.map((name) => goQuote(name).slice(1, -1).replaceAll('\\"', '"'));
}

/** Where everything is on a terminal of some size. */
export interface PickerLayout {
  readonly size: TerminalSize;
  /** The columns that are shown, with the widths that they get. */
  readonly columns: readonly TableColumn[];
  /** The names as they are shown in the list: no two look the same. */
  readonly names: readonly Cut[];
  /** The lines for items and, below them, the whole name of the selected one. */
  readonly lines: number;
  /** How many of these lines most names need that the list does not show whole; 0 if it shows most of them. */
  readonly nameLines: number;
  /** The most lines that a name may take. */
  readonly mostNameLines: number;
  /** Whether a line shows those columns of the selected item that the list does not show, or not whole. */
  readonly hasDetails: boolean;
  readonly hasHeaders: boolean;
  readonly hasFooter: boolean;
}

/** Lays a list out on a terminal. The names get what they need first. */
export function layOut(table: PickerTable, size: TerminalSize): PickerLayout {
  const room = Math.max(1, size.columns - MARGIN);
  const [name, ...others] = table.columns;
  const nameWidths = table.rows.map(([cell = ""]) => widthOf(cell));
  const usual = usualWidth(nameWidths);
  const nameWidth = Math.min(room, Math.max(name?.header.length ?? 0, usual));
  const shown = thatFit(others, room - nameWidth);
  const widths = shareOut(
    shown.map(({ width }) => width),
    room - nameWidth - GAP,
    GAP,
  );
  // What the others leave goes to names that are wider than usual.
  const left = room - widths.reduce((sum, width) => sum + width + GAP, 0);
  const ownWidth = Math.max(nameWidth, Math.min(name?.width ?? 0, left));
  const columns = [
    ...(name === undefined ? [] : [{ ...name, width: ownWidth }]),
    ...shown.map(({ index, header }, place) => ({ index, header, width: widths[place] ?? 0 })),
  ];
  const isWhole = others.every(({ index, width }) =>
    columns.some((column) => column.index === index && column.width >= width),
  );
  return {
    size,
    columns,
    names: cutApart(
      table.rows.map(([cell = ""]) => cell),
      ownWidth,
    ),
    ...linesOf(size, usual > ownWidth ? linesFor(usual, size) : 0, (name?.width ?? 0) > ownWidth, !isWhole),
  };
}

/** Shares the lines out: the filter and an item are always there, then come names, keys, headers and details. */
function linesOf(size: TerminalSize, usualNameLines: number, mayCutNames: boolean, wantsDetails: boolean) {
  let room = size.rows - 2;
  const take = (wanted: number): number => {
    const taken = Math.max(0, Math.min(wanted, room));
    room -= taken;
    return taken;
  };
  const most = Math.max(LEAST_NAME_LINES, Math.floor(size.rows / 3));
  const reserved = mayCutNames ? take(Math.min(most, Math.max(usualNameLines, LEAST_NAME_LINES))) : 0;
  const hasFooter = take(1) > 0;
  const hasHeaders = take(1) > 0;
  const hasDetails = wantsDetails && take(1) > 0;
  const lines = 1 + room + reserved;
  return {
    lines,
    nameLines: Math.min(usualNameLines, reserved),
    mostNameLines: mayCutNames ? Math.min(most, lines - 1) : 0,
    hasFooter,
    hasHeaders,
    hasDetails,
  };
}

/** A name may take as many lines, also on a terminal of few. */
const LEAST_NAME_LINES = 3;

/** Returns how many lines a width takes. */
function linesFor(width: number, { columns }: TerminalSize): number {
  return Math.ceil(width / Math.max(1, columns));
}

/** Returns how many lines below the list show the name of the selected item. */
export function nameLinesFor(layout: PickerLayout, name: string): number {
  const width = widthOf(name);
  const isCut = width > (layout.columns[0]?.width ?? 0);
  const needed = isCut ? linesFor(width, layout.size) : 0;
  return Math.min(layout.mostNameLines, Math.max(layout.nameLines, needed));
}

/** Returns a width in which nine of ten are whole: a single long one must not take the room of all others. */
function usualWidth(widths: readonly number[]): number {
  return widths.toSorted((one, other) => one - other)[Math.ceil(widths.length * USUAL_SHARE) - 1] ?? 0;
}

const USUAL_SHARE = 0.9;

/** A column gets at least this width, or is left out. */
const LEAST_WIDTH = 8;

/** Drops the widest columns until the others fit, each with a gap before it. */
function thatFit(columns: readonly TableColumn[], room: number): readonly TableColumn[] {
  const least = columns.reduce((sum, { width }) => sum + GAP + Math.min(LEAST_WIDTH, width), 0);
  if (least <= room || columns.length === 0) {
    return columns;
  }
  const widest = columns.reduce((one, other) => (other.width > one.width ? other : one));
  return thatFit(
    columns.filter((column) => column !== widest),
    room,
  );
}
