import { InvalidConfigurationError, isContextNotFound, KubercError, PluginPolicyError } from "../errors.ts";
import { visible, visibleMessage } from "../go/visible.ts";
import { MISSING_PLUGIN_HELP } from "../exec/install-hint.ts";
import { connectionMessage } from "./connection-message.ts";

/**
 * Returns what kubectl prints on standard error for an error of any function of kcfg, without a line feed at the end; the
 * exit code is 1. So the `catch` of a kubectl plugin is one line: `program.error(kubectlMessage(error))`. kubectl's
 * `checkErr`.
 *
 * Invisible characters are escaped, so that no string of a file or a server can change a terminal or forge a line. Errors
 * that are not kcfg's begin with `error: `.
 */
export function kubectlMessage(error: unknown): string {
  return error instanceof InvalidConfigurationError
    ? composeInvalid(error, kubectlMessage, ({ message }) => escape(message))
    : escape(messageOf(error));
}

/** Returns kubectl's words for a single error, unescaped. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return `error occurred while applying preferences ${message}`;
  }
  const unsent = connectionMessage(error);
  if (unsent !== undefined) {
    return unsent;
  }
  if (isContextNotFound(error)) {
    return `Error in configuration: ${message}`;
  }
  return message.startsWith("error: ") ? message : `error: ${message}`;
}

/**
 * Composes the message of an invalid configuration. A single error is shown by itself, as by Go's `utilerrors.Aggregate`;
 * several are a line each, in kubectl's words for its validation and in Go's for files that could not be read.
 *
 * @param showOne - shows an error by itself
 * @param showAmongOthers - shows an error on its line
 */
export function composeInvalid(
  { errors, fromValidation }: InvalidConfigurationError,
  showOne: (error: unknown) => string,
  showAmongOthers: (error: Error) => string,
): string {
  const [first, ...others] = errors;
  if (others.length === 0) {
    return showOne(first);
  }
  const lines = errors.map(showAmongOthers);
  return fromValidation
    ? `Error in configuration: \n${lines.map((line) => `* ${line}`).join("\n")}`
    : lines.join("\n");
}

/** Escapes invisible characters, and all line breaks but those of kubectl's own help for a missing plugin. */
function escape(text: string): string {
  const help = text.indexOf(MISSING_PLUGIN_HELP);
  const end = help === -1 ? text.length : help;
  return visibleMessage(text.slice(0, end).replace(/\n$/, "")) + visible(text.slice(end)).replace(/\n$/, "");
}
