import { TakenItem } from "../yaml/quick/quick-value.ts";

/** An element of a list of named entries that has been read. */
export class NamedEntry<T> extends TakenItem {
  readonly name: string;
  readonly entry: T;

  constructor(name: string, entry: T) {
    super();
    this.name = name;
    this.entry = entry;
  }
}
