import type { PlaceNames } from "../printers/origins/show-place.ts";
import { quoteForSentence } from "../../go/printable-text.ts";
import type { Paint } from "../colour.ts";
import type { Explanation, ValueSource, Step, Story } from "./story.ts";

/** A wider name of a source moves its value to the next line. */
const WIDEST = 40;
const INDENT = 5;
const WIDTH = 80;

/** Formats an explanation for people. */
export function explanationText({ stories }: Explanation, names: PlaceNames, paint: Paint): string {
  return stories.map((story) => storyText(story, names, paint)).join("\n");
}

function storyText({ subject, value, steps, rules }: Story, names: PlaceNames, paint: Paint): string {
  const labels = steps.map(({ source }) => labelOf(source, names));
  const width = labels
    .map((label) => lengthOf(label))
    .filter((length) => length <= WIDEST)
    .reduce((widest, length) => Math.max(widest, length), 0);
  const lines = steps.map((step, i) => stepText(step, labels[i] ?? "", width, paint));
  return [
    `${paint(quoteForSentence(subject), "bold")}${headOf(value, steps)}`,
    ...lines,
    ...rules.flatMap((rule) => wrapped(rule)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Formats the first line. An entry has a place, and no value. */
function headOf(value: string | undefined, steps: readonly Step[]): string {
  if (value !== undefined) {
    return `: ${value}`;
  }
  const isPlace = steps.some(
    ({ status, value: said, note }) => status === "used" && said === undefined && note === undefined,
  );
  return isPlace ? "" : ": none";
}

function stepText(step: Step, label: string, width: number, paint: Paint): string {
  const said = sayingOf(step);
  const padding =
    lengthOf(label) > width ? `\n${" ".repeat(INDENT + width + 2)}` : " ".repeat(width - lengthOf(label) + 2);
  const line = `${label}${said === "" ? "" : padding}${said}`;
  return step.status === "used" ? `  ${paint("=>", "green")} ${line}` : `     ${paint(line, "dim")}`;
}

function sayingOf({ source, status, value, note }: Step): string {
  const more = note === undefined ? "" : `, ${note}`;
  switch (status) {
    case "used":
      return `${value ?? ""}${value === undefined ? (note ?? "") : more}`;
    case "shadowed":
    case "overridden":
      return value === undefined ? `${status}${more}` : `${value}${more} (${status})`;
    case "missing":
      return "no such file";
    default:
      return note ?? (source.kind === "flag" ? "not given" : "not set");
  }
}

function labelOf(source: ValueSource, names: PlaceNames): string {
  switch (source.kind) {
    case "file":
      return source.position === undefined
        ? names.file(source.name)
        : names.place({ file: source.name, position: source.position });
    case "default":
      return "default";
    default:
      return source.name;
  }
}

/** Wraps a sentence below the steps to the width of a terminal. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = " ";
  for (const word of text.split(" ")) {
    if (line.length > 1 && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
