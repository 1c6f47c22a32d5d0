import type { Filepath } from "../go/filepath.ts";
import type { ExecutableFacts, LookupError } from "./lookup.ts";

/** A command as Go's `exec.Command` prepares it. */
export interface PreparedCommand {
  /** `Cmd.Path`: the result of LookPath for a bare name, else the name itself. */
  readonly path: string;
  /** `Cmd.Err`: it will not start. */
  readonly error: LookupError | undefined;
  /** Windows: the file that an absolute path without its extension means. */
  readonly withExtension: string | undefined;
}

/** Implements Go's `exec.Command`: looks a bare name up; on Windows finds the extension of an absolute path. */
export function prepareCommand(name: string, filepath: Filepath, facts: ExecutableFacts): PreparedCommand {
  if (filepath.base(name) === name) {
    const { path, error } = facts.lookPath(name);
    return { path: path === "" ? name : path, error, withExtension: undefined };
  }
  if (isWindows(filepath) && filepath.isAbs(name)) {
    const { path, error } = facts.lookExtensions(name);
    return { path: name, error, withExtension: error === undefined ? path : undefined };
  }
  return { path: name, error: undefined, withExtension: undefined };
}

/** The result of starting a command. */
export type StartResult =
  | { readonly path: string }
  | {
      readonly path?: undefined;
      readonly message: string;
      /** Whether no executable of the name was found, or only {@link isRelative | one that Go never runs}. */
      readonly isNotFound: boolean;
      /** Whether one was found relative to the current directory. */
      readonly isRelative: boolean;
    };

/**
 * Returns what Go's `Cmd.Start` would do, without doing it.
 *
 * @param command - as {@link prepareCommand} returned it
 * @param path - `Cmd.Path` now; a policy check may have changed it
 * @param name - the command's name in error messages
 */
export function startCommand(
  command: PreparedCommand,
  path: string,
  name: string,
  filepath: Filepath,
  facts: ExecutableFacts,
): StartResult {
  const notFound = ({ kind }: LookupError): StartResult => ({
    message: `exec: executable ${name} not found`,
    isNotFound: true,
    isRelative: kind === "relative",
  });
  if (command.error !== undefined) {
    return notFound(command.error);
  }
  let file = path;
  if (isWindows(filepath)) {
    const found =
      command.withExtension !== undefined && path === command.path
        ? { path: command.withExtension, error: undefined }
        : facts.lookExtensions(path);
    if (found.error !== undefined) {
      return notFound(found.error);
    }
    file = found.path;
  }
  const fault = facts.startFault(file);
  return fault === undefined
    ? { path: file }
    : { message: `exec: fork/exec ${file}: ${fault}`, isNotFound: false, isRelative: false };
}

function isWindows(filepath: Filepath): boolean {
  return filepath.separator === "\\";
}
