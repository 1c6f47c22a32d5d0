import type { JsonObject } from "../../api/json-value.ts";
import { formatPrint } from "./format/format-print.ts";
import { parseTemplates } from "./template-parse.ts";
import { runTemplate } from "./template-run.ts";
import { TemplateRunState } from "./run-state.ts";
import { TemplateError } from "./template-error.ts";
import { TEMPLATE_NAME } from "./template-reader.ts";
import { decodeDocument } from "./template-value.ts";

export { TemplateError };

export interface GoTemplateOptions {
  /** Whether a missing key prints `<no value>` instead of being an error. Default: true, as in kubectl. */
  readonly allowMissingKeys?: boolean;
}

export interface GoTemplate {
  /**
   * Runs the template on a document, whose numbers are int64 where they are integers.
   *
   * A template can write bytes that are not UTF-8; each is a lone surrogate in the result (`toBytes` restores the
   * bytes).
   *
   * @throws TemplateError in Go's words, with what was printed before; it contains only names, numbers, types and the
   *   template itself, where Go prints the value.
   */
  execute(document: JsonObject): string;
}

/**
 * Parses a template of Go's text/template, with kubectl's additional functions: `exists` and `base64decode`. Decode a
 * template file that is not UTF-8 by `fromBytes`.
 *
 * @throws TemplateError when the template does not parse, in Go's words: `template: output:1: unclosed action`.
 */
export function parseGoTemplate(
  text: string,
  { allowMissingKeys = true }: GoTemplateOptions = {},
): GoTemplate {
  const templates = parseTemplates(text);
  const outermost = templates.get(TEMPLATE_NAME) ?? { name: TEMPLATE_NAME, body: [] };
  return {
    execute(document: JsonObject): string {
      const dot = decodeDocument(document);
      const state = new TemplateRunState(text, outermost, dot, allowMissingKeys);
      try {
        runTemplate(state, templates, dot);
      } catch (error) {
        throw error instanceof TemplateError
          ? new TemplateError(error.message, state.output.toString())
          : error;
      }
      return state.output.toString();
    },
  };
}

/** Formats a document as Go prints a template's value: `map[kind:Config …]`. */
export function printDocument(document: JsonObject): string {
  return formatPrint([decodeDocument(document)]);
}
