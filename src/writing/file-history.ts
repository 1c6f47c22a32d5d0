import { createHash } from "node:crypto";
import { StateFileError } from "./state-folder.ts";

/** The history of a kubeconfig. */
export interface FileHistory {
  /** The context that was current before the present one. */
  readonly previousContext: string | undefined;
  /** The changes of the file by kcfg, newest first. */
  readonly records: readonly UndoRecord[];
}

/** One change of a kubeconfig by kcfg. */
export interface UndoRecord {
  /** Equal for all files that were changed at once; later ones are greater. */
  readonly operation: string;
  /** The command that made it, without its values. */
  readonly command: string;
  /** When it was made, in milliseconds since 1970. */
  readonly time: number;
  /** The change of the content; undefined if it stayed. */
  readonly text: TextRecord | undefined;
  /** The changes of modes of files. */
  readonly modes: readonly ModeChange[];
}

/** The content of a file before and after a change. */
export interface TextRecord {
  /** Whether there was a file before. */
  readonly existed: boolean;
  /** The name of the file in the state folder with the old content; `""` if there was none. */
  readonly kept: string;
  /** SHA-256 of the old content; `""` if there was no file. */
  readonly before: string;
  /** Size of the old content, in bytes. */
  readonly size: number;
  /** SHA-256 of the new content; `""` if the file was removed. */
  readonly written: string;
}

/** A change of the permission bits of a file. */
export interface ModeChange {
  /** The file, by an absolute path. */
  readonly path: string;
  /** The bits before; those of 0777. */
  readonly from: number;
  /** The bits since; those of 0777. */
  readonly to: number;
}

/** How many changes of a file are kept. */
export const MOST_RECORDS = 20;

/** How long a change is kept, in milliseconds: seven days. */
export const RETENTION = 7 * 24 * 60 * 60_000;

/** How many mode changes a record holds at most. */
const MOST_MODES = 1000;

const LONGEST_NAME = 4096;
const LONGEST_COMMAND = 100;
const VERSION = 1;

/** Returns the SHA-256 of a content, in hexadecimal; `""` for no file. */
export function fingerprint(data: Uint8Array | undefined): string {
  return data === undefined ? "" : createHash("sha256").update(data).digest("hex");
}

/** Sanitizes the name of a command, to be stored and shown. */
export function commandName(text: string): string {
  return text.slice(0, LONGEST_COMMAND).replaceAll(UNPRINTABLE, "?");
}

/** Everything but printable ASCII. */
const UNPRINTABLE = /[^ -~]/g;

/** Reports whether a record has expired, or comes from the future of a wrong clock. */
export function isExpired(time: number, now: number): boolean {
  return Math.abs(now - time) > RETENTION;
}

/** Serializes the history of a file. */
export function writeHistory(file: string, { previousContext, records }: FileHistory): Uint8Array {
  const state = {
    version: VERSION,
    file,
    ...(previousContext !== undefined && { previousContext }),
    records,
  };
  return new TextEncoder().encode(`${JSON.stringify(state, undefined, 1)}\n`);
}

/**
 * Parses the history of a file, and accepts it only if all of it has the shape that {@link writeHistory} gives it.
 *
 * @param expected - the file that it must belong to; default: any
 * @throws StateFileError that says what is wrong, without content of the data
 */
export function parseHistory(data: Uint8Array, expected?: string): FileHistory & { readonly file: string } {
  const state = parseJson(data);
  if (!isPlainObject(state)) {
    throw new StateFileError("it is no JSON object");
  }
  if (state["version"] !== VERSION) {
    throw new StateFileError(`its version is not ${VERSION}`);
  }
  const { file, previousContext, records } = state;
  if (typeof file !== "string" || (expected !== undefined && file !== expected)) {
    throw new StateFileError("it is about another file");
  }
  if (previousContext !== undefined && typeof previousContext !== "string") {
    throw new StateFileError("previousContext is no text");
  }
  if (!Array.isArray(records) || records.length > MOST_RECORDS) {
    throw new StateFileError(`records is no list of at most ${MOST_RECORDS}`);
  }
  return { file, previousContext, records: records.map(parseRecord) };
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch {
    throw new StateFileError("it is no JSON");
  }
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseRecord(value: unknown, at: number): UndoRecord {
  const fault = (field: string): StateFileError =>
    new StateFileError(`records[${at}]${field === "" ? "" : `.${field}`} is not what kcfg writes`);
  if (!isPlainObject(value)) {
    throw fault("");
  }
  const { operation, command, time, text, modes } = value;
  if (typeof operation !== "string" || operation.length > LONGEST_NAME) {
    throw fault("operation");
  }
  if (typeof command !== "string" || command === "" || commandName(command) !== command) {
    throw fault("command");
  }
  if (typeof time !== "number" || !Number.isFinite(time)) {
    throw fault("time");
  }
  if (text !== undefined && !isTextRecord(text)) {
    throw fault("text");
  }
  if (!Array.isArray(modes) || modes.length > MOST_MODES || !modes.every(isModeChange)) {
    throw fault("modes");
  }
  return {
    operation,
    command,
    time,
    text,
    modes: modes.map(({ path, from, to }) => ({ path, from, to })),
  };
}

function isTextRecord(value: unknown): value is TextRecord {
  if (!isPlainObject(value)) {
    return false;
  }
  const { existed, kept, before, size, written } = value;
  return (
    typeof size === "number" &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    typeof written === "string" &&
    /^(?:[0-9a-f]{64})?$/.test(written) &&
    typeof before === "string" &&
    typeof kept === "string" &&
    (existed === true
      ? /^[0-9a-f]{64}$/.test(before) && isKeptName(kept)
      : existed === false && before === "" && kept === "" && size === 0)
  );
}

function isModeChange(value: unknown): value is ModeChange {
  return (
    isPlainObject(value) &&
    typeof value["path"] === "string" &&
    value["path"].length <= LONGEST_NAME &&
    !value["path"].includes("\0") &&
    isMode(value["from"]) &&
    isMode(value["to"])
  );
}

function isMode(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0o777;
}

/** Makes a name for an old content: when it was kept, and a unique part. */
export function keptName(time: number, unique: string): string {
  return `${Math.max(0, Math.floor(time)).toString(36)}-${unique}`;
}

function isKeptName(name: string): boolean {
  return /^[0-9a-z]{1,11}-[0-9a-f]{16}$/.test(name);
}
