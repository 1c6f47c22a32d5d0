import type { Position } from "../../api/position.ts";

/** A source of a value. */
export interface ValueSource {
  readonly kind: "flag" | "environment" | "file" | "pod" | "default";
  /** The flag, the variable, the file; `""` of a default. */
  readonly name: string;
  /** The position in the file. */
  readonly position?: Position | undefined;
}

/**
 * The role of a source: it provides the value (`used`); an earlier file does (`shadowed`) or something with precedence
 * over files (`overridden`); it does not set it (`not-set`); the file does not exist (`missing`).
 */
export type StepStatus = "used" | "shadowed" | "overridden" | "not-set" | "missing";

/** A source that was considered. */
export interface Step {
  readonly source: ValueSource;
  readonly status: StepStatus;
  /** Its value, without secrets; undefined if it has none. */
  readonly value?: string | undefined;
  /** More about it, in a few words. */
  readonly note?: string | undefined;
}

/** The origin of one value. */
export interface Story {
  /** The subject: `context`, `server`, `clusters.dev.server`. */
  readonly subject: string;
  /** The value, without secrets; undefined if there is none. */
  readonly value: string | undefined;
  /** The sources by precedence. */
  readonly steps: readonly Step[];
  /** The rules that decided, in sentences. */
  readonly rules: readonly string[];
}

/** The stories of a target, and why a client would fail. */
export interface Explanation {
  readonly stories: readonly Story[];
  /** The error that a client would report, if it concerns the target; undefined if there is none. */
  readonly fault: unknown;
}

export function flag(name: string): ValueSource {
  return { kind: "flag", name };
}

export function variable(name: string): ValueSource {
  return { kind: "environment", name };
}

export const DEFAULT: ValueSource = { kind: "default", name: "" };
