import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { TEMPLATE_LIMIT } from "../loading/size-limits.ts";
import type { PflagCommand } from "./pflag-command.ts";
import { fromBytes } from "../go/byte-text.ts";
import type { Printer, PrintFlags } from "./printers/printer.ts";
import { selectPrinter } from "./printers/printer.ts";
import { kubectlError } from "./kubectl-words.ts";

/**
 * Returns the printer for the options `--output`, `--template` and `--allow-missing-template-keys` of a command.
 *
 * @throws Error in kubectl's words when there is none
 */
export async function printerFor(host: Host, command: PflagCommand): Promise<Printer> {
  return await selectPrinter(printFlags(command), (file) => readTemplate(host, file));
}

/** Returns the print flags. kubectl reads `--template` without `-o` as a Go template. */
function printFlags(command: PflagCommand): PrintFlags {
  const { raw = false, flatten = false, ...flags } = command.opts<PrintFlags & SecretFlags>();
  const isGoTemplate = flags.template !== "" && command.getOptionValueSource("output") !== "cli";
  return { ...flags, ...(isGoTemplate && { output: "go-template" }), hasSecrets: raw || flatten };
}

/** The flags of `kcfg view` that let secrets through. */
interface SecretFlags {
  readonly raw?: boolean;
  readonly flatten?: boolean;
}

function readTemplate(host: Host, file: string): string {
  try {
    return fromBytes(readFile(host, file, TEMPLATE_LIMIT));
  } catch (error) {
    throw kubectlError(
      `error reading --template ${file}, ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
