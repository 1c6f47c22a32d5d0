import type { JsonObject } from "../api/json-value.ts";
import type { Host } from "../host/host.ts";
import { readTemplate } from "../loading/read-template.ts";
import { plainPrinter } from "../printers/plain-printer.ts";
import type { PrintFlags } from "../printers/print-flags.ts";
import { withPrintContext } from "../printers/with-print-context.ts";
import type { PflagCommand } from "./pflag-command.ts";

/** The output of a command. */
export interface Printable {
  readonly document: () => JsonObject;
  /** Returns the document as YAML, if there is a quicker way to it. */
  readonly yaml?: () => string;
}

/** Formats the output of a command; as bytes where the result is not UTF-8. */
export type Printer = (printable: Printable) => string | Uint8Array;

/**
 * Returns the printer for the options `--output`, `--template` and `--allow-missing-template-keys` of a command, as
 * cli-runtime's `PrintFlags.ToPrinter`.
 *
 * @throws PrintError when there is none
 */
export async function printerFor(host: Host, command: PflagCommand): Promise<Printer> {
  const flags = printFlags(command);
  const print = plainPrinter(flags.output === "" ? "name" : flags.output);
  if (print !== undefined) {
    const isYaml = flags.output.toLowerCase() === "yaml";
    return ({ document, yaml }) =>
      isYaml && yaml !== undefined ? withPrintContext("yaml: ", yaml) : print(document());
  }
  // Templates are languages of their own: most commands do not need to load them.
  const { templatePrinter } = await import("../printers/template-printer.ts");
  const printTemplate = templatePrinter(flags, (file) => readTemplate(host, file));
  return ({ document }) => printTemplate(document());
}

/** Returns the print flags. kubectl reads `--template` without `-o` as a Go template. */
function printFlags(command: PflagCommand): PrintFlags & { readonly hasSecrets: boolean } {
  const { raw = false, flatten = false, redact = "", ...flags } = command.opts<PrintFlags & SecretFlags>();
  const isGoTemplate = flags.template !== "" && command.getOptionValueSource("output") !== "cli";
  return {
    ...flags,
    ...(isGoTemplate && { output: "go-template" }),
    hasSecrets: (raw || flatten) && redact !== "all",
  };
}

/** The flags of `kcfg view` that let secrets through. */
interface SecretFlags {
  readonly raw?: boolean;
  readonly flatten?: boolean;
  readonly redact?: string;
}
