import type { KubectlVersion } from "./kubectl-version.ts";

/** Lines of a string, to be joined with "\n" (a last empty line represents the final newline); or the string itself. */
export type Text = string | readonly string[];

/** Something in the temporary root: a text file, bytes, or one of the awkward things a path can be. */
export type FileSpec =
  | Text
  | { readonly text: Text; readonly mode?: string }
  | { readonly base64: string; readonly mode?: string }
  | { readonly repeat: readonly (readonly [text: string, times: number])[] }
  | { readonly directory: true; readonly mode?: string }
  | { readonly symlink: string };

/** A call of `kubectl config …`, with the world it is made in. `$ROOT` represents the temporary root everywhere. */
export interface Case {
  /** A sentence that is true of kubectl. */
  readonly name: string;
  readonly files: Readonly<Record<string, FileSpec>>;
  /** In addition to PATH, and HOME=$ROOT/home unless it is set here; null removes a variable. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** Relative to the root; the root itself when missing. */
  readonly cwd?: string;
  /** A file of the root that becomes the standard input. */
  readonly stdin?: string;
  /** Without `config`. */
  readonly argv: readonly string[];
  /** Files to compare after the call. */
  readonly observe?: readonly string[];
  /** kubectl walks a map in Go's random order here: its words are compared whatever their order. */
  readonly random?: boolean;
  /** File permissions matter: root runs it as another user, and skips it where that is impossible. */
  readonly unprivileged?: boolean;
}

/** The final state of an observed file: its octal mode and content, or null when it does not exist. */
export type Observed = { readonly mode: string; readonly text: Text } | null;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: Text;
  readonly stderr: Text;
  readonly files?: Readonly<Record<string, Observed>>;
}

/** The outcome of kubectl: a single one when every version agrees, else one for each. */
export type Recorded = { readonly every: Outcome } | { readonly [version in KubectlVersion]: Outcome };

export interface Vector extends Case {
  readonly kubectl: Recorded;
}

export function joinText(text: Text): string {
  return typeof text === "string" ? text : text.join("\n");
}

/** Splits a string into lines for storage, so that a change shows as a change of lines. */
export function splitText(text: string): Text {
  return text.includes("\n") ? text.split("\n") : text;
}

export function outcomeOf(recorded: Recorded, version: KubectlVersion): Outcome {
  return "every" in recorded ? recorded.every : recorded[version];
}

export function isRefused(outcome: Outcome): boolean {
  return outcome.exitCode !== 0;
}
