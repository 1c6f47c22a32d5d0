/**
 * Removes `ns/`, `namespace/` or `namespaces/`, in any case, from a namespace, so that `-n ns/foo` is `foo`; a value
 * that is only the prefix becomes empty. client-go's `RemoveNamespacesPrefix`.
 */
export function removeNamespacesPrefix(value: string): string {
  return value.replace(/^(?:namespaces|namespace|ns)\/(?=.)/is, "");
}

/**
 * Parses `key=value` strings as kubectl's `--as-user-extra` (cli-runtime `ConfigFlags`): the key ends at the first `=`,
 * the values of one key add up, and a string without `=` is ignored.
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
