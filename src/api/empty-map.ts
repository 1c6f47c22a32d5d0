/**
 * The map that stands wherever an entry has nothing: most entries have no extensions, and in a large kubeconfig a map for each
 * would take more memory than their servers. It refuses to be filled.
 */
export function emptyMap<K, V>(): ReadonlyMap<K, V> {
  return EMPTY as ReadonlyMap<K, V>;
}

const EMPTY: ReadonlyMap<unknown, unknown> = Object.defineProperty(new Map<unknown, unknown>(), "set", {
  value: () => {
    throw new TypeError("this map is shared by all entries that have nothing here: make a new one");
  },
});
