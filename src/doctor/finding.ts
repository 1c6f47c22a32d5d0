import type { Position } from "../api/position.ts";
import type { FindingCode } from "./codes.ts";

/**
 * The severity of a finding. `error`: kubectl refuses it, it cannot work, or anybody may take the files over.
 * `warning`: it works, but is wrong, unsafe, or will soon stop working. `info`: worth knowing.
 */
export type Severity = "error" | "warning" | "info";

/** The severities, worst first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** Where something is. */
export interface Place {
  /** The file; undefined for a finding without one, such as a policy that is not set. */
  readonly file: string | undefined;
  /** The position in the file; undefined for the file as a whole. */
  readonly position: Position | undefined;
}

/** A fix that is safe without a decision by the user. */
export type Fix =
  | {
      /** Changes the mode of a file. */
      readonly kind: "mode";
      /** The file, as it is named. */
      readonly path: string;
      /** The file without symbolic links. */
      readonly realPath: string;
      /** Identifies the examined file: it is changed only if it is still the same. */
      readonly identity: string;
      /** Its permission bits now, with those of 07000. */
      readonly from: number;
      /** Its new permission bits. */
      readonly to: number;
    }
  | {
      /** Renames the field at the finding's place. */
      readonly kind: "rename";
      /** The present name. */
      readonly from: string;
      /** The correct name. */
      readonly to: string;
    }
  | {
      /** Removes a lock that was left behind. */
      readonly kind: "unlock";
      /** The lock. */
      readonly path: string;
      /** Identifies the lock: no other one is removed. */
      readonly identity: string;
    }
  | {
      /** Removes the entry from every file that has it. */
      readonly kind: "remove";
      /** What kind of entry it is. */
      readonly entry: "cluster" | "user";
      /** Its name. */
      readonly name: string;
    };

/** A problem that the doctor found. Holds no secret. */
export interface Finding extends Place {
  /** The kind of finding; the codes never change. */
  readonly code: FindingCode;
  /** Its severity. */
  readonly severity: Severity;
  /** Its subject: `user "admin"`, or `""` for the file itself. */
  readonly subject: string;
  /** What is wrong, in one or two sentences. */
  readonly message: string;
  /** What findings of one cause share, such as the command of a plugin; `""` if nothing is known. */
  readonly cause: string;
  /** What to do about it. */
  readonly hint: string;
  /** What `kcfg doctor --fix` would do about it; undefined for nothing. */
  readonly fix: Fix | undefined;
}

/** The parts of a finding that neither its place nor its code determines. */
export interface Details {
  readonly subject?: string;
  readonly message: string;
  readonly cause?: string;
  /** Default: the one of the code. */
  readonly hint?: string;
  readonly fix?: Fix | undefined;
}

/** The result of an examination. */
export interface Diagnosis {
  /** The examined kubeconfigs, highest precedence first. */
  readonly files: readonly string[];
  /** File by file, the kubeconfigs first; in each the worst first, then from top to bottom. */
  readonly findings: readonly Finding[];
  /** How many more findings there are of codes that occurred too often to report all, by code. */
  readonly omitted: ReadonlyMap<FindingCode, number>;
}
