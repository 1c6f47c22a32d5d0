import type { KubectlVersion } from "../kubectl-version.ts";
import type { FileSpec, Outcome } from "../vector.ts";

/** Some calls of `kubectl config …`, one after the other, in one world. `$ROOT` represents the temporary root. */
export interface EditCase {
  /** A sentence that is true of kubectl. */
  readonly name: string;
  readonly files: Readonly<Record<string, FileSpec>>;
  readonly env: Readonly<Record<string, string | null>>;
  readonly cwd?: string;
  /** The command lines, without `config`. */
  readonly steps: readonly (readonly string[])[];
  /** The kubeconfigs to compare in the end, in merge order. */
  readonly kubeconfigs: readonly string[];
  /** File permissions matter: root runs it as another user. */
  readonly unprivileged?: boolean;
  /**
   * What kcfg leaves instead of what kubectl leaves, and why: kubeconfigs, which are compared by how kubectl reads
   * them; null for no file.
   */
  readonly instead?: {
    readonly reason: string;
    readonly files: Readonly<Record<string, string | null>>;
  };
}

/** The final state of a kubeconfig: its mode, and how `view --raw -o json` shows it; null when it does not exist. */
export type End = { readonly mode: string; readonly shown: string } | null;

/** The outcome of a case. */
export interface EditOutcome {
  readonly steps: readonly Outcome[];
  readonly end: Readonly<Record<string, End>>;
}

export type RecordedEdit =
  | { readonly every: EditOutcome }
  | { readonly [version in KubectlVersion]: EditOutcome };

export interface EditVector extends EditCase {
  readonly kubectl: RecordedEdit;
}
