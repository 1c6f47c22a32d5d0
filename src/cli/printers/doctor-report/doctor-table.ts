import { codeFacts } from "../../../doctor/codes.ts";
import type { Diagnosis, Finding, Severity } from "../../../doctor/finding.ts";
import { SEVERITIES } from "../../../doctor/finding.ts";
import type { FindingGroup, FindingSection } from "../../../doctor/group-findings.ts";
import { groupFindings, memberOf, sectionsOf, titleOf } from "../../../doctor/group-findings.ts";
import type { Colour, Paint } from "../../colour.ts";
import { escapeUnprintable } from "../../../go/printable-text.ts";

const COLOURS: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", info: "blue" };

const NOUNS: Readonly<Record<Severity, readonly [one: string, more: string]>> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  info: ["info", "info"],
};

/** How much a table tells. */
export interface TableScope {
  /** Whether info is shown. */
  readonly hasInfo: boolean;
  /** Whether all members of a group are named. */
  readonly hasAllMembers: boolean;
}

/** How many members of a group are named in one file. */
const MOST_NAMED = 3;

/** The width of the table, which fits every terminal. */
const WIDTH = 80;
const INDENT = "    ";
const ARROW = "→ ";

/** Formats a diagnosis for people, by cause and file, with the content of files escaped. */
export function doctorTable(diagnosis: Diagnosis, scope: TableScope, paint: Paint): string {
  const shown = diagnosis.findings.filter(({ severity }) => scope.hasInfo || severity !== "info");
  const blocks = sectionsOf(groupFindings(shown)).map((section) => writeSection(section, scope, paint));
  const more = [...diagnosis.omitted]
    .filter(([code]) => scope.hasInfo || codeFacts(code).severity !== "info")
    .map(([code, count]) => `${count} more of ${code}\n`)
    .join("");
  return `${blocks.join("\n")}${blocks.length > 0 ? "\n" : ""}${more}${summarize(diagnosis, scope, paint)}`;
}

function writeSection(
  { file, isOfSeveral, groups }: FindingSection,
  scope: TableScope,
  paint: Paint,
): string {
  const name = isOfSeveral ? "In several files" : file === undefined ? "In no file" : escapeUnprintable(file);
  const blocks = groups.map((group) =>
    group.findings.length === 1
      ? writeFinding(group.findings[0], paint)
      : writeGroup(group, isOfSeveral, scope, paint),
  );
  return `${paint(name, "bold")}\n${blocks.join("\n")}`;
}

function writeGroup(group: FindingGroup, isOfSeveral: boolean, scope: TableScope, paint: Paint): string {
  const [{ severity, code, message, hint }, ...others] = group.findings;
  const most = scope.hasAllMembers ? Infinity : MOST_NAMED;
  const sameHint = others.every((finding) => finding.hint === hint) ? hint : codeFacts(code).hint;
  const shown = group.isOneCause
    ? [message]
    : [
        ...group.findings.slice(0, most).map((finding) => `${memberOf(finding)}: ${finding.message}`),
        ...(group.findings.length > most ? [`and ${group.findings.length - most} more`] : []),
      ];
  const members = group.isOneCause ? membersByFile(group, isOfSeveral, most) : [];
  return [
    `  ${[paint(severity, COLOURS[severity], "bold"), code, paint(escapeUnprintable(titleOf(group)), "cyan")].join("  ")}`,
    ...shown.flatMap((line) => indented(line)),
    ...indented(sameHint, ARROW),
    ...members.flatMap((line) => indented(line)),
    "",
  ].join("\n");
}

/** Names the members of a group, a line for each file. */
function membersByFile({ findings }: FindingGroup, isOfSeveral: boolean, most: number): readonly string[] {
  const byFile = new Map<string | undefined, string[]>();
  for (const finding of findings) {
    const names = byFile.get(finding.file) ?? [];
    names.push(memberOf(finding));
    byFile.set(finding.file, names);
  }
  return [...byFile].map(([file, names]) => {
    const rest = names.length > most ? ` and ${names.length - most} more` : "";
    return `${isOfSeveral ? `${file ?? "no file"}: ` : ""}${names.slice(0, most).join(", ")}${rest}`;
  });
}

/** Wraps and indents a text, with its content escaped. @param mark - what its first line begins with */
function indented(text: string, mark = ""): readonly string[] {
  return wrap(escapeUnprintable(text), WIDTH - INDENT.length - mark.length).map(
    (line, at) => `${INDENT}${at === 0 ? mark : " ".repeat(mark.length)}${line}`,
  );
}

function writeFinding({ severity, code, position, subject, message, hint }: Finding, paint: Paint): string {
  const label = paint(severity, COLOURS[severity], "bold");
  const place = position === undefined ? "" : paint(`${position.line}:${position.column}`, "cyan");
  const head = [label, code, place].filter((part) => part !== "").join("  ");
  return [
    `  ${head}`,
    ...indented(`${subject === "" ? "" : `${subject}: `}${message}`),
    ...indented(hint, ARROW),
    "",
  ].join("\n");
}

function summarize({ files, findings }: Diagnosis, { hasInfo }: TableScope, paint: Paint): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const [one, more] = NOUNS[severity];
    return count === 0 || (severity === "info" && !hasInfo) ? [] : [`${count} ${count === 1 ? one : more}`];
  });
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const hidden = hasInfo ? 0 : findings.filter(({ severity }) => severity === "info").length;
  const where = files.map(escapeUnprintable).join(", ");
  const nothing = `${paint(`Nothing ${hidden === 0 ? "was found" : "is wrong"}`, "green")}${where === "" ? "" : ` in ${where}`}`;
  return [
    `${counts.length === 0 ? nothing : counts.join(", ")}.`,
    ...(hidden === 0 ? [] : [`${hidden} info not shown: kcfg doctor --all.`]),
    ...(fixable === 0 ? [] : [`kcfg doctor --fix would mend ${fixable}.`]),
  ]
    .join(" ")
    .concat("\n");
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
