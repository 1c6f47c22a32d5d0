import { goQuote } from "../../go/quote.ts";
import { goTemplatePrinter } from "./go-template-printer.ts";
import { withPrintContext } from "./with-print-context.ts";
import { hasEscapedBytes, toBytes } from "../../go/byte-text.ts";
import { parseJsonPath } from "./jsonpath/jsonpath.ts";
import type { DocumentPrinter, PrintFlags } from "./printer.ts";

const ALLOWED_FORMATS = [
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

/**
 * Makes the printer of a format that takes a template.
 *
 * @param readTemplate - reads the file of `jsonpath-file`, `go-template-file` and `templatefile`
 * @throws Error in kubectl's words when there is no such format or the template does not parse
 */
export function templatePrinter(flags: PrintFlags, readTemplate: (file: string) => string): DocumentPrinter {
  const { format, template } = splitTemplate(flags);
  if (!JSONPATH_FORMATS.has(format) && !GO_TEMPLATE_FORMATS.has(format)) {
    throw new Error(
      `unable to match a printer suitable for the output format ${goQuote(flags.output)}, allowed formats are: ${ALLOWED_FORMATS.join(",")}`,
    );
  }
  if (template === "") {
    throw new Error("template format specified but no template given");
  }
  const text = format.endsWith("file") ? readTemplate(template) : template;
  const allowMissingKeys = flags.allowMissingTemplateKeys;
  return JSONPATH_FORMATS.has(format)
    ? jsonPathPrinter(text, { allowMissingKeys, jsonOutput: format === "jsonpath-as-json" })
    : goTemplatePrinter(text, { allowMissingKeys, hasSecrets: flags.hasSecrets });
}

/** Splits the template from the format: it is after `=` in `-o`, unless `--template` has it. */
function splitTemplate({ output, template }: PrintFlags): {
  readonly format: string;
  readonly template: string;
} {
  const equals = output.indexOf("=");
  return template !== "" || equals === -1
    ? { format: output, template }
    : { format: output.slice(0, equals), template: output.slice(equals + 1) };
}

function jsonPathPrinter(
  template: string,
  options: { readonly allowMissingKeys: boolean; readonly jsonOutput: boolean },
): DocumentPrinter {
  const jsonPath = withPrintContext(`error parsing jsonpath ${template}, `, () =>
    parseJsonPath(template, options),
  );
  return (document) => {
    const text = withPrintContext(
      `error executing jsonpath ${goQuote(template)}: Error executing template: `,
      () => jsonPath.execute(document),
    );
    return hasEscapedBytes(text) ? Uint8Array.from(toBytes(text)) : text;
  };
}
