import { redactUrlPassword } from "../api/redaction.ts";

/** The fields whose values may be shown wherever they stand. */
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

/** The indentation, what opens a list element or mapping, a key, and the value. */
const FIELD =
  /^(?<head>\s*(?:- +)*[{[\s]*)(?<quote>["']?)(?<key>[\w-]+)\k<quote>(?<colon>\s*:\s*)(?<value>.*)$/s;

/** A value that tells nothing: none, the begin or the end of a collection. */
const STRUCTURE = /^[\s{}[\],]*(?:null[\s{}[\],]*)?$/;

/**
 * Splits a line of a kubeconfig of which nothing else is known into what may be shown and what may not: of a line that
 * is a harmless field of one piece all, of another field its key.
 */
export function hideLine(line: string): { readonly shown: string; readonly hidden: string } {
  if (STRUCTURE.test(line) || line === "---" || line === "...") {
    return { shown: line, hidden: "" };
  }
  const { head = "", quote = "", key = "", colon = "", value = "" } = FIELD.exec(line)?.groups ?? {};
  if (key === "") {
    // An argument, a comment, a line of a longer text.
    return split(line, /^\s*(?:- +|#)?/.exec(line)?.[0].length ?? 0);
  }
  const isHarmless = SHOWN.has(key) && !/[{[#]/.test(value) && redactUrlPassword(value) === value;
  return isHarmless || STRUCTURE.test(value)
    ? { shown: line, hidden: "" }
    : split(line, `${head}${quote}${key}${quote}${colon}`.length);
}

function split(line: string, at: number): { readonly shown: string; readonly hidden: string } {
  return { shown: line.slice(0, at), hidden: line.slice(at) };
}

/** Words after which a secret may stand, as in a field that has been commented out. */
const SECRET_FIELD =
  /(?:token|passw|passphrase|secret|credential|api-?key|key-data|private|bearer|authorization|value)[\w-]*["']?(?:\s*[:=]|\s+)\s*\S/i;

/** What looks like a user with a password in a URL, an option of a program, or random characters. */
const SECRET_LOOK =
  /\/\/[^\s/]*@|^[#\s]*-\s+["']?-|(?<![\w+/=-])(?=[\w+/=]*[A-Za-z])(?=[\w+/=]*\d)[\w+/=]{8}|[\w+/=-]{32}/;

/** A field that has been commented out. */
const OLD_FIELD = /^[#\s]*(?:- +)*["'{]*(?<key>[\w-]+)["']?\s*[:=]\s*\S/;

/** Whether a comment may hold a secret. */
export function isSuspect(comment: string, secrets: readonly string[]): boolean {
  const { key } = OLD_FIELD.exec(comment)?.groups ?? {};
  return (
    (key !== undefined && !SHOWN.has(key)) ||
    SECRET_FIELD.test(comment) ||
    SECRET_LOOK.test(comment) ||
    secrets.some((secret) => comment.includes(secret))
  );
}
