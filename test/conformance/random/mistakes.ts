import type { Random } from "./random.ts";

const intruders = [
  ...Array.from(" \t\n:#-?,[]{}&*!|>%@`'\"\\~=.0"),
  "é",
  "\u0000",
  "\uFEFF",
  "\u0085",
  "<<: ",
  "- ",
  "? ",
  ": ",
  " #",
  "---\n",
  "...\n",
  "*x",
  "&x ",
  "!!str ",
  "!!int ",
  "!x ",
  "|\n",
  ">-\n",
  "null",
  "\r",
  "'",
  '"',
  "  ",
];

/** Damages a string as a person, an editor or a transfer would. */
export function damage(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const lines = text.split("\n");
  const row = random.below(lines.length);
  switch (random.below(9)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random.below(3));
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(intruders) + text.slice(at);
    case 3:
      return lines.toSpliced(row, 1).join("\n");
    case 4:
      return lines.toSpliced(row, 0, lines[random.below(lines.length)] ?? "").join("\n");
    case 5:
      return lines.with(row, " ".repeat(1 + random.below(3)) + (lines[row] ?? "")).join("\n");
    case 6:
      return lines.with(row, (lines[row] ?? "").replace(/^ {1,2}/u, "")).join("\n");
    case 7:
      return text.slice(0, at);
    default:
      return text.replace(random.pick([": ", "- ", "'", '"', "\n", ", ", "{", "["]), "");
  }
}

/** Changes line ends, byte order marks and the like: harmless changes of a good file. */
export function transport(random: Random, text: string): string {
  const ended = random.chance(0.08) ? text.replaceAll("\n", random.pick(["\r\n", "\r\n", "\r"])) : text;
  return random.chance(0.03) ? `\uFEFF${ended}` : ended;
}
