import type { PageSandbox } from "./page-sandbox.ts";
import { HOME } from "./page-sandbox.ts";

/** A command of a session, with its continuation lines, and its output in the page. */
interface Step {
  readonly command: readonly string[];
  readonly printed: readonly string[];
}

/** Ends the output of a command. */
const MARK = "\u001e";

/**
 * Runs a session: lines that begin with `$ ` are commands, lines right after that begin with `> ` continue them, all
 * others are output.
 *
 * @returns the session as it should be in the page, and as it is there. Both are the same if the page is right.
 */
export async function runSession(
  sandbox: PageSandbox,
  text: string,
  shell = "/bin/sh",
): Promise<{ readonly wanted: string; readonly shown: string }> {
  const steps = readSteps(text);
  const script = steps.map(({ command }) => `${command.join("\n")}\nmark_end\n`).join("");
  const mark = `mark_end() { code=$?; printf '\\036'; return $code; }`;
  const { printed } = await sandbox.runScript(`${mark}\n${script}`, { shell });
  const outputs = printed.split(MARK);
  const wanted = steps.map(({ command }, i) => showStep(command, endLine(outputs[i] ?? "")));
  // What follows the last mark is the shell's error about a command that it could not parse.
  return alignHome(wanted.join("") + (outputs[steps.length] ?? ""), text);
}

function readSteps(text: string): readonly Step[] {
  const steps: { readonly command: string[]; readonly printed: string[] }[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const last = steps.at(-1);
    if (line.startsWith("$ ")) {
      steps.push({ command: [line.slice(2)], printed: [] });
    } else if (last === undefined) {
      throw new Error(`a session begins with a command, "$ ...", not with: ${line}`);
    } else if (line.startsWith("> ") && last.printed.length === 0) {
      last.command.push(line.slice(2));
    } else {
      last.printed.push(line);
    }
  }
  return steps;
}

function showStep([first = "", ...rest]: readonly string[], printed: string): string {
  return [`$ ${first}`, ...rest.map((line) => `> ${line}`)].map((line) => `${line}\n`).join("") + printed;
}

/** Normalizes output: readers see neither a missing newline at its end nor blanks at the ends of lines. */
function endLine(text: string): string {
  const visible = text.replaceAll(/ +$/gm, "");
  return visible === "" || visible.endsWith("\n") ? visible : `${visible}\n`;
}

/** Realigns tables: columns are as wide as the sandbox's path, which pages show as another one. */
function alignHome(wanted: string, shown: string): { readonly wanted: string; readonly shown: string } {
  if (!wanted.includes(HOME)) {
    return { wanted, shown };
  }
  const isRight = narrow(wanted) === narrow(shown) && alignTables(shown) === shown;
  return { wanted: isRight ? shown : alignTables(wanted), shown };
}

function narrow(text: string): string {
  return text.replaceAll(/ {3,}/g, "   ").replaceAll(/-{4,}/g, "----");
}

/** Realigns tables: consecutive lines with as many cells, three blanks or more between. */
function alignTables(text: string): string {
  const lines = text.split("\n");
  for (let first = 0, last = 0; first < lines.length; first = last) {
    const count = cellsOf(lines[first]).length;
    do {
      last++;
    } while (last < lines.length && cellsOf(lines[last]).length === count);
    const rows = lines.slice(first, last).map((line) => cellsOf(line));
    if (count > 1 && rows.some((row) => row.some((cell) => cell.includes(HOME)))) {
      const widths = Array.from({ length: count }, (_, i) =>
        Math.max(...rows.map((row) => row[i]?.length ?? 0)),
      );
      const aligned = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("   "));
      lines.splice(first, rows.length, ...aligned.map((line) => line.trimEnd()));
    }
  }
  return lines.join("\n");
}

function cellsOf(line = ""): readonly string[] {
  return line.split(/ {3,}/);
}
