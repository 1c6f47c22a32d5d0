/**
 * The result of the quick readers: plain JavaScript values, as JSON.parse makes them. Look up fields as own properties
 * only. There are no numbers: a string with numbers is left to the full reader.
 */
export type QuickValue = null | boolean | string | readonly QuickValue[] | QuickObject | TakenItem;

/** The result of a {@link TakeItem}, kept in place of an item. */
export abstract class TakenItem {
  declare protected readonly brand: "taken";
}

/**
 * Receives each item of each top-level list of a document, with the key of the list; returns what to keep of it. The
 * item's parts can be freed at once, which for a large file saves half of the memory, and of the time.
 */
export type TakeItem = (list: string, item: QuickValue) => QuickValue;

/** A mapping. */
export interface QuickObject {
  readonly [key: string]: QuickValue;
}

/** The deepest nesting of a quick value. */
export const MAX_QUICK_DEPTH = 64;

/** The most values and collections of a quick value, keys not counted: below the limits of the full reader. */
export const MAX_QUICK_VALUES = 1_000_000;

/** The longest key, in characters: below what YAML allows. */
export const MAX_QUICK_KEY = 128;
