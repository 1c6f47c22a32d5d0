import type { Found, Searchable } from "./filter.ts";
import { find, searchable } from "./filter.ts";
import type { PickerKey } from "./keys.ts";

/** An item of the list. */
export interface PickerItem {
  readonly name: string;
  /** Its further columns. */
  readonly details: readonly string[];
}

/** The list. */
export interface PickerChoice {
  readonly title: string;
  /** What the items are, in the plural. */
  readonly noun: string;
  readonly headers: readonly string[];
  readonly items: readonly PickerItem[];
  /** The index of the marked item, if there is one. */
  readonly current: number;
  /** What the user should know of the list. */
  readonly note?: string | undefined;
  /** What the list is filtered by at first; default: nothing. */
  readonly filter?: string | undefined;
}

/** The state of picking. */
export interface PickerState {
  readonly choice: PickerChoice;
  readonly searchables: readonly Searchable[];
  readonly filter: string;
  /** The items that match the filter. */
  readonly found: Found;
  /** The index in `found.matches` of the selected one. */
  readonly selected: number;
  /** The index in `found.matches` of the first one that is shown. */
  readonly top: number;
  /** How many are shown at once. */
  readonly height: number;
  readonly outcome: "open" | "picked" | "left";
}

/**
 * Creates the state, with the current item selected.
 *
 * @param rows - the cells of the items, the name first, as they are shown
 */
export function startPicking(
  choice: PickerChoice,
  rows: readonly (readonly string[])[],
  height: number,
): PickerState {
  const searchables = rows.map(searchable);
  const { filter = "" } = choice;
  return scrolled({
    choice,
    searchables,
    filter,
    found: find(searchables, filter),
    selected: filter === "" ? Math.max(0, choice.current) : 0,
    top: 0,
    height: Math.max(1, height),
    outcome: "open",
  });
}

/** Returns the state with another list. The filter stays, and the selected item if the list still has it. */
export function withChoice(
  state: PickerState,
  choice: PickerChoice,
  rows: readonly (readonly string[])[],
): PickerState {
  const name = selectedItem(state)?.name;
  const start = startPicking(choice, rows, state.height);
  const found = find(start.searchables, state.filter);
  const selected = found.matches.findIndex((index) => choice.items[index]?.name === name);
  return scrolled({ ...start, filter: state.filter, found, selected: Math.max(0, selected) });
}

/** Returns the state after a key. */
export function press(state: PickerState, key: PickerKey): PickerState {
  const { selected, height, filter } = state;
  const { matches } = state.found;
  switch (key.key) {
    case "text":
      return filtered(state, filter + key.text);
    case "erase":
      return filtered(state, Array.from(filter).slice(0, -1).join(""));
    case "erase-word":
      return filtered(state, filter.replace(/\S*\s*$/u, ""));
    case "erase-all":
      return filtered(state, "");
    case "up":
      return moved(state, selected - 1);
    case "down":
      return moved(state, selected + 1);
    case "page-up":
      return moved(state, selected - height);
    case "page-down":
      return moved(state, selected + height);
    case "home":
      return moved(state, 0);
    case "end":
      return moved(state, matches.length - 1);
    case "enter":
      return matches.length === 0 ? state : { ...state, outcome: "picked" };
    case "escape":
    case "interrupt":
      return { ...state, outcome: "left" };
    default:
      return state;
  }
}

/** Returns the state after a change of the height. */
export function resized(state: PickerState, height: number): PickerState {
  return scrolled({ ...state, height: Math.max(1, height) });
}

/** Returns the selected item. */
export function selectedItem({ choice, found, selected }: PickerState): PickerItem | undefined {
  return choice.items[found.matches[selected] ?? -1];
}

function moved(state: PickerState, to: number): PickerState {
  return scrolled({ ...state, selected: Math.max(0, Math.min(state.found.matches.length - 1, to)) });
}

function scrolled(state: PickerState): PickerState {
  const { selected, height } = state;
  const { matches } = state.found;
  const lowest = Math.max(0, selected - height + 1);
  const last = Math.max(0, matches.length - height);
  return { ...state, top: Math.min(last, Math.max(lowest, Math.min(state.top, selected))) };
}

function filtered(state: PickerState, filter: string): PickerState {
  if (filter === state.filter) {
    return state;
  }
  const found = find(state.searchables, filter);
  // Without a filter the first selection is restored.
  const selected = filter.trim() === "" ? Math.max(0, state.choice.current) : 0;
  return scrolled({ ...state, filter, found, selected, top: 0 });
}
