import type { Case } from "./vector.ts";

/** A command line, with the environment and the folder it runs in. */
export interface Call {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** A file that becomes the standard input. */
  readonly stdin?: string;
  /** The user and group to run as. */
  readonly as?: number;
}

/** The result of a command line. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs command lines as `kubectl config` does. */
export interface Runner {
  readonly run: (call: Call) => Promise<Ended>;
  /** Whether it can run a case as this user; file permissions do not stop root. */
  readonly canRun: (wanted: Case) => boolean;
  readonly close: () => void;
}

/** How long a call may take, in milliseconds, before it is killed and reported. */
export const patience = 30_000;
