/**
 * Quotes a string for sh, bash, zsh and fish alike: all of it in single quotes, but single quotes and backslashes, which
 * mean different things there, in double quotes.
 */
export function quoteForUnix(text: string): string {
  const parts = text.match(/['\\]|[^'\\]+/g) ?? [];
  const quoted = parts.map((part) => (part === "'" ? `"'"` : part === "\\" ? String.raw`"\\"` : `'${part}'`));
  return quoted.length === 0 ? "''" : quoted.join("");
}

/** Quotes a string for PowerShell, which takes four more characters for single quotes. */
export function quoteForPowerShell(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
}
