import { missingValue } from "./pflag-error.ts";

/** Defines the flags, and receives the parts of an argv from left to right. */
export interface FlagVisitor<Flag> {
  /** Returns the flag of a name; undefined if there is none. */
  longFlag(name: string): Flag | undefined;
  /** Returns the flag of the first of some letters; undefined if there is none. */
  shortFlag(letters: string): Flag | undefined;
  /** Returns the value of a flag that is given without one; undefined for a flag that requires a value. */
  valueAlone(flag: Flag): string | undefined;
  /** Receives a flag. */
  flag(flag: Flag, value: string): void;
  /** Receives an argument. May take more from the rest of the argv. */
  argument(text: string, rest: string[]): void;
  /** Receives the arguments after `--`. */
  end(rest: readonly string[]): void;
  /** Receives an argument that begins with `--` and is not a flag. May take more from the rest of the argv. */
  otherLong(arg: string, rest: string[]): void;
  /**
   * Receives a letter that is not a flag. May take more from the rest of the argv.
   *
   * @param letters - the letter and the rest of the cluster
   * @param cluster - all letters of the cluster
   * @returns the part of the cluster that remains to be read
   */
  otherShort(letters: string, rest: string[], cluster: string): string;
}

/**
 * Parses an argv as pflag, the flag library of kubectl: `--flag value`, `--flag=value`, `-fvalue`, `-f=value`, `-f value`;
 * letters may be joined; a flag with an optional value accepts it only after `=`, any other takes the next argument,
 * whatever it is; flags and arguments may be mixed; `--` ends the flags.
 *
 * @throws PflagError when the value of a flag is missing
 */
export function readArgv<Flag>(argv: readonly string[], visitor: FlagVisitor<Flag>): void {
  const rest = [...argv];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") {
      visitor.end(rest.splice(0));
    } else if (arg.startsWith("--")) {
      readLong(arg, rest, visitor);
    } else if (arg.startsWith("-") && arg !== "-") {
      readCluster(arg.slice(1), rest, visitor);
    } else {
      visitor.argument(arg, rest);
    }
  }
}

function readLong<Flag>(arg: string, rest: string[], visitor: FlagVisitor<Flag>): void {
  const equals = arg.indexOf("=");
  const name = arg.slice(2, equals === -1 ? undefined : equals);
  const flag = visitor.longFlag(name);
  if (flag === undefined) {
    visitor.otherLong(arg, rest);
    return;
  }
  const value = equals === -1 ? (visitor.valueAlone(flag) ?? rest.shift()) : arg.slice(equals + 1);
  if (value === undefined) {
    throw missingValue(`--${name}`);
  }
  visitor.flag(flag, value);
}

function readCluster<Flag>(cluster: string, rest: string[], visitor: FlagVisitor<Flag>): void {
  for (let letters = cluster; letters !== "";) {
    const letter = letters.charAt(0);
    const flag = visitor.shortFlag(letters);
    if (flag === undefined) {
      letters = visitor.otherShort(letters, rest, cluster);
      continue;
    }
    const tail = letters.slice(1);
    const alone = visitor.valueAlone(flag);
    letters = "";
    if (tail.length > 1 && tail.startsWith("=")) {
      visitor.flag(flag, tail.slice(1));
    } else if (alone !== undefined) {
      visitor.flag(flag, alone);
      letters = tail;
    } else {
      const value = tail === "" ? rest.shift() : tail;
      if (value === undefined) {
        throw missingValue(`'${letter}' in -${letter}`);
      }
      visitor.flag(flag, value);
    }
  }
}
