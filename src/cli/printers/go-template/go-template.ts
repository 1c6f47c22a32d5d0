import type { JsonObject } from "../../../api/json-value.ts";
import { formatPrint } from "./format/format-print.ts";
import { parseTemplates } from "./template-parse.ts";
import { runTemplate } from "./template-run.ts";
import { RunState } from "./run-state.ts";
import { TemplateError } from "./template-error.ts";
import { TEMPLATE_NAME } from "./template-reader.ts";
import { decodeDocument } from "./template-value.ts";

export { TemplateError };

export interface GoTemplateOptions {
  /** A key that is not there prints `<no value>`, instead of being an error. Default: true, as in kubectl. */
  readonly allowMissingKeys?: boolean;
}

export interface GoTemplate {
  /**
   * Runs the template on a document, whose numbers are int64 where they are integers.
   *
   * A template can write bytes that are not UTF-8; each is a lone surrogate in the text (`toBytes` gives the bytes back).
   *
   * @throws TemplateError in Go's words, with what was printed before; nothing in it but names, numbers, types and the
   *   template itself, where Go names the value.
   */
  execute(document: JsonObject): string;
}

/**
 * Parses a template of Go's text/template, with the functions that kubectl adds: `exists` and `base64decode`. A template
 * file that is not UTF-8 comes in through `fromBytes`.
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
      const state = new RunState(text, outermost, dot, allowMissingKeys);
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

/** Returns a document as Go prints the value that a template is given: `map[kind:Config …]`. */
export function printDocument(document: JsonObject): string {
  return formatPrint([decodeDocument(document)]);
}
