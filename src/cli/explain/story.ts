import type { Position } from "../../api/position.ts";

/** Who says something about a value. */
export interface ValueSource {
  readonly kind: "flag" | "environment" | "file" | "pod" | "default";
  /** The flag, the variable, the file; `""` of a default. */
  readonly name: string;
  /** Where in the file. */
  readonly position?: Position | undefined;
}

/**
 * What becomes of what a source says: it decides (`used`); a file before it (`shadowed`) or something that goes before files
 * (`overridden`) decides; it says nothing (`not-set`); the file does not exist (`missing`).
 */
export type StepStatus = "used" | "shadowed" | "overridden" | "not-set" | "missing";

/** One source that was asked for a value. */
export interface Step {
  readonly source: ValueSource;
  readonly status: StepStatus;
  /** What it says, without secrets; undefined if nothing. */
  readonly value?: string | undefined;
  /** More about it, in a few words. */
  readonly note?: string | undefined;
}

/** How one value came to be what it is. */
export interface Story {
  /** What it is about: `context`, `server`, `clusters.dev.server`. */
  readonly subject: string;
  /** The value, without secrets; undefined if there is none. */
  readonly value: string | undefined;
  /** The sources in the order in which they are asked. */
  readonly steps: readonly Step[];
  /** Which rule decided, in sentences. */
  readonly rules: readonly string[];
}

/** Stories of what was asked for, and why a client would fail. */
export interface Explanation {
  readonly stories: readonly Story[];
  /** What a client would say, if what is reported concerns it; undefined if all is well. */
  readonly fault: unknown;
}

export function flag(name: string): ValueSource {
  return { kind: "flag", name };
}

export function variable(name: string): ValueSource {
  return { kind: "environment", name };
}

export const DEFAULT: ValueSource = { kind: "default", name: "" };
