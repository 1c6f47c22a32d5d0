import {
  ConnectionError,
  InvalidConfigurationError,
  isContextNotFound,
  KubercError,
  PluginPolicyError,
} from "../errors.ts";
import { describeConnectionError, describeServerError } from "./server/describe-server-error.ts";
import { ServerError } from "./server/server-error.ts";

/**
 * The text that a failed command leaves on stderr. kubectl's `checkErr`: one error begins with `error: `, several stand
 * a line each. A kuberc that cannot be used, a configuration that is faulty, a server that cannot be reached and one that
 * answers with an error have words of their own.
 */
export function reportError(error: unknown): string {
  if (error instanceof InvalidConfigurationError) {
    return reportInvalid(error);
  }
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return `error occurred while applying preferences ${error.message}\n`;
  }
  return endLine(describe(error));
}

/** Where there is one fault it stands for itself, as for Go's `utilerrors.Aggregate` of one. */
function reportInvalid({ errors, fromValidation }: InvalidConfigurationError): string {
  const [first, ...others] = errors;
  if (others.length === 0) {
    return endLine(describe(first));
  }
  return fromValidation
    ? `Error in configuration: \n${errors.map(({ message }) => `* ${message}\n`).join("")}`
    : errors.map(({ message }) => `${message}\n`).join("");
}

function describe(error: unknown): string {
  if (error instanceof ServerError) {
    return describeServerError(error);
  }
  if (error instanceof ConnectionError) {
    return describeConnectionError(error);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isContextNotFound(error)) {
    return `Error in configuration: ${message}`;
  }
  return message.startsWith("error: ") ? message : `error: ${message}`;
}

function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
