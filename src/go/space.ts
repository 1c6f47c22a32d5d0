/**
 * The characters that Go's `unicode.IsSpace` accepts. JavaScript's `\s` lacks U+0085 and includes the byte order mark.
 */
const SPACES = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const SPACE = new RegExp(SPACES);

/**
 * Implements Go's `strings.TrimSpace`. Not by a pattern that ends in `$`: its time is quadratic in long runs of spaces.
 */
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

/** Implements Go's `strings.Fields`: splits at white space. */
export function fields(text: string): readonly string[] {
  const trimmed = trimSpace(text);
  return trimmed === "" ? [] : trimmed.split(new RegExp(`${SPACES}+`));
}
