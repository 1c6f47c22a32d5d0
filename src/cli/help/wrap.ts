/** The width of help, in columns. */
export const HELP_WIDTH = 80;

/**
 * Wraps a string. Empty lines separate paragraphs; a single newline counts as a space. A word that is wider than a line
 * is alone.
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
 * Formats two columns: names and their descriptions, whose further lines are under the first one.
 *
 * @param rows - a name and its description
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
