import { OutputBuilder } from "../go-text.ts";
import type { Element } from "../template-value.ts";
import { PRINT_FLAGS } from "./flags.ts";
import { formatValue } from "./format-value.ts";

/** Implements Go's `fmt.Sprint`: with a space between two arguments neither of which is a string. */
export function formatPrint(elements: readonly Element[]): string {
  const result = new OutputBuilder();
  let afterString = true;
  for (const element of elements) {
    const isString = typeof element === "string";
    result.write((afterString || isString ? "" : " ") + formatValue(element, "v", PRINT_FLAGS));
    afterString = isString;
  }
  return result.toString();
}

/** Implements Go's `fmt.Sprintln`. */
export function formatPrintln(elements: readonly Element[]): string {
  const result = new OutputBuilder();
  let separator = "";
  for (const element of elements) {
    result.write(separator + formatValue(element, "v", PRINT_FLAGS));
    separator = " ";
  }
  result.write("\n");
  return result.toString();
}
