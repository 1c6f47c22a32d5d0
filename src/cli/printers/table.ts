const MIN_WIDTH = 6;
const PADDING = 3;

/**
 * Lines up tab-separated cells in columns, as kubectl's tab writer does (minimal width 6, padding 3): a column ends
 * where a line lacks it, the last cell of a line belongs to no column, and a column stays as wide as the widest it
 * was before. Width counts code points.
 *
 * @param text - lines that end in a newline, their cells separated by tabs
 */
export function alignColumns(text: string): string {
  const maxWidths: number[] = [];
  return splitIntoBlocks(text)
    .map((lines) => formatBlock(lines, 0, [], maxWidths))
    .join("");
}

/** A line of a single cell influences no other, so the columns start anew after it. */
function splitIntoBlocks(text: string): readonly (readonly (readonly string[])[])[] {
  const blocks: string[][][] = [];
  let block: string[][] = [];
  for (const line of text.split(/(?<=[\n\f])/)) {
    const cells = line.split(/[\t\v]/);
    block.push(cells);
    if (cells.length === 1 || line.endsWith("\f")) {
      blocks.push(block);
      block = [];
    }
  }
  return [...blocks, block];
}

/** Finds the runs of lines that have the column after those of `widths`, sets its width in each, and goes on within. */
function formatBlock(
  lines: readonly (readonly string[])[],
  column: number,
  widths: readonly number[],
  maxWidths: number[],
): string {
  let output = "";
  let start = 0;
  while (start < lines.length) {
    const hasColumn = (line: readonly string[] | undefined): boolean =>
      line !== undefined && column < line.length - 1;
    let end = start + 1;
    if (hasColumn(lines[start])) {
      while (hasColumn(lines[end])) {
        end++;
      }
      const run = lines.slice(start, end);
      const width = run.reduce(
        (widest, line) => Math.max(widest, codePoints(line[column] ?? "") + PADDING),
        Math.max(MIN_WIDTH, maxWidths[column] ?? 0),
      );
      maxWidths[column] = width;
      output += formatBlock(run, column + 1, [...widths, width], maxWidths);
    } else {
      output += formatLine(lines[start] ?? [], widths);
    }
    start = end;
  }
  return output;
}

function formatLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => cell.replace("\f", "\n") + " ".repeat(Math.max(0, (widths[i] ?? 0) - codePoints(cell))))
    .join("");
}

function codePoints(text: string): number {
  return Array.from(text).length;
}
