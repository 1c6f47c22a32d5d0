import type { JsonObject } from "../../api/json-value.ts";
import { writeJson } from "../../codec/json.ts";
import { writeKyaml } from "../../codec/kyaml.ts";
import { writeYaml } from "../../codec/yaml/write.ts";
import { goQuote } from "../../codec/go-quote.ts";
import { goTemplatePrinter } from "./go-template-printer.ts";
import { hasEscapedBytes, toBytes } from "./jsonpath/byte-text.ts";
import { parseJsonPath } from "./jsonpath/jsonpath.ts";

/** Turns the document of a command into what it prints; bytes where that is not UTF-8. */
export type Printer = (document: JsonObject) => string | Uint8Array;

/** The flags that choose a printer. */
export interface PrintFlags {
  /** `-o`: a format, or `format=template`. */
  readonly output: string;
  /** `--template`: the template, or its file, for formats that take one; `""` for none. */
  readonly template: string;
  /** Whether a template may name keys that do not exist. */
  readonly allowMissingTemplateKeys: boolean;
  /** Whether the documents to be printed have secrets in them. */
  readonly hasSecrets: boolean;
}

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
 * Chooses the printer that `-o` and `--template` ask for, as cli-runtime's `PrintFlags.ToPrinter` does.
 *
 * @param readTemplate - reads the file of `jsonpath-file`, `go-template-file` and `templatefile`
 * @throws Error in kubectl's words when there is no such format or the template does not parse
 */
export function selectPrinter(flags: PrintFlags, readTemplate: (file: string) => string): Printer {
  switch (flags.output.toLowerCase()) {
    case "json":
      return (document) => `${writeJson(document, 4)}\n`;
    case "yaml":
      return (document) => inContext("yaml: ", () => writeYaml(document));
    case "kyaml":
      return (document) => inContext("error decoding: yaml: ", () => writeKyaml(document));
    case "name":
    case "":
      return (document) => `${nameOfKind(document)}/<unknown>\n`;
    default:
      return templatePrinter(flags, readTemplate);
  }
}

/** The kind in lower case, with its group if it has one. A kubeconfig and a kuberc have no name of their own. */
function nameOfKind(document: JsonObject): string {
  const text = (key: string): string => {
    const value = document.get(key);
    return typeof value === "string" ? value : "";
  };
  const [group = "", version] = text("apiVersion").split("/");
  const kind = text("kind").toLowerCase();
  return version === undefined ? kind : `${kind}.${group}`;
}

function templatePrinter(flags: PrintFlags, readTemplate: (file: string) => string): Printer {
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

/** The template stands after `=` in `-o`, unless `--template` gives it. */
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
): Printer {
  const jsonPath = inContext(`error parsing jsonpath ${template}, `, () => parseJsonPath(template, options));
  return (document) => {
    const text = inContext(`error executing jsonpath ${goQuote(template)}: Error executing template: `, () =>
      jsonPath.execute(document),
    );
    return hasEscapedBytes(text) ? Uint8Array.from(toBytes(text)) : text;
  };
}

function inContext<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${prefix}${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
