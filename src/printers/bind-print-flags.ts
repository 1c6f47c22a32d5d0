import type { Command } from "commander";
import type { FlagInfo } from "../clientcmd/override-flags.ts";
import { bindBoolFlag, bindStringFlag } from "../cobra/bind-flag.ts";
import { checkNames } from "../cobra/check-names.ts";
import type { PrintFlags } from "./print-flags.ts";

/**
 * Registers kubectl's print flags on a command: `-o`, `--output`, `--template`, `--allow-missing-template-keys`,
 * `--no-headers` and `--show-managed-fields`, in the words of `kubectl get --help`. They are read as kubectl reads its
 * own.
 *
 * @returns the flags, for `printObject`: they are set as the command line is parsed
 * @throws Error when the command already has a flag of that name; no flag is registered then
 */
export function bindPrintFlags(command: Command): PrintFlags {
  const flags: PrintFlags = {
    output: "",
    template: "",
    allowMissingTemplateKeys: true,
    noHeaders: false,
    showManagedFields: false,
  };
  checkNames(command, Object.values(FLAGS));
  bindStringFlag(command, FLAGS.output, (value) => (flags.output = value));
  bindStringFlag(command, FLAGS.template, (value) => (flags.template = value));
  bindBoolFlag(command, FLAGS.allowMissingTemplateKeys, (value) => (flags.allowMissingTemplateKeys = value));
  bindBoolFlag(command, FLAGS.noHeaders, (value) => (flags.noHeaders = value));
  bindBoolFlag(command, FLAGS.showManagedFields, (value) => (flags.showManagedFields = value));
  return flags;
}

const FLAGS: Readonly<Record<keyof PrintFlags, FlagInfo>> = {
  output: {
    longName: "output",
    shortName: "o",
    default: "",
    secret: false,
    description:
      "Output format. One of: (json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, " +
      "jsonpath-as-json, jsonpath-file, custom-columns, custom-columns-file). See custom columns " +
      "[https://kubernetes.io/docs/reference/kubectl/#custom-columns], golang template " +
      "[http://golang.org/pkg/text/template/#pkg-overview] and jsonpath template " +
      "[https://kubernetes.io/docs/reference/kubectl/jsonpath/].",
  },
  template: {
    longName: "template",
    shortName: "",
    default: "",
    secret: false,
    description:
      "Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is " +
      "golang templates [http://golang.org/pkg/text/template/#pkg-overview].",
  },
  allowMissingTemplateKeys: {
    longName: "allow-missing-template-keys",
    shortName: "",
    default: "true",
    secret: false,
    description:
      "If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang " +
      "and jsonpath output formats.",
  },
  noHeaders: {
    longName: "no-headers",
    shortName: "",
    default: "false",
    secret: false,
    description:
      "When using the default or custom-column output format, don't print headers (default print headers).",
  },
  showManagedFields: {
    longName: "show-managed-fields",
    shortName: "",
    default: "false",
    secret: false,
    description: "If true, keep the managedFields when printing objects in JSON or YAML format.",
  },
};
