import type { Config } from "../api/config.ts";
import type { PluginOutcome } from "../api/plugin-report.ts";
import type { NamedNode } from "../codec/kubeconfig/config-source.ts";
import type { SourceNode } from "../yaml/source-tree.ts";
import type { ConfigParseError, ConfigReadError } from "../errors.ts";
import type { PolicyNote } from "../loading/policy-notes.ts";
import type { Details, Finding, Place } from "./finding.ts";
import type { Filepath } from "../go/filepath.ts";
import type { FindingCode } from "./codes.ts";
import { codeFacts } from "./codes.ts";
import { shorten } from "./describe.ts";
import type { Machine } from "./machine.ts";

/** What an entry of a kubeconfig is. */
export type EntryKind = "cluster" | "user" | "context";

/** A kubeconfig that was looked at. */
export interface ExaminedFile {
  readonly file: string;
  /** `invalid`: kubectl refuses its content. */
  readonly state: "read" | "missing" | "unreadable" | "invalid";
  /** Undefined unless it could be read. */
  readonly data: Uint8Array | undefined;
  /** Why it is in no good state. */
  readonly fault: ConfigReadError | ConfigParseError | undefined;
  /** Undefined unless the state is `read`. */
  readonly config: Config | undefined;
  /** What the text says; undefined if it is no YAML, or nothing is in it. */
  readonly root: SourceNode | undefined;
  /** The entries of a kind by name; empty unless the state is `read`. */
  readonly entries: Readonly<Record<EntryKind, ReadonlyMap<string, NamedNode>>>;
}

/** The plugin policy, as far as kubectl gets with it. */
export interface PolicyFacts {
  /** `AllowAll`, `DenyAll`, `Allowlist`, or `""` where none is set. */
  readonly type: string;
  /** The kuberc that is read; undefined if there is none. */
  readonly file: string | undefined;
  readonly notes: readonly PolicyNote[];
  /** Why kubectl does not work at all; undefined if it does. */
  readonly refusal: string | undefined;
}

/** All that the checks need to know. They look nothing up but by `machine`. */
export interface ExaminationInput {
  readonly files: readonly ExaminedFile[];
  /** Whether the only file is one that was asked for by name. */
  readonly isExplicit: boolean;
  /** Whether no file is unreadable or invalid: only then is it certain what kubectl finds nowhere. */
  readonly isReadable: boolean;
  /** Whether no file is missing either: only then is it certain that something is nowhere. */
  readonly isComplete: boolean;
  /** What kubectl makes of all files that can be read; paths as they are written. */
  readonly merged: Config;
  /** The same with paths as they are looked up. */
  readonly resolved: Config;
  /** The context that is used: `--context`, or the current one; `""` for none. */
  readonly contextName: string;
  /** Reports whether an entry is to be looked at. */
  isInScope(kind: EntryKind, name: string): boolean;
  /** Returns where a field of the entry that counts is, or the nearest thing around it that is known. */
  locate(kind: EntryKind, name: string, ...path: readonly (string | number)[]): Place;
  /** What would become of the plugins; empty if the policy is refused. */
  readonly plugins: readonly PluginOutcome[];
  /** The users whose plugin leads to itself, each with the users on the way. */
  readonly loops: ReadonlyMap<string, readonly string[]>;
  readonly policy: PolicyFacts;
  readonly machine: Machine;
  readonly filepath: Filepath;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** In milliseconds: what expires within that time is reported. */
  readonly expiringWithin: number;
}

/** One kind of examination. */
export type Check = (facts: ExaminationInput) => Iterable<Finding>;

/** More of a message, which has names and paths in it that may be of any length, is not told. */
const LONGEST = 1000;

export function findingAt(code: FindingCode, place: Place, details: Details): Finding {
  const { severity, hint } = codeFacts(code);
  return {
    code,
    severity,
    file: place.file,
    position: place.position,
    subject: details.subject ?? "",
    message: shorten(details.message, LONGEST),
    hint: shorten(details.hint ?? hint, LONGEST),
    fix: details.fix,
  };
}

/** Yields the entries of a kind that count and are to be looked at. */
export function* scoped<T>(
  facts: ExaminationInput,
  kind: EntryKind,
  entries: ReadonlyMap<string, T>,
): Generator<readonly [name: string, entry: T]> {
  for (const [name, entry] of entries) {
    if (facts.isInScope(kind, name)) {
      yield [name, entry];
    }
  }
}

/** Returns a file as a whole. */
export function wholeFile(file: string | undefined): Place {
  return { file, position: undefined };
}
