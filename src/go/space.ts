/** What Go's `unicode.IsSpace` calls a space. JavaScript's `\s` lacks U+0085 and takes the byte order mark for one. */
const SPACES = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const SPACE = new RegExp(SPACES);

/** Go's `strings.TrimSpace`. Not by a pattern that ends in `$`: long runs of spaces within a text would take for ever. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) {
    start++;
  }
  while (end > start && SPACE.test(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

/** Go's `strings.Fields`: the words between white space. */
export function fields(text: string): readonly string[] {
  const trimmed = trimSpace(text);
  return trimmed === "" ? [] : trimmed.split(new RegExp(`${SPACES}+`));
}
