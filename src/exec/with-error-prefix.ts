import { ExecPluginError, PluginPolicyError } from "../errors.ts";

/**
 * Returns a copy of a plugin's error with a prefix that says what was being done. A copy, because several callers may
 * share one run, each with its own prefix. Other errors are returned unchanged.
 */
export function withErrorPrefix(doing: string, error: unknown): unknown {
  if (error instanceof PluginPolicyError) {
    return new PluginPolicyError(`${doing}: ${error.message}`);
  }
  return error instanceof ExecPluginError ? new ExecPluginError(`${doing}: ${error.message}`) : error;
}
