import { visible, visibleLine, visibleMessage } from "../go/visible.ts";
import { ConfigParseError, InvalidConfigurationError, KubercError, PluginPolicyError } from "../errors.ts";
import { MISSING_PLUGIN_HELP } from "../exec/install-hint.ts";
import { isInKubectlWords } from "./kubectl-words.ts";
import { composeInvalid, messageOf } from "../transport/kubectl-message.ts";
import { describeServerError } from "./server/describe-server-error.ts";
import { ServerError } from "./server/server-error.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Formats the message of a failed command for stderr. kubectl's `checkErr`: one error begins with `error: `, several
 * are a line each. An unusable kuberc, an invalid configuration, an unreachable server and an error response have words
 * of their own.
 *
 * Escapes invisible characters, and line breaks in names: no string of a file can forge a line. A fault of kcfg itself
 * is one line.
 *
 * @param asKubectl - whether to equal kubectl's message byte for byte: for a command that kubectl has, without a
 *   terminal
 */
export function reportError(error: unknown, { asKubectl }: { readonly asKubectl: boolean }): string {
  if (isInternal(error)) {
    return `error: ${describeInternal(error)}\n`;
  }
  const say = (fault: unknown): string =>
    asKubectl && isInKubectlWords(fault) ? describe(fault) : show(fault, describe(fault), asKubectl);
  if (error instanceof InvalidConfigurationError) {
    return endLine(
      composeInvalid(error, say, (fault) =>
        isInKubectlWords(fault) ? say(fault).replace(/^error: /, "") : show(fault, fault.message),
      ),
    );
  }
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return `${show(error, messageOf(error))}\n`;
  }
  return endLine(say(error));
}

function describe(error: unknown): string {
  return error instanceof ServerError ? describeServerError(error) : messageOf(error);
}

/** The pointer to the help at the end of a {@link UsageError}. */
const POINTER = "\nSee '";

/** kubectl's message about removed auth-providers, in three lines. */
const REMOVED_PROVIDER =
  /^error: The (?:gcp|azure) auth plugin has been removed\.\nPlease use [^\n]*\nSee https:[^\n]*$/;

/** Escapes invisible characters, line breaks too, except those of kubectl's own message. */
function show(error: unknown, text: string, asKubectl = false): string {
  if (asKubectl && error instanceof ConfigParseError && error.file !== undefined) {
    // kubectl prints the file unchanged; the rest is not kubectl's.
    const end = text.indexOf(error.file) + error.file.length;
    return text.slice(0, end) + visibleLine(text.slice(end));
  }
  // A server's message may have several lines.
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

/** JavaScript's own errors for a wrong program, and those of Node.js for wrong arguments. */
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

/** Describes an internal error without its message, which may quote a secret. */
function describeInternal(error: unknown): string {
  const kind = error instanceof Error ? error.name : `a thrown ${typeof error}`;
  return `internal error: ${kind}${placeOf(error)}; this is a fault of kcfg: please report it, with the command and kcfg version`;
}

/** Returns the first function of ours in the stack, without folders. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const name = /^ {4}at (?:async )?([\w.#$<>]+) \(/m.exec(stack)?.[1];
  return name === undefined ? "" : ` in ${name}`;
}
