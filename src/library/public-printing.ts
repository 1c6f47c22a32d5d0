import type { Host } from "../host/host.ts";
import { readTemplate } from "../loading/read-template.ts";
import type { ObjectPrinterFlags } from "../printers/object-printer.ts";
import { objectPrinter } from "../printers/object-printer.ts";
import { toDocument } from "../printers/to-document.ts";
import { publicFunction } from "../public-function.ts";

const FLAGS = {
  output: "string",
  template: "string",
  allowMissingTemplateKeys: "boolean",
  noHeaders: "boolean",
  showManagedFields: "boolean",
  operation: "string",
} as const;

/** How `printObject` prints: the flags of `bindPrintFlags`, and what was done to the object. */
export type PrintOptions = Partial<ObjectPrinterFlags>;

/**
 * Prints an object as `kubectl get -o FORMAT` does, and returns the text: `json`, `yaml`, `kyaml`, `name`, `jsonpath=…`,
 * `jsonpath-as-json=…`, `jsonpath-file=…`, `go-template=…`, `go-template-file=…`, `custom-columns=…` and
 * `custom-columns-file=…`. With `output: ""` it is the default of commands that change things: `pod/web created`.
 *
 * The object is anything with the shape of a Kubernetes object or list: what JSON.parse returns, Maps, typed objects of
 * @kubernetes/client-node; an array is printed as a `List`. Keys are sorted, `metadata.managedFields` is left out of
 * `json`, `yaml` and `kyaml` unless `showManagedFields` is set. A byte that is not UTF-8, which only a template can make,
 * becomes U+FFFD.
 *
 * @throws PrintError in kubectl's words when there is no such format, or the template cannot be read or fails; never
 *   with anything of the object
 */
export const printObject = publicFunction(
  "printObject",
  FLAGS,
  (host: Host, object: object, options: PrintOptions): string => {
    const {
      output = "",
      template = "",
      allowMissingTemplateKeys = true,
      noHeaders = false,
      showManagedFields = false,
      operation = "",
    } = options;
    const flags = { output, template, allowMissingTemplateKeys, noHeaders, showManagedFields, operation };
    const print = objectPrinter(flags, (file) => readTemplate(host, file));
    const printed = print(toDocument(object));
    return typeof printed === "string" ? printed : new TextDecoder().decode(printed);
  },
);
