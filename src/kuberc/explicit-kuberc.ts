import { KubercError } from "../errors.ts";

/**
 * The kuberc that a command line names, `""` if none: kubectl looks for it in the bare arguments, before any flag is
 * parsed (`getExplicitKuberc`). So the first `--kuberc` counts, up to `--`, and in the form with `=` the value ends at
 * another `=`.
 *
 * @throws KubercError in kubectl's words when the value is missing
 */
export function explicitKuberc(args: readonly string[]): string {
  const end = args.indexOf("--");
  const flags = end === -1 ? args : args.slice(0, end);
  const index = flags.findIndex((arg) => arg === "--kuberc" || arg.includes("--kuberc="));
  const flag = flags[index];
  if (flag === undefined) {
    return "";
  }
  const value = flag === "--kuberc" ? args[index + 1] : flag.split("=")[1] || undefined;
  if (value === undefined) {
    throw new KubercError("kuberc file is not found");
  }
  return value;
}
