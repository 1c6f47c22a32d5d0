import { goQuote, goQuoteRune } from "../go/quote.ts";

/** A command line that pflag refuses, in its words. */
export class PflagError extends Error {
  override readonly name = "PflagError";
  /** commander's code for an error of the kind. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const UNKNOWN = "commander.unknownOption";

/** A name after `--` that no flag has. */
export function unknownFlag(arg: string): PflagError {
  const name = arg.slice(2);
  const message = /^[-=]/.test(name) ? `bad flag syntax: ${arg}` : `unknown flag: --${name.split("=", 1)[0]}`;
  return new PflagError(message, UNKNOWN);
}

/**
 * A letter that no flag has, at the head of what is left of a cluster. pflag looks at bytes, and encodes one beyond ASCII once
 * more: what it names is always the same.
 */
export function unknownShorthand(letters: string): PflagError {
  const letter = letters.charCodeAt(0) < 0x80 ? letters.charCodeAt(0) : 0xc3;
  return new PflagError(`unknown shorthand flag: ${goQuoteRune(letter)} in -${letters}`, UNKNOWN);
}

/** A flag at the end of an argv that must have a value. @param flag - how it was given: `--name`, or `'n' in -n`. */
export function missingValue(flag: string): PflagError {
  return new PflagError(`flag needs an argument: ${flag}`, "commander.optionMissingArgument");
}

/** A value that a flag cannot have. @param flags - how the flag is written: `-v, --v`. */
export function invalidValue(flags: string, value: string, reason: string): PflagError {
  return new PflagError(
    `invalid argument ${goQuote(value)} for ${goQuote(flags)} flag: ${reason}`,
    "commander.invalidArgument",
  );
}
