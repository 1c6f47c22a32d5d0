import type { Config } from "../api/config.ts";
import type { PluginOutcome } from "../api/plugin-report.ts";
import type { NamedNode } from "../codec/kubeconfig/config-source.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import type { SourceNode } from "../yaml/source-tree.ts";
import type { ConfigParseError, ConfigReadError } from "../errors.ts";
import type { FileRequirements } from "../policy/check-requirements.ts";
import type { PolicyNote } from "../loading/policy-notes.ts";
import type { Details, Finding, Place } from "./finding.ts";
import type { Filepath } from "../go/filepath.ts";
import type { FindingCode } from "./codes.ts";
import { codeFacts } from "./codes.ts";
import { shorten } from "./describe.ts";
import type { Machine } from "./machine.ts";

/** The kind of an entry. */
export type EntryKind = "cluster" | "user" | "context";

/** An examined kubeconfig. */
export interface ExaminedFile {
  readonly file: string;
  /** `invalid`: kubectl refuses its content. */
  readonly state: "read" | "missing" | "unreadable" | "invalid";
  /** Undefined unless it could be read. */
  readonly data: Uint8Array | undefined;
  /** Why it is missing, unreadable or invalid. */
  readonly fault: ConfigReadError | ConfigParseError | undefined;
  /** Undefined unless the state is `read`. */
  readonly config: Config | undefined;
  /** The parsed document; undefined if it is no YAML, or empty. */
  readonly tree: NodeTree | undefined;
  /** The document with positions; undefined if it is no YAML, or empty. */
  readonly root: SourceNode | undefined;
  /** The entries of a kind by name; empty unless the state is `read`. */
  readonly entries: Readonly<Record<EntryKind, ReadonlyMap<string, NamedNode>>>;
}

/** The plugin policy, as far as kubectl loads it. */
export interface PolicyFacts {
  /** `AllowAll`, `DenyAll`, `Allowlist`, or `""` where none is set. */
  readonly type: string;
  /** The kuberc; undefined if there is none. */
  readonly file: string | undefined;
  readonly notes: readonly PolicyNote[];
  /** Why kubectl does not work at all; undefined if it does. */
  readonly refusal: string | undefined;
}

/** How the kubeconfigs are named. */
export interface FileList {
  readonly name: "KUBECONFIG" | "--kubeconfig";
  /** The value; `""` if it is a kubeconfig itself, and so a secret. */
  readonly value: string;
  /** Whether it is the content of a kubeconfig, not the name of one. */
  readonly isContent: boolean;
}

/** The input of the checks. They read nothing except through `machine`. */
export interface ExaminationInput {
  readonly files: readonly ExaminedFile[];
  /** Whether the files are named one by one, not in KUBECONFIG, so that each must exist. */
  readonly areNamed: boolean;
  /** What names the files; undefined for the default file, and for a list that a program gave. */
  readonly fileList: FileList | undefined;
  /** Whether no file is unreadable or invalid: only then is it certain which entries kubectl does not find. */
  readonly isReadable: boolean;
  /** Whether no file is missing either: only then is it certain that an entry does not exist. */
  readonly isComplete: boolean;
  /** kubectl's merged config of all readable files; paths as written. */
  readonly merged: Config;
  /** The same with paths as they are looked up. */
  readonly resolved: Config;
  /** The context in use: `--context`, or the current one; `""` for none. */
  readonly contextName: string;
  /** Reports whether an entry is to be examined. */
  isInScope(kind: EntryKind, name: string): boolean;
  /** Reports whether a file is to be examined: with `--context`, those that its entries come from. */
  isFileInScope(file: string): boolean;
  /** Reports whether what is written in a file about an entry is to be examined: with `--context`, what counts. */
  isWrittenInScope(file: string, kind: EntryKind, name: string): boolean;
  /** Whether only one context is examined. */
  readonly isOneContext: boolean;
  /** Returns the position of a field of the effective entry, or of its nearest known parent. */
  locate(kind: EntryKind, name: string, ...path: readonly (string | number)[]): Place;
  /** The outcomes of the plugins; empty if the policy is refused. */
  readonly plugins: readonly PluginOutcome[];
  /** The users whose plugin leads to itself, each with the users on the way. */
  readonly loops: ReadonlyMap<string, readonly string[]>;
  readonly policy: PolicyFacts;
  /** The plugin requirements in force. */
  readonly requirements: readonly FileRequirements[];
  readonly machine: Machine;
  readonly filepath: Filepath;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** In milliseconds: what expires within that time is reported. */
  readonly expiringWithin: number;
}

/** A check. */
export type Check = (facts: ExaminationInput) => Iterable<Finding>;

/** The longest message: names and paths in it may be of any length. */
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
    cause: details.cause ?? "",
    hint: shorten(details.hint ?? hint, LONGEST),
    fix: details.fix,
  };
}

/** Yields the effective entries of a kind that are to be examined. */
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

/** Makes the place of a file as a whole. */
export function wholeFile(file: string | undefined): Place {
  return { file, position: undefined };
}
