/** What `!`, `!!` and the handles of `%TAG` directives stand for. */
export class TagHandles {
  readonly #defined = new Map<string, string>();

  /** Answers false, and does nothing, for a handle that a directive has defined before. */
  define(handle: string, prefix: string): boolean {
    if (this.#defined.has(handle)) return false;
    this.#defined.set(handle, prefix);
    return true;
  }

  prefix(handle: string): string | undefined {
    return this.#defined.get(handle) ?? DEFAULTS.get(handle);
  }
}

const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
]);
