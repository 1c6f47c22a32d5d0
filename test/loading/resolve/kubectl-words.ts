import { InvalidConfigurationError, isConfigurationInvalid } from "../../../src/errors.ts";

/** What kubectl leaves on stderr for an error of its configuration: kubectl's `checkErr`. */
export function kubectlWords(thrown: unknown): string {
  let error = thrown;
  if (error instanceof InvalidConfigurationError && error.errors.length === 1) {
    error = error.errors[0];
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isConfigurationInvalid(error)) {
    return error instanceof InvalidConfigurationError
      ? `Error in configuration: \n${error.errors.map((each) => `* ${each.message}\n`).join("")}`
      : `Error in configuration: ${message}\n`;
  }
  if (error instanceof InvalidConfigurationError) {
    return error.errors.map((each) => `${each.message}\n`).join("");
  }
  return message.startsWith("error: ") ? `${message}\n` : `error: ${message}\n`;
}
