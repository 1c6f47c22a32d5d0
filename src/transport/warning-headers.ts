import type { HeaderLine } from "./headers.ts";
import { notify } from "./listener.ts";

/** A warning of a server about a request, such as that an API version is deprecated. */
export interface ServerWarning {
  /** The warn-code of RFC 7234. API servers send 299, and kubectl prints no other. */
  readonly code: number;
  /** The sender of the warning; `-` for the server itself. */
  readonly agent: string;
  /** The message for people. It may hold anything but control characters. */
  readonly text: string;
}

/** Receives the warnings of a server, one by one, each time. client-go's `WarningHandler`. */
export type OnWarning = (warning: ServerWarning) => void;

const WARNING =
  /^(?<code>\d{3}) (?<agent>[^ \p{Cc}]+) "(?<text>(?:[^"\\]|\\.)*)"\s*(?:"[^"]*"\s*)?(?<more>,\s*|$)/su;

/**
 * Returns the warnings in one `Warning` header; ignores an invalid warning and everything after it. apimachinery's
 * `ParseWarningHeaders`.
 *
 * @param header - a byte string: one character per byte
 */
export function warningsIn(header: string): readonly ServerWarning[] {
  const warnings: ServerWarning[] = [];
  for (let rest = Buffer.from(header, "latin1").toString("utf8").trim(); rest !== "";) {
    const found = WARNING.exec(rest);
    const { code, agent, text } = found?.groups ?? {};
    const plain = text?.replaceAll(/\\(.)/gsu, "$1");
    if (found === null || agent === undefined || plain === undefined || /\p{Cc}/u.test(plain)) {
      break;
    }
    warnings.push({ code: Number(code), agent, text: plain });
    rest = rest.slice(found[0].length);
  }
  return warnings;
}

/** Reports the warnings in the headers of a response, except a redirect's: client-go never sees those. */
export function reportWarnings(
  onWarning: OnWarning | undefined,
  status: number,
  headers: readonly HeaderLine[],
): void {
  if (onWarning === undefined) {
    return;
  }
  const named = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  if ([301, 302, 303, 307, 308].includes(status) && named.some(([name]) => name === "location")) {
    return;
  }
  for (const warning of named.flatMap(([name, value]) => (name === "warning" ? warningsIn(value) : []))) {
    notify(() => onWarning(warning));
  }
}
