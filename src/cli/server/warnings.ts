import type { Host } from "../../host/host.ts";
import type { ServerWarning } from "../../transport/warning-headers.ts";
import type { IOStreams } from "../io-streams.ts";

/** The code of warnings for people: 299 is "miscellaneous persistent warning". */
const PRINTED = 299;

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

  /** Prints a warning, unless it is of another kind or was printed before. */
  print({ code, text }: ServerWarning): void {
    if (code === PRINTED && text !== "" && !this.#printed.has(text)) {
      this.#printed.add(text);
      this.#streams.err.warning(text, this.#isPainted);
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
