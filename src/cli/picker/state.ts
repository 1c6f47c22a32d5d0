import type { PickerKey } from "./keys.ts";

/** An item of the list. */
export interface PickerItem {
  readonly name: string;
  /** Its further columns. */
  readonly details: readonly string[];
}

/** The list. It does not change while the user picks. */
export interface PickerChoice {
  readonly title: string;
  readonly headers: readonly string[];
  readonly items: readonly PickerItem[];
  /** The index of the marked item, if there is one. */
  readonly current: number;
}

/** The state of picking. */
export interface PickerState {
  readonly choice: PickerChoice;
  readonly filter: string;
  /** Indices of the items that match the filter, in order. */
  readonly matches: readonly number[];
  /** The index in `matches` of the selected one. */
  readonly selected: number;
  /** The index in `matches` of the first one that is shown. */
  readonly top: number;
  /** How many are shown at once. */
  readonly height: number;
  readonly outcome: "open" | "picked" | "left";
}

/** Creates the state, with the current item selected. */
export function startPicking(choice: PickerChoice, height: number): PickerState {
  return scrolled({
    choice,
    filter: "",
    matches: choice.items.map((_, index) => index),
    selected: Math.max(0, choice.current),
    top: 0,
    height: Math.max(1, height),
    outcome: "open",
  });
}

/** Returns the state after a key. */
export function press(state: PickerState, key: PickerKey): PickerState {
  const { selected, height, matches, filter } = state;
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
export function selectedItem({ choice, matches, selected }: PickerState): PickerItem | undefined {
  return choice.items[matches[selected] ?? -1];
}

function moved(state: PickerState, to: number): PickerState {
  return scrolled({ ...state, selected: Math.max(0, Math.min(state.matches.length - 1, to)) });
}

function scrolled(state: PickerState): PickerState {
  const { selected, height, matches } = state;
  const lowest = Math.max(0, selected - height + 1);
  const last = Math.max(0, matches.length - height);
  return { ...state, top: Math.min(last, Math.max(lowest, Math.min(state.top, selected))) };
}

function filtered(state: PickerState, filter: string): PickerState {
  if (filter === state.filter) {
    return state;
  }
  const matches = matching(state.choice, filter);
  // Without a filter the first selection is restored.
  const selected = filter.trim() === "" ? Math.max(0, state.choice.current) : 0;
  return scrolled({ ...state, filter, matches, selected, top: 0 });
}

/**
 * Returns the items whose names contain every word of the filter, those that begin with it first; if there is none,
 * those whose names have its letters in this order. Ignores case.
 */
function matching({ items }: PickerChoice, filter: string): readonly number[] {
  const wanted = filter.trim().toLowerCase();
  const words = wanted.split(/\s+/u);
  const names = items.map(({ name }) => name.toLowerCase());
  const all = names.map((_, index) => index);
  const found = all.filter((index) => words.every((word) => names[index]?.includes(word) === true));
  if (found.length > 0) {
    const begins = (index: number): boolean => names[index]?.startsWith(wanted) === true;
    return [...found.filter(begins), ...found.filter((index) => !begins(index))];
  }
  const letters = Array.from(words.join(""));
  return all.filter((index) => hasInOrder(names[index] ?? "", letters));
}

function hasInOrder(text: string, letters: readonly string[]): boolean {
  let at = 0;
  for (const letter of letters) {
    const found = text.indexOf(letter, at);
    if (found === -1) {
      return false;
    }
    at = found + letter.length;
  }
  return true;
}
