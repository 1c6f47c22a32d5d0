import type { Host } from "../../host/host.ts";
import type { IOStreams } from "../io-streams.ts";

/** Prints the warnings of a server, each once. client-go's `warningWriter`. */
export class WarningWriter {
  readonly #streams: IOStreams;
  readonly #isPainted: boolean;
  readonly #printed = new Set<string>();

  constructor(host: Host, streams: IOStreams) {
    this.#streams = streams;
    this.#isPainted = allowsColour(host);
  }

  /** How many warnings were printed. */
  get count(): number {
    return this.#printed.size;
  }

  /**
   * Prints warnings.
   *
   * @param headers - each `Warning` of a response, a character for a byte, as in HTTP
   */
  print(headers: readonly string[]): void {
    const readable = headers.map((header) => Buffer.from(header, "latin1").toString("utf8"));
    for (const text of readable.flatMap(warningsIn)) {
      if (text !== "" && !this.#printed.has(text)) {
        this.#printed.add(text);
        this.#streams.err.warning(text, this.#isPainted);
      }
    }
  }
}

/** Reports whether colours are allowed. cli-runtime's `AllowsColorOutput`. */
function allowsColour({ env, platform, terminal }: Host): boolean {
  return (
    terminal.isTerminal("stderr") &&
    env["TERM"] !== "dumb" &&
    env["NO_COLOR"] === undefined &&
    (platform !== "win32" || (env["WT_SESSION"] ?? "") !== "")
  );
}

/** The code of a server's own warnings: 299 is "miscellaneous persistent warning". */
const TELLING = 299;

const WARNING =
  /^(?<code>\d{3}) (?<agent>[^ \p{Cc}]+) "(?<text>(?:[^"\\]|\\.)*)"\s*(?:"[^"]*"\s*)?(?<more>,\s*|$)/su;

/**
 * Parses the warnings in one `Warning` header; skips an invalid one, and all after it. apimachinery's
 * `ParseWarningHeaders`.
 */
export function warningsIn(header: string): readonly string[] {
  const texts: string[] = [];
  for (let rest = header.trim(); rest !== "";) {
    const found = WARNING.exec(rest);
    const text = found?.groups?.["text"]?.replaceAll(/\\(.)/gsu, "$1");
    if (found === null || text === undefined || /\p{Cc}/u.test(text)) {
      break;
    }
    if (Number(found.groups?.["code"]) === TELLING) {
      texts.push(text);
    }
    rest = rest.slice(found[0].length);
  }
  return texts;
}
