import type { Option } from "commander";

const CLUSTER = /^-[a-zA-Z]+$/;

/**
 * Whether the user gives an option: `--name`, `--name=value`, `-n`, `-nvalue`, or as one letter of a cluster such as
 * `-abn`. kubectl's `searchInArgs`. As there, arguments are looked at without regard to what they are: the letter is
 * found in `-ab` where `b` is the value of `-a` too, and options after `--` count. So a value from a kuberc rather gives
 * way once too often.
 */
export function isGiven(option: Option, args: readonly string[]): boolean {
  const names = [option.long, option.short].filter((name) => name !== undefined);
  return args.some((arg) =>
    names.some((name) =>
      name.startsWith("--")
        ? arg === name || arg.startsWith(`${name}=`)
        : arg.startsWith(name) || (CLUSTER.test(arg) && arg.includes(name.slice(1))),
    ),
  );
}
