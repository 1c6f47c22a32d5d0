import type { Host } from "../../host/host.ts";
import type { IOStreams } from "../io-streams.ts";

/** Reports the warnings of a server, each once. client-go's `warningWriter`. */
export class WarningWriter {
  readonly #streams: IOStreams;
  readonly #isPainted: boolean;
  readonly #told = new Set<string>();

  constructor(host: Host, streams: IOStreams) {
    this.#streams = streams;
    this.#isPainted = allowsColour(host);
  }

  /** How many warnings were told. */
  get count(): number {
    return this.#told.size;
  }

  /** @param headers - each `Warning` of an answer, a character for a byte, as HTTP has it */
  tell(headers: readonly string[]): void {
    const readable = headers.map((header) => Buffer.from(header, "latin1").toString("utf8"));
    for (const text of readable.flatMap(warningsIn)) {
      if (text !== "" && !this.#told.has(text)) {
        this.#told.add(text);
        this.#streams.err.warning(text, this.#isPainted);
      }
    }
  }
}

/** cli-runtime's `AllowsColorOutput`. */
function allowsColour({ env, platform, terminal }: Host): boolean {
  return (
    terminal.isTerminal("stderr") &&
    env["TERM"] !== "dumb" &&
    env["NO_COLOR"] === undefined &&
    (platform !== "win32" || (env["WT_SESSION"] ?? "") !== "")
  );
}

/** What a server that speaks of itself says: 299 is "miscellaneous persistent warning". */
const TELLING = 299;

const WARNING =
  /^(?<code>\d{3}) (?<agent>[^ \p{Cc}]+) "(?<text>(?:[^"\\]|\\.)*)"\s*(?:"[^"]*"\s*)?(?<more>,\s*|$)/su;

/**
 * Returns the strings of the warnings in one `Warning` header; what makes no sense, and all after it, is passed over.
 * apimachinery's `ParseWarningHeaders`.
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
