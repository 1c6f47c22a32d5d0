import type { Option } from "commander";
import { isBoolean } from "../../cobra/commander-options.ts";
import { choicesIn, placeholderOf } from "../placeholder.ts";
import { wrapText } from "./wrap.ts";

/** Where the text of a flag begins: as wide as the tab that kubectl prints there. */
const INDENT = 8;

/** Formats flags as kubectl lists them: sorted, each with its default, and its description below. */
export function flagLines(options: readonly Option[]): string {
  return options
    .toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
    .map((option) => `    ${spelling(option)}:\n${wrapText(describeValues(option), INDENT)}\n`)
    .join("\n");
}

function sortKey({ long, short }: Option): string {
  return long ?? short ?? "";
}

function spelling(option: Option): string {
  const letter = option.short === undefined ? "" : `${option.short}, `;
  return `${letter}${option.long}=${defaultOf(option)}`;
}

function defaultOf(option: Option): string {
  const { defaultValue, defaultValueDescription } = option as {
    readonly defaultValue: unknown;
    readonly defaultValueDescription: string | undefined;
  };
  if (isBoolean(option)) {
    return String(option.negate ? defaultValue === false : defaultValue === true);
  }
  if (option.variadic) {
    return "[]";
  }
  if (typeof defaultValue === "number") {
    return defaultValueDescription ?? String(defaultValue);
  }
  return `'${typeof defaultValue === "string" ? defaultValue : ""}'`;
}

/** Lists the possible values, if the description does not name them all. */
function describeValues(option: Option): string {
  const { description } = option;
  const choices = choicesIn(placeholderOf(option)).filter((choice) => choice !== "");
  return choices.every((choice) => description.includes(choice))
    ? description
    : `${description} One of: ${choices.map((choice) => choice.replace(/=$/, "=…")).join(", ")}.`;
}
