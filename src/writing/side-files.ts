import { createHash } from "node:crypto";
import type { Host } from "../host/host.ts";
import type { FileChange } from "./config-files.ts";
import { readIfPresent } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import { realTarget } from "./real-target.ts";
import type { BesideChange } from "./replace-files.ts";

/** What kcfg remembers of a kubeconfig, in `F.kcfg-state.json` beside it. */
export interface State {
  /** The context that was current before the one that is. */
  readonly previousContext?: string;
  /** The last change of the file by kcfg. */
  readonly undo?: UndoRecord;
}

/** The last change of a file; what it held before stands in `F.kcfg-backup`. */
export interface UndoRecord {
  /** The same for all files that were changed at once; later ones are greater. */
  readonly operation: string;
  /** The command that made it, without its values. */
  readonly command: string;
  /** Whether there was a file before. */
  readonly existed: boolean;
  /** SHA-256 of the backup. */
  readonly backup: string;
  /** SHA-256 of what was written; `""` if the file was removed. */
  readonly written: string;
}

/** Where the state of a kubeconfig is kept: beside the file itself, not beside a link to it. */
export function statePath(host: Host, file: string): string {
  return `${realTarget(host, file)}.kcfg-state.json`;
}

/** Where the previous content of a kubeconfig is kept. */
export function backupPath(host: Host, file: string): string {
  return `${realTarget(host, file)}.kcfg-backup`;
}

/** The state of a kubeconfig; empty where there is none that can be understood. */
export function readState(host: Host, file: string): State {
  const data = readIfPresent(host, statePath(host, file), KUBECONFIG_LIMIT);
  try {
    const value: unknown = data === undefined ? {} : JSON.parse(new TextDecoder().decode(data));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** SHA-256 of a content, in hexadecimal; `""` for no file. */
export function fingerprint(data: Uint8Array | undefined): string {
  return data === undefined ? "" : createHash("sha256").update(data).digest("hex");
}

/** The changes of the files beside a kubeconfig that go with a change of it: its backup and its state. */
export function sideChanges(
  host: Host,
  { file, before, after }: FileChange,
  operation: Pick<UndoRecord, "operation" | "command">,
  previousContext: string | undefined,
): readonly BesideChange[] {
  const [backup, state] = [backupPath(host, file), statePath(host, file)];
  const old = readState(host, file);
  const previous = before ?? new Uint8Array();
  const record: State = {
    ...((previousContext ?? old.previousContext) !== undefined && {
      previousContext: previousContext ?? old.previousContext ?? "",
    }),
    undo: {
      ...operation,
      existed: before !== undefined,
      backup: fingerprint(previous),
      written: fingerprint(after),
    },
  };
  return [
    { file: backup, before: readIfPresent(host, backup, KUBECONFIG_LIMIT), after: previous, beside: file },
    {
      file: state,
      before: readIfPresent(host, state, KUBECONFIG_LIMIT),
      after: new TextEncoder().encode(`${JSON.stringify(record, null, 1)}\n`),
      beside: file,
    },
  ];
}

let count = 0;

/** The name of an operation that begins now. */
export function newOperation(host: Host): string {
  count += 1;
  const serial = String(count).padStart(6, "0");
  return `${new Date(host.now()).toISOString()} ${host.self.machine()} ${host.self.pid} ${serial}`;
}
