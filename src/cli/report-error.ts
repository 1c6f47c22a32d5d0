import { InvalidConfigurationError, KubercError, PluginPolicyError } from "../errors.ts";

/**
 * The text that a failed command leaves on stderr. kubectl's `checkErr`: one error begins with `error: `, several stand
 * a line each. A kuberc that cannot be used has words of its own.
 */
export function reportError(error: unknown): string {
  if (error instanceof InvalidConfigurationError && error.errors.length > 1) {
    return error.errors.map(({ message }) => `${message}\n`).join("");
  }
  if (error instanceof KubercError || error instanceof PluginPolicyError) {
    return `error occurred while applying preferences ${error.message}\n`;
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = message.startsWith("error: ") ? message : `error: ${message}`;
  return line.endsWith("\n") ? line : `${line}\n`;
}
