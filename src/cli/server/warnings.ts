import type { Host } from "../../host/host.ts";
import { PrintedWarnings } from "../../transport/printed-warnings.ts";
import type { IOStreams } from "../io-streams.ts";

/** Returns what prints the warnings of a server on standard error, each once. */
export function warningPrinter(host: Host, streams: IOStreams): PrintedWarnings {
  const isPainted = allowsColour(host);
  return new PrintedWarnings((text) => streams.err.warning(text, isPainted));
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
