import { goQuote } from "../go/quote.ts";
import { goTemplatePrinter } from "./go-template-printer.ts";
import { parseJsonPath } from "./jsonpath/jsonpath.ts";
import type { DocumentPrinter } from "./plain-printer.ts";
import { PrintError } from "./print-error.ts";
import type { PrintFlags } from "./print-flags.ts";
import { splitTemplate } from "./print-flags.ts";
import { toOutput } from "./to-output.ts";
import { withPrintContext } from "./with-print-context.ts";

/** The formats of cli-runtime's `PrintFlags`. */
export const FORMATS: readonly string[] = [
  "go-template",
  "go-template-file",
  "json",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "kyaml",
  "name",
  "template",
  "templatefile",
  "yaml",
];

const GO_TEMPLATE_FORMATS: ReadonlySet<string> = new Set([
  "go-template",
  "go-template-file",
  "template",
  "templatefile",
]);

const JSONPATH_FORMATS: ReadonlySet<string> = new Set(["jsonpath", "jsonpath-as-json", "jsonpath-file"]);

/** How templates are printed. */
export interface TemplateFlags extends Pick<PrintFlags, "output" | "template" | "allowMissingTemplateKeys"> {
  /** Whether the printed documents have secrets: errors then do not show them. */
  readonly hasSecrets: boolean;
  /** Whether JSONPath finds int64s, as in objects of a server, and not only float64s, as in kubectl's own types. */
  readonly hasIntegers?: boolean;
}

/**
 * Makes the printer of a format that takes a template.
 *
 * @param readTemplate - reads the file of `jsonpath-file`, `go-template-file` and `templatefile`
 * @param allowedFormats - for the message when there is no such format
 * @throws PrintError when there is no such format or the template does not parse
 */
export function templatePrinter(
  flags: TemplateFlags,
  readTemplate: (file: string) => string,
  allowedFormats: readonly string[] = FORMATS,
): DocumentPrinter {
  const { format, template } = splitTemplate(flags);
  if (!JSONPATH_FORMATS.has(format) && !GO_TEMPLATE_FORMATS.has(format)) {
    throw new PrintError(
      `unable to match a printer suitable for the output format ${goQuote(flags.output)}, allowed formats are: ${allowedFormats.join(",")}`,
    );
  }
  if (template === "") {
    throw new PrintError("template format specified but no template given");
  }
  const text = format.endsWith("file")
    ? withPrintContext(`error reading --template ${template}, `, () => readTemplate(template))
    : template;
  const allowMissingKeys = flags.allowMissingTemplateKeys;
  return JSONPATH_FORMATS.has(format)
    ? jsonPathPrinter(text, {
        allowMissingKeys,
        jsonOutput: format === "jsonpath-as-json",
        hasIntegers: flags.hasIntegers ?? false,
      })
    : goTemplatePrinter(text, { allowMissingKeys, hasSecrets: flags.hasSecrets });
}

function jsonPathPrinter(
  template: string,
  options: {
    readonly allowMissingKeys: boolean;
    readonly jsonOutput: boolean;
    readonly hasIntegers: boolean;
  },
): DocumentPrinter {
  const jsonPath = withPrintContext(`error parsing jsonpath ${template}, `, () =>
    parseJsonPath(template, options),
  );
  return (document) =>
    toOutput(
      withPrintContext(`error executing jsonpath ${goQuote(template)}: Error executing template: `, () =>
        jsonPath.execute(document),
      ),
    );
}
