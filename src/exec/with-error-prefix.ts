import { ExecPluginError, PluginPolicyError } from "../errors.ts";

/**
 * The error that a caller gets, with what was being done in front. Several may share one run, each for reasons of its
 * own. An error that is none of a plugin's stays as it is.
 */
export function withErrorPrefix(doing: string, error: unknown): unknown {
  if (error instanceof PluginPolicyError) {
    return new PluginPolicyError(`${doing}: ${error.message}`);
  }
  return error instanceof ExecPluginError ? new ExecPluginError(`${doing}: ${error.message}`) : error;
}
