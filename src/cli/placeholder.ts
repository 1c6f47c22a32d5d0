import type { Option } from "commander";

/**
 * Returns the kind of a flag's value, from the word in its angle brackets, which completion uses: `context`,
 * `cluster`, `user`, `namespace`, `property`, `command`, `file` and `folder` are looked up, `a|b|c` are values to
 * choose from; any other word is only for people. `""` for a flag without a value.
 */
export function placeholderOf({ flags }: Pick<Option, "flags">): string {
  return /[<[](?<word>[^>\]]*?)(?:\.\.\.)?[>\]]$/.exec(flags)?.groups?.["word"] ?? "";
}

/** Returns the values of a placeholder; one that ends in `=` continues. */
export function choicesIn(placeholder: string): readonly string[] {
  return placeholder.includes("|") ? placeholder.split("|") : [];
}
