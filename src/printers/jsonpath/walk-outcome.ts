import type { JsonPathValue } from "./jsonpath-value.ts";

/**
 * The result of a step: values, and the words of an error if it failed. Both can matter: `[?(@.x)]` uses the values of
 * a failed step and forgives the error.
 */
export interface WalkOutcome {
  readonly values: readonly JsonPathValue[];
  readonly error?: string;
}

export function failed(values: readonly JsonPathValue[], error: string): WalkOutcome {
  return { values, error };
}
