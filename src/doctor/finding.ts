import type { Position } from "../api/position.ts";
import type { FindingCode } from "./codes.ts";

/**
 * How bad a finding is. `error`: kubectl refuses it, it cannot work, or anybody may take the files over. `warning`: it
 * works, but is wrong, unsafe, or will soon work no more. `info`: worth knowing.
 */
export type Severity = "error" | "warning" | "info";

/** The severities, worst first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** Where something is. */
export interface Place {
  /** The file; undefined for what is in no file, such as a policy that nobody wrote. */
  readonly file: string | undefined;
  /** Where in the file; undefined for the file as a whole. */
  readonly position: Position | undefined;
}

/** How a finding can be fixed without further thought. */
export type Fix =
  | {
      /** The file gets another mode. */
      readonly kind: "mode";
      /** The file, as it is named. */
      readonly path: string;
      /** The file without symbolic links. */
      readonly realPath: string;
      /** Which file it was that was looked at: it is changed only if it is that one still. */
      readonly identity: string;
      /** Its permission bits now, with those of 07000. */
      readonly from: number;
      /** Those that it gets. */
      readonly to: number;
    }
  | {
      /** The field at the finding's place gets another name. */
      readonly kind: "rename";
      /** As it is written. */
      readonly from: string;
      /** As it should be. */
      readonly to: string;
    }
  | {
      /** The entry goes, from every file that has it. */
      readonly kind: "remove";
      /** What kind of entry it is. */
      readonly entry: "cluster" | "user";
      /** Its name. */
      readonly name: string;
    };

/** One thing that the doctor found. Holds no secret. */
export interface Finding extends Place {
  /** What kind of finding it is; the codes never change. */
  readonly code: FindingCode;
  /** How bad it is. */
  readonly severity: Severity;
  /** What it is about: `user "admin"`, or `""` for the file itself. */
  readonly subject: string;
  /** What is wrong, in one or two sentences. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What `kcfg doctor --fix` would do about it; undefined for nothing. */
  readonly fix: Fix | undefined;
}

/** What is reported of a finding, too where it is and what its code says already. */
export interface Details {
  readonly subject?: string;
  readonly message: string;
  /** Default: the one of the code. */
  readonly hint?: string;
  readonly fix?: Fix | undefined;
}

/** What an examination brought to light. */
export interface Diagnosis {
  /** The kubeconfigs that were looked at, highest precedence first. */
  readonly files: readonly string[];
  /** File by file, the kubeconfigs first; in each the worst first, then from top to bottom. */
  readonly findings: readonly Finding[];
  /** How many more there are of codes that came up too often to tell all, by code. */
  readonly omitted: ReadonlyMap<FindingCode, number>;
}
