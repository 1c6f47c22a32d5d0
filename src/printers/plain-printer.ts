import type { JsonObject } from "../api/json-value.ts";
import { writeJson } from "../go/json.ts";
import { writeKyaml } from "../yaml/kyaml.ts";
import { writeYaml } from "../yaml/write.ts";
import { printNames } from "./print-names.ts";
import { withPrintContext } from "./with-print-context.ts";

/** Formats a document; as bytes where the result is not UTF-8. */
export type DocumentPrinter = (document: JsonObject) => string | Uint8Array;

/** Returns the printer of a format without a template, whose case does not matter; undefined for any other format. */
export function plainPrinter(output: string): DocumentPrinter | undefined {
  switch (output.toLowerCase()) {
    case "json":
      return (document) => withPrintContext("json: ", () => `${writeJson(document, 4)}\n`);
    case "yaml":
      return (document) => withPrintContext("yaml: ", () => writeYaml(document));
    case "kyaml":
      return (document) => withPrintContext("error decoding: yaml: ", () => writeKyaml(document));
    case "name":
      return (document) => printNames(document);
    default:
      return undefined;
  }
}
