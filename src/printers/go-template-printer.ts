import type { JsonObject } from "../api/json-value.ts";
import { writeJson } from "../go/json.ts";
import { type GoTemplate, parseGoTemplate, printDocument, TemplateError } from "./go-template/go-template.ts";
import { goQuote } from "../go/quote.ts";
import { PrintError } from "./print-error.ts";
import { toOutput } from "./to-output.ts";

/** Options of `-o go-template` in addition to the template. */
export interface GoTemplatePrinterOptions {
  readonly allowMissingKeys: boolean;
  /** Whether the document has secrets: a failing template then does not print it. */
  readonly hasSecrets: boolean;
}

/**
 * Makes a printer for a Go template, as cli-runtime's `GoTemplatePrinter`.
 *
 * @throws PrintError when the template does not parse. The printer throws {@link PrintError} when the
 *   template fails, with what it had printed and kubectl's explanation.
 */
export function goTemplatePrinter(
  template: string,
  options: GoTemplatePrinterOptions,
): (document: JsonObject) => string | Uint8Array {
  const compiled = compile(template, options);
  return (document) => {
    try {
      return toOutput(compiled.execute(document));
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      const details = describeFailure(template, error, options.hasSecrets ? undefined : document);
      throw new PrintError(`error executing template ${goQuote(template)}: ${error.message}`, {
        cause: error,
        printed: toOutput(error.printed + details),
      });
    }
  };
}

function compile(template: string, options: GoTemplatePrinterOptions): GoTemplate {
  try {
    return parseGoTemplate(template, options);
  } catch (error) {
    throw error instanceof TemplateError
      ? new PrintError(`error parsing template ${template}, ${error.message}`, { cause: error })
      : error;
  }
}

/** Returns kubectl's explanation on standard output when a template fails, without the document if that has secrets. */
function describeFailure(
  template: string,
  { message }: TemplateError,
  document: JsonObject | undefined,
): string {
  const lines = [
    `Error executing template: ${message}. Printing more information for debugging the template:\n`,
    `\ttemplate was:\n\t\t${template}\n`,
  ];
  if (document !== undefined) {
    lines.push(
      `\traw data was:\n\t\t${writeJson(document)}\n`,
      `\tobject given to template engine was:\n\t\t${printDocument(document)}\n\n`,
    );
  }
  return lines.join("");
}
