/**
 * Returns the one map that every entry without extensions shares: in a large kubeconfig, a map for each entry would
 * take more memory than their servers. It cannot be filled.
 */
export function emptyMap<K, V>(): ReadonlyMap<K, V> {
  return EMPTY as ReadonlyMap<K, V>;
}

const EMPTY: ReadonlyMap<unknown, unknown> = Object.defineProperties(new Map<unknown, unknown>(), {
  set: {
    value: () => {
      throw new TypeError("this map is shared by all entries that have nothing here: make a new one");
    },
  },
  toJSON: { value: () => ({}) },
});
