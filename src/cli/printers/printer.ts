import type { JsonObject } from "../../api/json-value.ts";
import { writeJson } from "../../go/json.ts";
import { writeKyaml } from "../../yaml/kyaml.ts";
import { writeYaml } from "../../yaml/write.ts";
import { withPrintContext } from "./with-print-context.ts";

/** Formats a document; as bytes where the result is not UTF-8. */
export type DocumentPrinter = (document: JsonObject) => string | Uint8Array;

/** The output of a command. */
export interface Printable {
  readonly document: () => JsonObject;
  /** Returns the document as YAML, if there is a quicker way to it. */
  readonly yaml?: () => string;
}

/** Formats the output of a command. */
export type Printer = (printable: Printable) => string | Uint8Array;

/** The flags that choose a printer. */
export interface PrintFlags {
  /** `-o`: a format, or `format=template`. */
  readonly output: string;
  /** `--template`: the template, or its file, for formats that take one; `""` for none. */
  readonly template: string;
  /** Whether a template may name keys that do not exist. */
  readonly allowMissingTemplateKeys: boolean;
  /** Whether the printed documents have secrets. */
  readonly hasSecrets: boolean;
}

/**
 * Selects the printer for `-o` and `--template`, as cli-runtime's `PrintFlags.ToPrinter` does.
 *
 * @param readTemplate - reads the file of `jsonpath-file`, `go-template-file` and `templatefile`
 * @throws Error in kubectl's words when there is no such format or the template does not parse
 */
export async function selectPrinter(
  flags: PrintFlags,
  readTemplate: (file: string) => string,
): Promise<Printer> {
  switch (flags.output.toLowerCase()) {
    case "json":
      return ({ document }) => `${writeJson(document(), 4)}\n`;
    case "yaml":
      return ({ document, yaml }) => withPrintContext("yaml: ", yaml ?? (() => writeYaml(document())));
    case "kyaml":
      return ({ document }) => withPrintContext("error decoding: yaml: ", () => writeKyaml(document()));
    case "name":
    case "":
      return ({ document }) => `${nameOfKind(document())}/<unknown>\n`;
    default: {
      // Templates are languages of their own: most commands do not need to load them.
      const { templatePrinter } = await import("./template-printer.ts");
      const print = templatePrinter(flags, readTemplate);
      return ({ document }) => print(document());
    }
  }
}

/**
 * Returns the kind in lower case, with its group if it has one. A kubeconfig and a kuberc have no name of their own.
 */
function nameOfKind(document: JsonObject): string {
  const text = (key: string): string => {
    const value = document.get(key);
    return typeof value === "string" ? value : "";
  };
  const [group = "", version] = text("apiVersion").split("/");
  const kind = text("kind").toLowerCase();
  return version === undefined ? kind : `${kind}.${group}`;
}
