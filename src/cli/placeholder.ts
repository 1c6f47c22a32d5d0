import type { Option } from "commander";

/**
 * Returns what a flag takes, by the word in its angle brackets, which is also what completion goes by: `context`,
 * `cluster`, `user`, `namespace`, `property`, `command`, `file` and `folder` are looked up, `a|b|c` are values to
 * choose from; any other word is only for people. `""` for a flag that takes nothing.
 */
export function placeholderOf({ flags }: Pick<Option, "flags">): string {
  return /[<[](?<word>[^>\]]*?)(?:\.\.\.)?[>\]]$/.exec(flags)?.groups?.["word"] ?? "";
}

/** Returns the values that a placeholder offers; one that ends in `=` wants more behind it. */
export function choicesIn(placeholder: string): readonly string[] {
  return placeholder.includes("|") ? placeholder.split("|") : [];
}
