import type { Argument, Command, Option } from "commander";
import { isBoolean } from "../../cobra/commander-options.ts";
import { PflagError } from "../../cobra/pflag-error.ts";
import { readArgv } from "../../cobra/read-argv.ts";

/** The role of the word at the cursor. */
export type PresentWord =
  | { readonly is: "value"; readonly option: Option; readonly prefix: string; readonly text: string }
  | { readonly is: "flag"; readonly text: string }
  | { readonly is: "operand"; readonly text: string };

/** The state of a command line at the cursor. */
export interface Progress {
  readonly present: PresentWord;
  /** The operands before the present word. */
  readonly operands: readonly string[];
  /** The given flags, with their last values. */
  readonly given: ReadonlyMap<Option, string>;
}

/** Marks the present word; no word of a command line can have a NUL. */
const HERE = "\0";

/**
 * Reads a command line that may be unfinished or wrong.
 *
 * @param words - those after the command's own, before the present one
 */
export function readProgress(command: Command, words: readonly string[], word: string): Progress {
  const operands: string[] = [];
  const given = new Map<Option, string>();
  let awaiting: Option | undefined;
  let hasEnded = false;
  const take = (text: string): void => {
    if (text !== HERE) {
      operands.push(text);
    }
  };
  try {
    readArgv<Option>([...words, HERE], {
      longFlag: (name) => longFlag(command, name),
      shortFlag: (letters) => command.options.find(({ short }) => short === `-${letters.charAt(0)}`),
      valueAlone: (option) => (isBoolean(option) ? "true" : undefined),
      flag: (option, value) => {
        if (value === HERE) {
          awaiting = option;
        } else {
          given.set(option, value);
        }
      },
      argument: take,
      end: (rest) => {
        hasEnded = true;
        rest.forEach(take);
      },
      otherLong: () => undefined,
      otherShort: () => "",
    });
  } catch (error) {
    if (!(error instanceof PflagError)) {
      throw error;
    }
  }
  if (awaiting !== undefined) {
    return { present: { is: "value", option: awaiting, prefix: "", text: word }, operands, given };
  }
  const present: PresentWord =
    !hasEnded && word.startsWith("-") ? flagWord(command, word) : { is: "operand", text: word };
  return { present, operands, given };
}

/** Returns the operand of a command that follows some others. */
export function operandAfter(command: Command, count: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[count] ?? (last?.variadic === true ? last : undefined);
}

function longFlag(command: Command, name: string): Option | undefined {
  return command.options.find(({ long }) => long === `--${name.replaceAll("_", "-")}`);
}

/**
 * Returns the role of a word that begins with a dash: `--context=na` and `-ojs` hold a value; `--con` is an unfinished
 * flag.
 */
function flagWord(command: Command, word: string): PresentWord {
  const equals = word.indexOf("=");
  const option = word.startsWith("--")
    ? equals === -1
      ? undefined
      : longFlag(command, word.slice(2, equals))
    : command.options.find((each) => each.short === word.slice(0, 2) && !isBoolean(each));
  const start = word.startsWith("--") || word.charAt(2) === "=" ? equals + 1 : 2;
  return option === undefined || (!word.startsWith("--") && word.length < 3)
    ? { is: "flag", text: word }
    : { is: "value", option, prefix: word.slice(0, start), text: word.slice(start) };
}
