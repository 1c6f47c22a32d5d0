const MIN_WIDTH = 6;
const PADDING = 3;

/**
 * Aligns tab-separated cells in columns, as kubectl's tab writer does (minimal width 6, padding 3): a column ends at a
 * line that lacks it, the last cell of a line belongs to no column, and a column stays as wide as its widest cell
 * before. Width counts code points.
 *
 * @param text - lines that end in a newline, their cells separated by tabs
 */
export function alignColumns(text: string): string {
  const maxWidths: number[] = [];
  return splitIntoBlocks(text)
    .map((lines) => formatBlock(lines, maxWidths))
    .join("");
}

/** Splits lines into blocks: a line of a single cell influences no other, so the columns start again after it. */
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

/** Lines that have all columns before one, of which some have that one too. */
interface Run {
  start: number;
  readonly end: number;
  readonly column: number;
}

/**
 * Finds the runs of lines that have a column, sets its width in each, and descends into the run. Uses a stack of its
 * own: a name may consist of tabs only.
 */
function formatBlock(lines: readonly (readonly string[])[], maxWidths: number[]): string {
  const widths: number[] = [];
  const runs: Run[] = [{ start: 0, end: lines.length, column: 0 }];
  let output = "";
  for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
    const { start, end, column } = run;
    const after = endOfRun(lines, start, end, column);
    if (start >= end) {
      runs.pop();
    } else if (after === start) {
      output += formatLine(lines[start] ?? [], widths, column);
      run.start++;
    } else {
      let width = Math.max(MIN_WIDTH, maxWidths[column] ?? 0);
      for (let i = start; i < after; i++) {
        width = Math.max(width, codePoints(lines[i]?.[column] ?? "") + PADDING);
      }
      maxWidths[column] = width;
      widths[column] = width;
      run.start = after;
      runs.push({ start, end: after, column: column + 1 });
    }
  }
  return output;
}

/** Returns the index after the lines from one on that have a column. */
function endOfRun(lines: readonly (readonly string[])[], start: number, end: number, column: number): number {
  let at = start;
  while (at < end && column < (lines[at]?.length ?? 0) - 1) {
    at++;
  }
  return at;
}

/**
 * Formats one line.
 *
 * @param columns - how many of the cells are in a column of their own
 */
function formatLine(cells: readonly string[], widths: readonly number[], columns: number): string {
  return cells
    .map((cell, i) => {
      const width = i < columns ? (widths[i] ?? 0) : 0;
      return cell.replace("\f", "\n") + " ".repeat(Math.max(0, width - codePoints(cell)));
    })
    .join("");
}

function codePoints(text: string): number {
  return Array.from(text).length;
}
