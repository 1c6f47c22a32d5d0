import { KubercError } from "../errors.ts";

/**
 * Returns the kuberc that a command line names; `""` if none. kubectl searches the raw arguments before it parses flags
 * (`getExplicitKuberc`), so the first `--kuberc` before `--` counts, and in the form with `=` the value ends at a second
 * `=`.
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
