import { customColumnsFilePrinter, customColumnsPrinter } from "./custom-columns.ts";
import { withoutManagedFields } from "./managed-fields.ts";
import type { DocumentPrinter } from "./plain-printer.ts";
import { plainPrinter } from "./plain-printer.ts";
import { PrintError } from "./print-error.ts";
import type { PrintFlags } from "./print-flags.ts";
import { splitTemplate } from "./print-flags.ts";
import { printNames } from "./print-names.ts";
import { FORMATS, templatePrinter } from "./template-printer.ts";
import { withPrintContext } from "./with-print-context.ts";

const ALL_FORMATS: readonly string[] = ["custom-columns", "custom-columns-file", ...FORMATS];

/** The print flags, and what was done to the object. */
export interface ObjectPrinterFlags extends Readonly<PrintFlags> {
  /** What the default output says was done: `created`; `""` for nothing. */
  readonly operation: string;
}

/**
 * Makes the printer of Kubernetes objects and lists for the print flags. kubectl's `PrintFlags.ToPrinter`.
 *
 * Errors never show the object, which may be a Secret.
 *
 * @param readTemplate - reads the file of a format that ends in `-file`
 * @throws PrintError when there is no such format, or its template or columns cannot be read
 */
export function objectPrinter(
  flags: ObjectPrinterFlags,
  readTemplate: (file: string) => string,
): DocumentPrinter {
  const output = flags.output === "" && flags.template !== "" ? "go-template" : flags.output;
  const plain = plainPrinter(output);
  if (output === "") {
    return (document) => printNames(document, flags.operation);
  }
  if (plain !== undefined) {
    const keepsAll = flags.showManagedFields || output.toLowerCase() === "name";
    return keepsAll ? plain : (document) => plain(withoutManagedFields(document));
  }
  return (
    columnsPrinter({ ...flags, output }, readTemplate) ??
    templatePrinter({ ...flags, output, hasSecrets: true, hasIntegers: true }, readTemplate, ALL_FORMATS)
  );
}

/** Returns the printer of custom columns; undefined for any other format. */
function columnsPrinter(
  flags: PrintFlags,
  readTemplate: (file: string) => string,
): DocumentPrinter | undefined {
  const { format, template } = splitTemplate(flags);
  if (format !== "custom-columns" && format !== "custom-columns-file") {
    return undefined;
  }
  if (template === "") {
    throw new PrintError("custom-columns format specified but no custom columns given");
  }
  return format === "custom-columns"
    ? customColumnsPrinter(template, flags.noHeaders)
    : customColumnsFilePrinter(
        withPrintContext(`error reading template ${template}, `, () => readTemplate(template)),
      );
}
