import { InvalidConfigurationError } from "../errors.ts";

/**
 * The text that a failed command leaves on stderr. kubectl's `checkErr`: one error begins with `error: `, several stand
 * a line each.
 */
export function reportError(error: unknown): string {
  if (error instanceof InvalidConfigurationError && error.errors.length > 1) {
    return error.errors.map(({ message }) => `${message}\n`).join("");
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = message.startsWith("error: ") ? message : `error: ${message}`;
  return line.endsWith("\n") ? line : `${line}\n`;
}
