/** How wide help is, in columns. */
export const HELP_WIDTH = 80;

/**
 * Fills lines with the words of a string. Empty lines part paragraphs; a single newline is as good as a space. A word
 * that is wider than a line is alone.
 *
 * @param indent - the columns before each line
 */
export function wrapText(text: string, indent = 0): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => fillLines(paragraph.split(/\s+/), indent))
    .join("\n\n");
}

/**
 * Two columns: names, and what is said of each, whose further lines are under its first one.
 *
 * @param rows - a name and its text
 * @param width - of the names; default: that of the widest
 */
export function twoColumns(
  rows: readonly (readonly [name: string, text: string])[],
  width = Math.max(0, ...rows.map(([name]) => name.length)),
): string {
  return rows
    .map(([name, text]) => {
      const indent = width + 5;
      return `  ${name.padEnd(width)}   ${wrapText(text, indent).trimStart()}\n`;
    })
    .join("");
}

function fillLines(words: readonly string[], indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && indent + line.length + 1 + word.length > HELP_WIDTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].map((each) => `${" ".repeat(indent)}${each}`).join("\n");
}
