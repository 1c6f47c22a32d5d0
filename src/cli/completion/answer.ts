import type { Host } from "../../host/host.ts";
import type { IOStreams } from "../io-streams.ts";
import { isPrintableLine, escapeUnprintable } from "../../go/printable-text.ts";
import { quoteForBash, readBashLine } from "./bash-line.ts";
import { complete } from "./complete.ts";
import type { Completion, Candidate } from "./completer.ts";
import { continuesWord, NO_COMPLETION } from "./completer.ts";
import { quoteForPowerShell } from "./powershell-word.ts";

/** The handlers of the hidden commands, which take all their arguments unparsed. */
const ANSWERS: Readonly<Record<string, (host: Host, args: readonly string[]) => Promise<string>>> = {
  __complete: async (host, args) => forCobra(await completeLast(host, args), true),
  __completeNoDesc: async (host, args) => forCobra(await completeLast(host, args), false),
  "__complete-bash": forBash,
  "__complete-zsh": forZsh,
  "__complete-fish": async (host, args) => forFish(await completeLast(host, args)),
  "__complete-powershell": forPowerShell,
};

/**
 * Answers a shell's request for completions. On any error there are none, and no message: it would be printed in the
 * middle of the line that is being typed.
 *
 * @param argv - the hidden command and its arguments
 */
export async function answerShell(host: Host, streams: IOStreams, argv: readonly string[]): Promise<void> {
  const [mode = "", ...args] = argv;
  streams.out.data((await ANSWERS[mode]?.(host, args)) ?? "");
}

/** Completes the last of some words. */
function completeLast(host: Host, words: readonly string[]): Promise<Completion> {
  return orNothing(complete(host, words.slice(0, -1), words.at(-1) ?? ""));
}

async function orNothing(completion: Promise<Completion>): Promise<Completion> {
  try {
    return await completion;
  } catch {
    return NO_COMPLETION;
  }
}

/** The directives of cobra's protocol. */
const NO_SPACE = 2;
const NO_FILES = 4;
const FOLDERS = 16;

/**
 * Formats for cobra's protocol, and so for kubectl's plugins: candidates without what is before the value, each with
 * its description after a tab, then a directive.
 */
function forCobra({ candidates, files }: Completion, withDescriptions: boolean): string {
  const lines = candidates
    .filter(({ value }) => isPrintableLine(value))
    .map(({ value, description }) =>
      withDescriptions && description !== "" ? `${value}\t${escapeUnprintable(description)}\n` : `${value}\n`,
    );
  const noSpace = candidates.length > 0 && candidates.every(continuesWord) ? NO_SPACE : 0;
  const directive = files === "files" ? 0 : files === "folders" ? FOLDERS : NO_FILES;
  return `${lines.join("")}:${directive + noSpace}\n`;
}

/** The values of readline's COMP_TYPE when candidates are listed rather than inserted in turn. */
const LISTING: ReadonlySet<string> = new Set(["9", "33", "63", "64"]);

/**
 * Answers bash.
 *
 * @param args - the line up to the cursor, COMP_WORDBREAKS, COMP_TYPE and COLUMNS
 * @returns `files`, `folders`, `nospace` or `-`, then the candidates, each as it must be in the line from where bash
 *   replaces it
 */
async function forBash(host: Host, args: readonly string[]): Promise<string> {
  const [text = "", breaks = "", type = "", columns = ""] = args;
  const { words, word, kept, quote } = readBashLine(text, breaks, host.env);
  const { prefix, candidates, files } = await orNothing(complete(host, words, word));
  const inserted = candidates.map(({ value }) => ({
    value: quoteForBash(`${prefix}${value}`.slice(kept), quote),
  }));
  const isListed = candidates.length > 1 && quote === "" && LISTING.has(type);
  const lines = isListed
    ? describedLines(
        candidates,
        ({ value }) => quoteForBash(`${prefix}${value}`.slice(kept), quote),
        width(columns),
      )
    : inserted.map(({ value }) => value);
  const noSpace = candidates.length > 0 && candidates.every(continuesWord);
  return `${files === "none" ? (noSpace ? "nospace" : "-") : files}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/**
 * Answers zsh.
 *
 * @param args - COLUMNS, then the words; the last is the present one
 * @returns strings, each followed by a NUL: `files`, `folders` or `-`; how many bytes of the present word precede a
 *   file's name; then for each candidate `=` if no space follows, else `-`, the word, and its displayed form
 */
async function forZsh(host: Host, [columns = "", ...words]: readonly string[]): Promise<string> {
  const { prefix, candidates, files } = await completeLast(host, words);
  const shown = describedLines(candidates, ({ value }) => escapeUnprintable(value), width(columns));
  return [
    files === "none" ? "-" : files,
    prefix,
    ...candidates.flatMap((candidate, at) => [
      continuesWord(candidate) ? "=" : "-",
      `${prefix}${candidate.value}`,
      shown[at] ?? "",
    ]),
  ]
    .map((text) => `${text}\0`)
    .join("");
}

/**
 * Formats for fish: `files` or `folders` or `-` with the prefix, then words with their descriptions. fish reads each
 * line as a candidate.
 */
function forFish({ prefix, candidates, files }: Completion): string {
  const lines = candidates
    .filter(({ value }) => !/[\n\t]/.test(value))
    .map(({ value, description }) => `${prefix}${value}\t${escapeUnprintable(description)}\n`);
  return `${files === "none" ? "-" : files}\t${prefix}\n${lines.join("")}`;
}

/**
 * Answers PowerShell. All strings are in percent-encoding, which no version of PowerShell and no code page changes.
 *
 * @param args - the words, each after a `=`; the last is the present one
 */
async function forPowerShell(host: Host, args: readonly string[]): Promise<string> {
  const words = args.map((word) => decodeURIComponent(word.slice(1)));
  const { prefix, candidates, files } = await completeLast(host, words);
  const lines = candidates
    .filter(({ value }) => isPrintableLine(value))
    .map(({ value, description }) =>
      [quoteForPowerShell(`${prefix}${value}`), value, escapeUnprintable(description) || value]
        .map((text) => encodeURIComponent(text))
        .join("\t"),
    );
  return `${files === "none" ? "-" : files}\n${lines.map((line) => `${line}\n`).join("")}`;
}

const USUAL_WIDTH = 80;

function width(columns: string): number {
  return /^[1-9]\d{0,4}$/.test(columns) ? Number(columns) : USUAL_WIDTH;
}

/** The widest column of names. */
const WIDEST_NAME = 40;

/**
 * Formats candidates for a list: each with its description, in two columns.
 *
 * @param columns - the width of the terminal
 */
function describedLines(
  candidates: readonly Candidate[],
  shown: (candidate: Candidate) => string,
  columns: number,
): readonly string[] {
  const names = candidates.map(shown);
  const nameWidth = Math.min(
    WIDEST_NAME,
    names.reduce((widest, { length }) => Math.max(widest, length), 0),
  );
  return candidates.map(({ description }, at) => {
    const name = names[at] ?? "";
    const room = columns - Math.max(nameWidth, name.length) - 5;
    return description === "" || room < 10
      ? name
      : `${name.padEnd(nameWidth)}  (${shorten(escapeUnprintable(description), room)})`;
  });
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
