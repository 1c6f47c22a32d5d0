import type { Samples } from "./alternate.ts";
import type { Format } from "./kubeconfig.ts";
import type { BenchNode } from "./nodes.ts";

/** The result of one run of the bench: plain data, so that it can be kept as JSON and shown later. */
export interface Result {
  readonly machine: Machine;
  readonly commands: readonly CommandResult[];
  readonly imports: readonly ImportResult[];
  readonly operations: readonly OperationResult[];
}

/** The machine of a run. */
export interface Machine {
  readonly cores: number;
  readonly platform: string;
  /** The load average of the minute before. */
  readonly load: number;
  /** The running Node.js first. */
  readonly nodes: readonly BenchNode[];
  /** Undefined if it could not be fetched. */
  readonly kubectl?: string;
  readonly officialClient: string;
}

/** A command line on kubeconfigs of one size, run by all subjects in turns. */
export interface CommandResult {
  readonly command: string;
  readonly contexts: number;
  readonly files: number;
  /** By the names of {@link SUBJECT}. */
  readonly samples: Samples;
}

/** The imports of packages on one Node.js, as processes of their own, in turns. */
export interface ImportResult {
  readonly node: string;
  readonly samples: Samples;
}

/** One function of the library, called many times in one process. */
export interface OperationResult {
  readonly operation: string;
  readonly node: string;
  readonly contexts: number;
  readonly format: Format;
  /** The size of all strings that the function reads or writes. */
  readonly bytes: number;
  /** Milliseconds of one call: the median of each process that was started to measure it. */
  readonly times: readonly number[];
}

/** The names of the subjects of a command. */
export const SUBJECT = {
  kcfg: (format: Format, { major }: BenchNode): string => `kcfg, ${format}, Node.js ${major}`,
  kubectl: (format: Format): string => `kubectl, ${format}`,
  official: (format: Format, { major }: BenchNode): string => `official client, ${format}, Node.js ${major}`,
  /** A Node.js that does nothing. */
  bare: ({ major }: BenchNode): string => `node -e 0, Node.js ${major}`,
};
