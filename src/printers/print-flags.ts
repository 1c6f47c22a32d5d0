/** The flags that choose a printer, as `kubectl get` has them. */
export interface PrintFlags {
  /** `-o`: a format, `format=template`, or `""` for the default. */
  output: string;
  /** `--template`: the template, or its file, for formats that take one; `""` for none. Without `-o`, a Go template. */
  template: string;
  /** `--allow-missing-template-keys`: whether a template may name keys that do not exist. */
  allowMissingTemplateKeys: boolean;
  /** `--no-headers`: whether `custom-columns` prints no line of headers. */
  noHeaders: boolean;
  /** `--show-managed-fields`: whether `json`, `yaml` and `kyaml` keep `metadata.managedFields`. */
  showManagedFields: boolean;
}

/** The format of `-o`, and the template: it is after `=` in `-o`, unless `--template` has it. */
export interface FormatAndTemplate {
  readonly format: string;
  readonly template: string;
}

/** Splits the template from the format. */
export function splitTemplate({
  output,
  template,
}: Pick<PrintFlags, "output" | "template">): FormatAndTemplate {
  const equals = output.indexOf("=");
  return template !== "" || equals === -1
    ? { format: output, template }
    : { format: output.slice(0, equals), template: output.slice(equals + 1) };
}
