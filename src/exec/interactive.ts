import { goQuote } from "../go/quote.ts";
import { ExecPluginError } from "../errors.ts";
import type { Host } from "../host/host.ts";

/**
 * Whether a plugin is given standard input, as its `interactiveMode` has it. client-go's `isInteractive`.
 *
 * @param stdinUnavailable - why it cannot be given it; `""` if it can
 * @throws ExecPluginError if it must have it and cannot, or the mode is none that there is
 */
export function isInteractive(host: Host, interactiveMode: string, stdinUnavailable: string): boolean {
  const isTerminal = (): boolean => host.terminal.isTerminal("stdin");
  switch (interactiveMode) {
    case "Never":
      return false;
    case "IfAvailable":
      return stdinUnavailable === "" && isTerminal();
    case "Always":
      if (!isTerminal()) {
        throw refusal("standard input is not a terminal");
      }
      if (stdinUnavailable !== "") {
        throw refusal(`standard input is unavailable: ${stdinUnavailable}`);
      }
      return true;
    default:
      throw refusal(`unknown interactiveMode: ${goQuote(interactiveMode)}`);
  }
}

function refusal(reason: string): ExecPluginError {
  return new ExecPluginError(`exec plugin cannot support interactive mode: ${reason}`);
}
