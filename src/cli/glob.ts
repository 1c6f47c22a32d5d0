/** A part of a pattern: any characters, or a test for one. */
type Part = "star" | ((character: string) => boolean);

/**
 * Makes a test for names from a pattern: `*` is any characters, `?` one, `[a-c]` and `[!a-c]` one of or not of a set; `\`
 * takes the next character as it is. No pattern takes long.
 *
 * @throws Error for a set without an end
 */
export function globTest(pattern: string): (name: string) => boolean {
  const parts = partsOf(pattern);
  return (name) => matches(parts, Array.from(name));
}

function partsOf(pattern: string): readonly Part[] {
  const characters = Array.from(pattern);
  const parts: Part[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    if (character === "*") {
      parts.push("star");
    } else if (character === "?") {
      parts.push(() => true);
    } else if (character === "[") {
      const end = characters.indexOf("]", i + 2);
      if (end === -1) {
        throw new Error(`the pattern ${JSON.stringify(pattern)} has a "[" without a "]"`);
      }
      parts.push(setOf(characters.slice(i + 1, end)));
      i = end;
    } else {
      const literal = character === "\\" ? (characters[++i] ?? "\\") : character;
      parts.push((other) => other === literal);
    }
  }
  return parts;
}

function setOf(characters: readonly string[]): (character: string) => boolean {
  const isNegated = characters[0] === "!" || characters[0] === "^";
  const members = isNegated ? characters.slice(1) : characters;
  const ranges: (readonly [first: number, last: number])[] = [];
  for (let i = 0; i < members.length; i++) {
    const first = members[i] ?? "";
    const isRange = members[i + 1] === "-" && i + 2 < members.length;
    ranges.push([codeOf(first), codeOf(isRange ? members[i + 2] : first)]);
    i += isRange ? 2 : 0;
  }
  return (character) =>
    isNegated !== ranges.some(([first, last]) => first <= codeOf(character) && codeOf(character) <= last);
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

/** Compares in one pass: where the rest does not match, the last star takes one character more. */
function matches(parts: readonly Part[], name: readonly string[]): boolean {
  let [part, at] = [0, 0];
  let star: { readonly part: number; at: number } | undefined;
  while (at < name.length) {
    const current = parts[part];
    if (current === "star") {
      star = { part, at };
      part += 1;
    } else if (current?.(name[at] ?? "") === true) {
      part += 1;
      at += 1;
    } else if (star === undefined) {
      return false;
    } else {
      star.at += 1;
      part = star.part + 1;
      at = star.at;
    }
  }
  return parts.slice(part).every((rest) => rest === "star");
}
