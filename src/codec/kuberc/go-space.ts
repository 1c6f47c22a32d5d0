/** What Go's `unicode.IsSpace` calls a space. JavaScript's `\s` lacks U+0085 and takes the byte order mark for one. */
const SPACES = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const AROUND = new RegExp(`^${SPACES}+|${SPACES}+$`, "g");

/** Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  return text.replaceAll(AROUND, "");
}

/** Go's `strings.Fields`: the words between white space. */
export function fields(text: string): readonly string[] {
  const trimmed = trimSpace(text);
  return trimmed === "" ? [] : trimmed.split(new RegExp(`${SPACES}+`));
}
