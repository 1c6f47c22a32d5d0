/** An element of a list of named entries that has been read. */
export class NamedEntry<T> {
  readonly name: string;
  readonly entry: T;

  constructor(name: string, entry: T) {
    this.name = name;
    this.entry = entry;
  }
}
