import { goQuote, goQuoteRune } from "../go/quote.ts";

/** A command line that pflag refuses, in its words. */
export class PflagError extends Error {
  override readonly name = "PflagError";
  /** commander's code for this kind of error. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const UNKNOWN = "commander.unknownOption";

/** Returns the error for an unknown name after `--`. */
export function unknownFlag(arg: string): PflagError {
  const name = arg.slice(2);
  const message = /^[-=]/.test(name) ? `bad flag syntax: ${arg}` : `unknown flag: --${name.split("=", 1)[0]}`;
  return new PflagError(message, UNKNOWN);
}

/**
 * Returns the error for an unknown letter at the beginning of the rest of a cluster. pflag reads bytes, and encodes a
 * non-ASCII one again, so that its message names U+00C3 for each such letter.
 */
export function unknownShorthand(letters: string): PflagError {
  const letter = letters.charCodeAt(0) < 0x80 ? letters.charCodeAt(0) : 0xc3;
  return new PflagError(`unknown shorthand flag: ${goQuoteRune(letter)} in -${letters}`, UNKNOWN);
}

/** Returns the error for a flag without its value at the end of an argv. @param flag - as given: `--name`, or `'n' in -n`. */
export function missingValue(flag: string): PflagError {
  return new PflagError(`flag needs an argument: ${flag}`, "commander.optionMissingArgument");
}

/** Returns the error for an invalid value of a flag. @param flags - the names of the flag: `-v, --v`. */
export function invalidValue(flags: string, value: string, reason: string): PflagError {
  return new PflagError(
    `invalid argument ${goQuote(value)} for ${goQuote(flags)} flag: ${reason}`,
    "commander.invalidArgument",
  );
}
