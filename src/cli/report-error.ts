import { visible, visibleLine, visibleMessage } from "../go/visible.ts";
import {
  ConfigParseError,
  InvalidConfigurationError,
  isContextNotFound,
  KubercError,
  PluginPolicyError,
} from "../errors.ts";
import { MISSING_PLUGIN_HELP } from "../exec/install-hint.ts";
import { isInKubectlWords } from "./kubectl-words.ts";
import { connectionMessage } from "../transport/connection-message.ts";
import { describeServerError } from "./server/describe-server-error.ts";
import { ServerError } from "./server/server-error.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Returns the text that a failed command leaves on stderr. kubectl's `checkErr`: one error begins with `error: `,
 * several are a line each. A kuberc that cannot be used, a configuration that is faulty, a server that cannot be
 * reached and one that answers with an error have words of their own.
 *
 * What people would not see is escaped, and so is a line break in a name: no string of a file can make up a line. A
 * fault of kcfg itself is reported in one line.
 *
 * @param asKubectl - whether what kubectl would say is to be said byte for byte: of a command that kubectl has, where
 *   there is no terminal
 */
export function reportError(error: unknown, { asKubectl }: { readonly asKubectl: boolean }): string {
  if (isInternal(error)) {
    return `error: ${describeInternal(error)}\n`;
  }
  const say = (fault: unknown): string =>
    asKubectl && isInKubectlWords(fault) ? describe(fault) : show(fault, describe(fault), asKubectl);
  if (error instanceof InvalidConfigurationError) {
    return reportInvalid(error, say);
  }
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return `${show(error, `error occurred while applying preferences ${error.message}`)}\n`;
  }
  return endLine(say(error));
}

/** Returns where there is one fault it represents itself, as for Go's `utilerrors.Aggregate` of one. */
function reportInvalid(
  { errors, fromValidation }: InvalidConfigurationError,
  say: (fault: unknown) => string,
): string {
  const [first, ...others] = errors;
  if (others.length === 0) {
    return endLine(say(first));
  }
  const lines = errors.map((error) =>
    isInKubectlWords(error) ? say(error).replace(/^error: /, "") : show(error, error.message),
  );
  return fromValidation
    ? `Error in configuration: \n${lines.map((line) => `* ${line}\n`).join("")}`
    : lines.map((line) => `${line}\n`).join("");
}

function describe(error: unknown): string {
  if (error instanceof ServerError) {
    return describeServerError(error);
  }
  const unsent = connectionMessage(error);
  if (unsent !== undefined) {
    return unsent;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isContextNotFound(error)) {
    return `Error in configuration: ${message}`;
  }
  return message.startsWith("error: ") ? message : `error: ${message}`;
}

/** The pointer to the help at the end of a {@link UsageError}. */
const POINTER = "\nSee '";

/** What kubectl says of auth-providers that it has no more, in three lines. */
const REMOVED_PROVIDER =
  /^error: The (?:gcp|azure) auth plugin has been removed\.\nPlease use [^\n]*\nSee https:[^\n]*$/;

/** Makes visible what is not, line breaks too, but for those that belong to what kubectl says. */
function show(error: unknown, text: string, asKubectl = false): string {
  if (asKubectl && error instanceof ConfigParseError && error.file !== undefined) {
    // kubectl names the file as it is; the rest is not kubectl's.
    const end = text.indexOf(error.file) + error.file.length;
    return text.slice(0, end) + visibleLine(text.slice(end));
  }
  // What a server says may have several lines.
  if (error instanceof ServerError || REMOVED_PROVIDER.test(text)) {
    return visible(text);
  }
  const pointer = error instanceof UsageError ? text.lastIndexOf(POINTER) : -1;
  const help = text.indexOf(MISSING_PLUGIN_HELP);
  const end = pointer !== -1 ? pointer : help !== -1 ? help : text.length;
  return visibleMessage(text.slice(0, end).replace(/\n$/, "")) + visible(text.slice(end));
}

function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** The errors by which JavaScript itself says that a program is wrong, and those of Node.js about how it was called. */
const INTERNAL: ReadonlySet<string> = new Set([
  "AggregateError",
  "AssertionError",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
]);

function isInternal(error: unknown): boolean {
  return !(error instanceof Error) || INTERNAL.has(error.name);
}

/** Not the message: it may quote what was read, a secret for instance. */
function describeInternal(error: unknown): string {
  const kind = error instanceof Error ? error.name : `a thrown ${typeof error}`;
  return `internal error: ${kind}${placeOf(error)}; this is a fault of kcfg: please report it, with the command and kcfg version`;
}

/** Returns the first place of the stack that is ours: the name of a function, without folders. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const name = /^ {4}at (?:async )?([\w.#$<>]+) \(/m.exec(stack)?.[1];
  return name === undefined ? "" : ` in ${name}`;
}
