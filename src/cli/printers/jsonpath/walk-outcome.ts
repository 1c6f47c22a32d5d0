import type { Value } from "./jsonpath-value.ts";

/**
 * What a step leaves: values, and the words of an error if it failed. Both can matter: `[?(@.x)]` looks at the values of
 * a step that failed and forgives the error.
 */
export interface WalkOutcome {
  readonly values: readonly Value[];
  readonly error?: string;
}

export function failed(values: readonly Value[], error: string): WalkOutcome {
  return { values, error };
}
