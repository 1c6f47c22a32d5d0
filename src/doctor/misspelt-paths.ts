import type { Filepath } from "../go/filepath.ts";
import { quote } from "./describe.ts";
import type { Machine } from "./machine.ts";

/** A path that a shell should have changed before kubectl got it, or several in one. */
export interface Misspelling {
  /** What is wrong, each as a sentence without its end: `~ is not replaced`. */
  readonly faults: readonly string[];
  /** The paths that were probably meant; empty if unknown. */
  readonly meant: readonly string[];
  /** Whether only a shell would understand it: not for a path that counts from another folder. */
  readonly isOfShell: boolean;
}

/** What decides how paths are written. */
export interface PathWriting {
  readonly machine: Machine;
  readonly filepath: Filepath;
  /** The characters that may have been meant to separate several paths. */
  readonly separators: string;
}

/** Of everything else the value is only shown if it leads to a file: it might be a secret. */
const PUBLIC_VARIABLE =
  /^(?:HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|USER|USERNAME|LOGNAME|PWD|(?:LOCAL)?APPDATA|XDG_\w+)$/i;

const BLANKS = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;
const QUOTES = /^["'\u2018-\u201f]+|["'\u2018-\u201f]+$/g;
const FILE_URL = /^file:(?:\/\/(?:localhost)?(?=\/))?/i;
const VARIABLE =
  /\$(?:env:)?(?<plain>[a-z_]\w*)|\$\{(?:env:)?(?<braced>\w+)\}|%(?<windows>[a-z_]\w*(?:\(\w+\))?)%/gi;
const COMMAND = /\$\(|`/;
/** The most files that a pattern is replaced by, and the most wildcards it may have. */
const MOST_FILES = 50;
const MOST_WILDCARDS = 3;

/**
 * Finds out what is wrong with a path that does not exist: kubectl replaces no `~`, no variable and no pattern, removes
 * no quotes and no blanks, and knows one separator.
 *
 * @returns undefined if it is written as a path should be
 */
export function findMisspelling(path: string, writing: PathWriting): Misspelling | undefined {
  return findSeveral(path, writing) ?? findInOne(path, writing);
}

/** Returns the hint for one path in a file; undefined if it is written as a path should be. */
export function hintForMisspelling({ faults, meant, isOfShell }: Misspelling): string | undefined {
  const [path] = meant;
  return isOfShell
    ? `${path === undefined ? "Write the whole path" : `Write ${quote(path)}`}: ${faults.join("; ")}.`
    : undefined;
}

/** Finds several paths in one. */
function findSeveral(text: string, writing: PathWriting): Misspelling | undefined {
  const { machine, filepath, separators } = writing;
  const isWindows = filepath.separator === "\\";
  for (const separator of separators) {
    const parts = splitPaths(text.replaceAll(BLANKS, ""), separator, isWindows);
    const fixed = parts.map(
      (part) => findInOne(part, writing) ?? { faults: [], meant: [part], isOfShell: false },
    );
    const isList =
      parts.length > 1 &&
      parts.every(
        (part, at) =>
          startsLikePath(part, isWindows) ||
          fixed[at]?.meant.some((path) => machine.stat(path) !== undefined) === true,
      );
    if (isList) {
      const name = SEPARATOR_NAMES[separator] ?? `"${separator}"`;
      return {
        faults: [...new Set([`${name} does not separate files`, ...fixed.flatMap(({ faults }) => faults)])],
        meant: fixed.every(({ meant }) => meant.length > 0) ? fixed.flatMap(({ meant }) => meant) : [],
        isOfShell: true,
      };
    }
  }
  return undefined;
}

const SEPARATOR_NAMES: Readonly<Record<string, string>> = { "\n": "a line break", " ": "a space" };

function splitPaths(text: string, separator: string, isWindows: boolean): readonly string[] {
  // The colon behind the letter of a drive separates nothing.
  const at =
    separator === ":" && isWindows
      ? /(?<!(?:^|[:;,"'\s])[A-Za-z]|\$env):/
      : separator === " "
        ? /\s+/
        : separator;
  return text
    .split(at)
    .map((part) => part.replaceAll(BLANKS, ""))
    .filter((part) => part !== "");
}

function startsLikePath(text: string, isWindows: boolean): boolean {
  const start = text.replaceAll(QUOTES, "");
  return /^(?:[/~$]|\.{1,2}\/)/.test(start) || (isWindows && /^(?:[A-Za-z]:|\\|%|\.{1,2}\\)/.test(start));
}

function findInOne(path: string, { machine, filepath }: PathWriting): Misspelling | undefined {
  const isWindows = filepath.separator === "\\";
  const faults: string[] = [];
  const change = (text: string, pattern: RegExp, fault: string): string => {
    const changed = text.replace(pattern, "");
    if (changed !== text) {
      faults.push(fault);
    }
    return changed;
  };
  let text = change(path, BLANKS, "the blanks around it are part of the name");
  text = change(text, QUOTES, "the quotes are part of the name");
  text = change(text, BLANKS, "the blanks around it are part of the name");
  text = change(text, FILE_URL, "file: is part of the name");
  let isKnown = !COMMAND.test(text);
  if (!isKnown) {
    faults.push("no command is run for it");
  }
  const variables = expandVariables(text, machine, isWindows);
  faults.push(...variables.names.map((name) => `${name} is not replaced`));
  text = variables.text;
  isKnown &&= variables.isKnown;
  const home = /^~(?<user>[^/\\]*)(?=[/\\]|$)/.exec(text);
  if (home !== null) {
    faults.push("~ is not replaced");
    isKnown &&= home.groups?.["user"] === "" && machine.home !== "";
    text = machine.home + text.slice(home[0].length);
  }
  if (!isWindows && /^[A-Za-z]:[\\/]|^\\\\/.test(text)) {
    faults.push("paths are written as on Windows");
    const mounted = `/mnt/${text.charAt(0).toLowerCase()}${text.slice(2).replaceAll("\\", "/")}`;
    isKnown &&= machine.stat(mounted) !== undefined;
    text = mounted;
  }
  const isPattern = /[*?]/.test(text);
  if (isPattern) {
    faults.push("a pattern is not replaced by the files that match it");
  }
  if (faults.length === 0) {
    return findElsewhere(text, machine, filepath);
  }
  const isSecret = !variables.isPublic && machine.stat(text) === undefined;
  if (!isKnown || text === "") {
    return { faults, meant: [], isOfShell: true };
  }
  const meant = isPattern ? matchingFiles(text, machine, filepath) : [text];
  return { faults, meant: isSecret && !isPattern ? [] : meant, isOfShell: true };
}

/** Finds a relative path that counts from the home, not from the current directory. */
function findElsewhere(path: string, machine: Machine, filepath: Filepath): Misspelling | undefined {
  if (filepath.isAbs(path) || machine.home === "" || path === "" || machine.stat(path) !== undefined) {
    return undefined;
  }
  const meant = filepath.join(machine.home, path);
  return machine.stat(meant) === undefined
    ? undefined
    : { faults: ["it counts from the current directory"], meant: [meant], isOfShell: false };
}

/** Replaces variables, once: their values are not expanded again. */
function expandVariables(
  text: string,
  { env }: Machine,
  isWindows: boolean,
): {
  readonly text: string;
  readonly names: readonly string[];
  readonly isKnown: boolean;
  readonly isPublic: boolean;
} {
  const found = Array.from(text.matchAll(VARIABLE), ({ 0: written, index, groups = {} }) => {
    const name = groups["plain"] ?? groups["braced"] ?? groups["windows"] ?? "";
    const known = isWindows
      ? Object.keys(env).find((each) => each.toLowerCase() === name.toLowerCase())
      : name;
    return { written, index, name, value: (known === undefined ? undefined : env[known]) ?? "" };
  });
  let [expanded, end] = ["", 0];
  for (const { written, index, value } of found) {
    expanded += text.slice(end, index) + value;
    end = index + written.length;
  }
  return {
    text: expanded + text.slice(end),
    names: found.map(({ written }) => written),
    isKnown: found.every(({ value }) => value !== ""),
    isPublic: found.every(({ name }) => PUBLIC_VARIABLE.test(name)),
  };
}

/** Returns the files that a pattern in the last part of a path matches; none if it is not simple. */
function matchingFiles(path: string, machine: Machine, filepath: Filepath): readonly string[] {
  const [folder, base] = [filepath.dir(path), filepath.base(path)];
  const parts = base.split(/([*?])/);
  if (parts.length > 2 * MOST_WILDCARDS + 1) {
    return [];
  }
  const pattern = parts
    .map((part) =>
      part === "*" ? ".*" : part === "?" ? "." : part.replaceAll(/[^\w\u0080-\uffff]/g, String.raw`\$&`),
    )
    .join("");
  const names = machine
    .namesIn(folder)
    .filter((name) => new RegExp(`^(?!\\.)${pattern}$`, "s").test(name) && !name.endsWith(".lock"))
    .toSorted();
  return names.length > MOST_FILES ? [] : names.map((name) => filepath.join(folder, name));
}
