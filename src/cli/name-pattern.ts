/** Reports whether a word is a pattern for names: whether it has a `*` or a `?`. */
export function isPattern(word: string): boolean {
  return /[*?]/.test(word);
}

/** Reports whether a pattern matches a whole name: `*` stands for any characters, `?` for one. Takes linear memory. */
export function matchesPattern(pattern: string, name: string): boolean {
  const wanted = Array.from(pattern);
  const letters = Array.from(name);
  let at = 0;
  let star = -1;
  let retry = 0;
  for (let i = 0; i < letters.length;) {
    if (wanted[at] === "*") {
      star = at++;
      retry = i;
    } else if (wanted[at] === "?" || (at < wanted.length && wanted[at] === letters[i])) {
      at += 1;
      i += 1;
    } else if (star === -1) {
      return false;
    } else {
      // The last star takes one more.
      at = star + 1;
      i = ++retry;
    }
  }
  return wanted.slice(at).every((letter) => letter === "*");
}
