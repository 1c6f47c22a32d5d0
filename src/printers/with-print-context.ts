import { YamlError } from "../yaml/yaml-error.ts";
import { PrintError } from "./print-error.ts";

/** Runs a function, and prefixes its errors with what was being done. */
export function withPrintContext<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new PrintError(`${prefix}${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof YamlError) {
    return error.reason;
  }
  return error instanceof Error ? error.message : String(error);
}
