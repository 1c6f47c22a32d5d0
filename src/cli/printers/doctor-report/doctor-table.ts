import type { Diagnosis, Finding, Severity } from "../../../doctor/finding.ts";
import { SEVERITIES } from "../../../doctor/finding.ts";
import type { Colour, Paint } from "../../colour.ts";
import { escapeUnprintable } from "../../../go/printable-text.ts";

const COLOURS: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", info: "blue" };

const NOUNS: Readonly<Record<Severity, readonly [one: string, more: string]>> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  info: ["note", "notes"],
};

/** The width of the table, which fits every terminal. */
const WIDTH = 80;
const INDENT = "    ";
const ARROW = "→ ";

/** Formats a diagnosis for people, file by file, with the content of files escaped. */
export function doctorTable(diagnosis: Diagnosis, paint: Paint): string {
  const { findings, omitted } = diagnosis;
  const byFile = new Map<string | undefined, Finding[]>();
  for (const finding of findings) {
    const block = byFile.get(finding.file) ?? [];
    block.push(finding);
    byFile.set(finding.file, block);
  }
  const blocks = [...byFile].map(([file, some]) => writeFile(file, some, paint));
  const more = [...omitted].map(([code, count]) => `${count} more of ${code}\n`).join("");
  return `${blocks.join("\n")}${blocks.length > 0 ? "\n" : ""}${more}${summarize(diagnosis, paint)}`;
}

function writeFile(file: string | undefined, findings: readonly Finding[], paint: Paint): string {
  const title = paint(file === undefined ? "In no file" : escapeUnprintable(file), "bold");
  const blocks = findings.map((finding) => writeFinding(finding, paint));
  return `${title}\n${blocks.join("\n")}`;
}

function writeFinding({ severity, code, position, subject, message, hint }: Finding, paint: Paint): string {
  const label = paint(severity, COLOURS[severity], "bold");
  const place = position === undefined ? "" : paint(`${position.line}:${position.column}`, "cyan");
  const head = [label, code, place].filter((part) => part !== "").join("  ");
  const said = escapeUnprintable(`${subject === "" ? "" : `${subject}: `}${message}`);
  return [
    `  ${head}`,
    ...wrap(said, WIDTH - INDENT.length).map((line) => `${INDENT}${line}`),
    ...wrap(escapeUnprintable(hint), WIDTH - INDENT.length - ARROW.length).map((line, i) =>
      i === 0 ? `${INDENT}${ARROW}${line}` : `${INDENT}${" ".repeat(ARROW.length)}${line}`,
    ),
    "",
  ].join("\n");
}

function summarize({ files, findings }: Diagnosis, paint: Paint): string {
  if (findings.length === 0) {
    const where = files.map(escapeUnprintable).join(", ");
    return `${paint("Nothing was found", "green")}${where === "" ? "" : ` in ${where}`}.\n`;
  }
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const [one, more] = NOUNS[severity];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  });
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const hint = fixable === 0 ? "" : ` kcfg doctor --fix would mend ${fixable}.`;
  return `${counts.join(", ")}.${hint}\n`;
}

/** Wraps a string between words into lines of at most so many characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let length = 0;
  for (const word of text.split(" ")) {
    const size = Array.from(word).length;
    if (line !== "" && length + 1 + size > width) {
      lines.push(line);
      line = word;
      length = size;
    } else {
      line = line === "" ? word : `${line} ${word}`;
      length += size + (length === 0 ? 0 : 1);
    }
  }
  return line === "" ? lines : [...lines, line];
}
