/**
 * What the quick readers make of a text: plain JavaScript values, as JSON.parse makes them. Fields must be looked up as
 * own properties only. There are no numbers: a text with numbers is left to the full reader.
 */
export type QuickValue = null | boolean | string | readonly QuickValue[] | QuickObject | TakenItem;

/** What a {@link TakeItem} keeps in place of an item. */
export abstract class TakenItem {
  declare protected readonly brand: "taken";
}

/**
 * Told each item of each list that stands directly in a document, with the key of the list; answers what is kept of it. So
 * what it is made of can be let go of at once, which for a large text is half of the memory, and of the time.
 */
export type TakeItem = (list: string, item: QuickValue) => QuickValue;

/** A mapping. */
export interface QuickObject {
  readonly [key: string]: QuickValue;
}

/** How deep the collections of a quick value nest at most. */
export const MAX_QUICK_DEPTH = 64;

/** How many values and collections a quick value has at most, keys aside: below the bounds of the full reader. */
export const MAX_QUICK_VALUES = 1_000_000;

/** How long a key may be, in characters: below what YAML allows. */
export const MAX_QUICK_KEY = 128;
