/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;

/** The most steps of the exact comparison; beyond it, everything that differs is shown as replaced. */
const MOST_STEPS = 4_000_000;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** The lines that an added line may have replaced: those that were removed there. */
export interface Replaced {
  readonly lines: readonly string[];
  /** The one in its place, if as many lines were added as removed. */
  readonly counterpart: string | undefined;
}

type Show = (line: string, replaced: Replaced) => string;

/**
 * Formats the difference of two strings in the unified format of `diff -u`; empty if they are the same.
 *
 * @param names - the names of the two
 * @param show - formats a line
 */
export function unifiedDiff(
  from: string,
  to: string,
  names: { readonly from: string; readonly to: string },
  show: Show = (line) => line,
): string {
  if (from === to) {
    return "";
  }
  const lines = compareLines(splitLines(from), splitLines(to));
  const counts = { "-": countsWithout(lines, "-"), "+": countsWithout(lines, "+") };
  const printed = hunksOf(lines).map((hunk) => printHunk(lines, hunk, counts, show));
  return `--- ${names.from}\n+++ ${names.to}\n${printed.join("")}`;
}

/** Splits a string into lines; the last one ends in a newline unless it says that it does not. */
function splitLines(text: string): readonly string[] {
  const lines = text.split("\n");
  const last = lines.pop();
  return last === undefined || last === "" ? lines : [...lines, `${last}${NO_NEWLINE}`];
}

const NO_NEWLINE = "\n\\ No newline at end of file";

function compareLines(from: readonly string[], to: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    start++;
  }
  let end = 0;
  while (
    end < from.length - start &&
    end < to.length - start &&
    from[from.length - 1 - end] === to[to.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...unchanged(from.slice(0, start)),
    ...compareMiddle(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    ...unchanged(from.slice(from.length - end)),
  ];
}

function unchanged(texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ sign: " ", text }));
}

/** Returns the longest common subsequence, by the table of the lengths of those of all suffixes. */
function compareMiddle(from: readonly string[], to: readonly string[]): readonly Line[] {
  if (from.length * to.length > MOST_STEPS) {
    return [
      ...from.map((text): Line => ({ sign: "-", text })),
      ...to.map((text): Line => ({ sign: "+", text })),
    ];
  }
  const width = to.length + 1;
  const lengths = new Uint32Array((from.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  for (let [i, j] = [0, 0]; i < from.length || j < to.length;) {
    const [old, fresh] = [from[i], to[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: " ", text: old });
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: "-", text: old });
      i++;
    } else {
      lines.push({ sign: "+", text: fresh ?? "" });
      j++;
    }
  }
  return lines;
}

interface Hunk {
  readonly start: number;
  readonly end: number;
}

/** Returns the ranges of lines to show: each change with its context, joined where they touch. */
function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: { start: number; end: number }[] = [];
  for (const [i, { sign }] of lines.entries()) {
    if (sign !== " ") {
      const last = hunks.at(-1);
      const end = Math.min(lines.length, i + CONTEXT + 1);
      if (last !== undefined && i - CONTEXT <= last.end) {
        last.end = end;
      } else {
        hunks.push({ start: Math.max(0, i - CONTEXT), end });
      }
    }
  }
  return hunks;
}

/** Returns how many lines of one side come before each line of both. */
function countsWithout(lines: readonly Line[], leftOut: "-" | "+"): Uint32Array {
  const counts = new Uint32Array(lines.length + 1);
  for (const [i, { sign }] of lines.entries()) {
    counts[i + 1] = (counts[i] ?? 0) + (sign === leftOut ? 0 : 1);
  }
  return counts;
}

function printHunk(
  lines: readonly Line[],
  { start, end }: Hunk,
  counts: Readonly<Record<"-" | "+", Uint32Array>>,
  show: Show,
): string {
  const range = (leftOut: "-" | "+"): string => {
    const before = counts[leftOut][start] ?? 0;
    const length = (counts[leftOut][end] ?? 0) - before;
    return `${length === 0 ? before : before + 1}${length === 1 ? "" : `,${length}`}`;
  };
  const body = runsOf(lines.slice(start, end)).flatMap((run) => {
    const [removed, added] = ["-", "+"].map((sign) =>
      run.filter((line) => line.sign === sign).map(({ text }) => withoutMark(text)),
    );
    let count = 0;
    return run.map(({ sign, text }) => {
      const counterpart = removed?.length === added?.length && sign === "+" ? removed?.[count++] : undefined;
      const shown = show(withoutMark(text), { lines: sign === "+" ? (removed ?? []) : [], counterpart });
      return `${sign}${shown}${text.endsWith(NO_NEWLINE) ? NO_NEWLINE : ""}\n`;
    });
  });
  return `@@ -${range("+")} +${range("-")} @@\n${body.join("")}`;
}

/** Groups the lines by the runs in which they change, or do not. */
function runsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && (run[0]?.sign === " ") === (line.sign === " ")) {
      run.push(line);
    } else {
      runs.push([line]);
    }
  }
  return runs;
}

function withoutMark(text: string): string {
  return text.endsWith(NO_NEWLINE) ? text.slice(0, -NO_NEWLINE.length) : text;
}
