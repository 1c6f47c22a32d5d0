/**
 * Takes `ns/`, `namespace/` or `namespaces/`, in any case, from a namespace, so that `-n ns/foo` is `foo`; nothing may be
 * left of it, though, but the prefix. client-go's `RemoveNamespacesPrefix`.
 */
export function removeNamespacesPrefix(value: string): string {
  return value.replace(/^(?:namespaces|namespace|ns)\/(?=.)/is, "");
}

/**
 * Reads `key=value` texts as kubectl's `--as-user-extra` (cli-runtime `ConfigFlags`): the key ends at the first `=`, the
 * values of one key add up, and a text without `=` is passed over.
 */
export function readUserExtra(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const extra = new Map<string, string[]>();
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals !== -1) {
      const key = text.slice(0, equals);
      extra.set(key, [...(extra.get(key) ?? []), text.slice(equals + 1)]);
    }
  }
  return extra;
}
