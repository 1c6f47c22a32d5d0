import { missingValue } from "./pflag-error.ts";

/** Who knows which flags there are, and is told what an argv holds, from left to right. */
export interface FlagVisitor<Flag> {
  /** The flag of a name; undefined if there is none. */
  longFlag(name: string): Flag | undefined;
  /** The flag of the first of some letters; undefined if there is none. */
  shortFlag(letters: string): Flag | undefined;
  /** The value that a flag has when it is given without one; undefined for a flag that must have one. */
  valueAlone(flag: Flag): string | undefined;
  /** A flag is given. */
  flag(flag: Flag, value: string): void;
  /** An argument is given. May take more from the rest of the argv. */
  argument(text: string, rest: string[]): void;
  /** `--` is given, and these arguments after it. */
  end(rest: readonly string[]): void;
  /** Something that begins with `--` is no flag. May take more from the rest of the argv. */
  otherLong(arg: string, rest: string[]): void;
  /**
   * A letter is no flag. May take more from the rest of the argv.
   *
   * @param letters - the letter and what stands behind it in the cluster
   * @param cluster - all letters of the cluster
   * @returns what of the cluster is still to be read
   */
  otherShort(letters: string, rest: string[], cluster: string): string;
}

/**
 * Reads an argv as pflag, the flag library of kubectl: `--flag value`, `--flag=value`, `-fvalue`, `-f=value`, `-f value`;
 * letters may be joined; a flag that can stand alone takes its value only after `=`, any other takes what follows,
 * whatever it is; flags and arguments may be mixed; `--` ends the flags.
 *
 * @throws PflagError when a flag lacks its value
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
