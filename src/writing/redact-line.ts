import { redactUrlPassword } from "../api/redaction.ts";
import type { SecretIndex } from "./secret-index.ts";

/** The fields whose values may always be shown. */
const SHOWN: ReadonlySet<string> = new Set([
  "apiVersion",
  "certificate-authority",
  "client-certificate",
  "client-key",
  "cluster",
  "command",
  "current-context",
  "kind",
  "name",
  "namespace",
  "server",
  "tokenFile",
  "user",
]);

/** A value without information: none, the begin or the end of a collection. */
const STRUCTURE = /^[\s{}[\],]*(?:null[\s{}[\],]*)?$/;

/**
 * Splits a line of a kubeconfig without any context into what may be shown and what may not: shows all of a line that
 * is a harmless field on its own, and the key of any other field.
 */
export function redactLine(line: string): { readonly shown: string; readonly hidden: string } {
  if (STRUCTURE.test(line) || line === "---" || line === "...") {
    return { shown: line, hidden: "" };
  }
  const field = fieldOf(line);
  if (field === undefined) {
    // An argument, a comment, a line of a longer string.
    return split(line, /^\s*(?:- +|#)?/.exec(line)?.[0].length ?? 0);
  }
  const { key, at } = field;
  const value = line.slice(at);
  const isHarmless = SHOWN.has(key) && !/[{[#]/.test(value) && redactUrlPassword(value) === value;
  return isHarmless || STRUCTURE.test(value) ? { shown: line, hidden: "" } : split(line, at);
}

interface FieldOfLine {
  readonly key: string;
  /** Where its value begins. */
  readonly at: number;
}

const INDENTATION = /\s*/y;
const DASHES = /(?:- +)*/y;
const OPENING = /[{[\s]*/y;
const KEY = /(?<quote>["']?)(?<key>[\w-]+)\k<quote>\s*:\s*/y;

/**
 * Returns the key of a line and where its value is: after the indentation and the indicators of list elements and
 * mappings.
 */
function fieldOf(line: string): FieldOfLine | undefined {
  const dashes = skip(INDENTATION, line, 0);
  const behind = skip(DASHES, line, dashes);
  // A dash followed only by a colon is a key.
  return (
    keyAt(line, skip(OPENING, line, behind)) ??
    (behind > dashes ? keyAt(line, line.lastIndexOf("-", behind - 1)) : undefined)
  );
}

function keyAt(line: string, start: number): FieldOfLine | undefined {
  KEY.lastIndex = start;
  const key = KEY.exec(line)?.groups?.["key"];
  return key === undefined ? undefined : { key, at: KEY.lastIndex };
}

/** Returns where a pattern that may be empty ends. Each is matched at one offset only, so the time is linear. */
function skip(pattern: RegExp, line: string, start: number): number {
  pattern.lastIndex = start;
  pattern.test(line);
  return pattern.lastIndex;
}

function split(line: string, at: number): { readonly shown: string; readonly hidden: string } {
  return { shown: line.slice(0, at), hidden: line.slice(at) };
}

/** Words that a secret may follow, as in a field that has been commented out. */
const SECRET_WORD =
  /(?:token|passw|passphrase|secret|credential|api-?key|key-data|private|bearer|authorization|value)[\w-]*["']?/gi;

/** The characters between such a word and the possible secret. */
const BEFORE_SECRET = /\s*[:=]\s*\S|\s+\S/y;

/**
 * Reports whether a comment names a secret. Uses two patterns: a single one would try the blanks behind each word in
 * all ways.
 */
function namesSecret(comment: string): boolean {
  SECRET_WORD.lastIndex = 0;
  while (SECRET_WORD.test(comment)) {
    BEFORE_SECRET.lastIndex = SECRET_WORD.lastIndex;
    if (BEFORE_SECRET.test(comment)) {
      return true;
    }
  }
  return false;
}

/** A user with a password in a URL, an option of a program, or random characters. */
const SECRET_LOOK =
  /\/\/[^\s/]*@|^[#\s]*-\s+["']?-|(?<![\w+/=-])(?=[\w+/=]*[A-Za-z])(?=[\w+/=]*\d)[\w+/=]{8}|[\w+/=-]{32}/;

/** A field that has been commented out. */
const OLD_FIELD = /^[#\s]*(?:- +)*["'{]*(?<key>[\w-]+)["']?\s*[:=]\s*\S/;

/** Reports whether a comment may hold a secret. */
export function isSuspect(comment: string, secrets: SecretIndex): boolean {
  const { key } = OLD_FIELD.exec(comment)?.groups ?? {};
  return (
    (key !== undefined && !SHOWN.has(key)) ||
    namesSecret(comment) ||
    SECRET_LOOK.test(comment) ||
    secrets.isIn(comment)
  );
}
