import { redactUrlPassword, REDACTED } from "../api/redaction.ts";
import type { FileChange } from "./config-files.ts";
import { textOf } from "./config-files.ts";
import { secretsIn } from "./secrets-in.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** The fields whose values may be shown. All else may be a secret: extensions and unknown fields, too. */
const SHOWN: ReadonlySet<string> = new Set([
  "apiVersion",
  "as",
  "as-uid",
  "certificate-authority",
  "client-certificate",
  "client-key",
  "cluster",
  "clusters",
  "colors",
  "command",
  "contexts",
  "context",
  "current-context",
  "disable-compression",
  "insecure-skip-tls-verify",
  "installHint",
  "interactiveMode",
  "kind",
  "name",
  "namespace",
  "preferences",
  "provideClusterInfo",
  "proxy-url",
  "server",
  "tls-server-name",
  "tokenFile",
  "user",
  "username",
  "users",
]);

/** The indentation, what opens a list element or mapping, a key, and the value. */
const FIELD =
  /^(?<head>\s*(?:- +)*[{[\s]*)(?<quote>["']?)(?<key>[\w-]+)\k<quote>(?<colon>\s*:\s*)(?<value>.*)$/s;

/** A value that tells nothing: none, the begin or the end of a collection. */
const STRUCTURE = /^[\s{}[\],]*(?:null[\s{}[\],]*)?$/;

/**
 * A unified diff of a change, in which every value that may be a secret stands as `REDACTED`: of a line, only the values
 * of fields known to be harmless are shown, and no secret that either side holds, wherever it stands.
 */
export function redactedDiff({ file, before, after }: FileChange): string {
  const [old, fresh] = [before, after].map((data) => (data === undefined ? "" : textOf(data)));
  const secrets = secretsIn([old ?? "", fresh ?? ""]);
  const names = {
    from: before === undefined ? "/dev/null" : file,
    to: after === undefined ? "/dev/null" : file,
  };
  return unifiedDiff(old ?? "", fresh ?? "", names, (line) => redactLine(line, secrets));
}

/** Shows a line of a kubeconfig without what may be secret. */
export function redactLine(line: string, secrets: readonly string[]): string {
  const end = line.endsWith("\r") ? "\r" : "";
  const body = end === "" ? line : line.slice(0, -1);
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), showLine(body));
  return `${shown}${end}`;
}

function showLine(body: string): string {
  if (STRUCTURE.test(body) || body === "---" || body === "...") {
    return body;
  }
  const { head = "", quote = "", key = "", colon = "", value = "" } = FIELD.exec(body)?.groups ?? {};
  if (key === "") {
    // An argument, a comment, a line of a longer text.
    return `${/^\s*(?:- +|#)?/.exec(body)?.[0] ?? ""}${REDACTED}`;
  }
  const field = `${head}${quote}${key}${quote}${colon}`;
  return `${field}${SHOWN.has(key) && isPlain(value) ? redactUrlPassword(value) : hideValue(value)}`;
}

/** A value of one piece: a flow collection may hold anything. */
function isPlain(value: string): boolean {
  return !/[{[#]/.test(value);
}

function hideValue(value: string): string {
  return STRUCTURE.test(value) ? value : REDACTED;
}
