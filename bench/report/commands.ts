import { FORMATS } from "../kubeconfig.ts";
import type { Format } from "../kubeconfig.ts";
import type { BenchNode } from "../nodes.ts";
import type { CommandResult, Result } from "../result.ts";
import { SUBJECT } from "../result.ts";
import { VIEW } from "../suites/commands.ts";
import { cpuOf, cpuRatio, excess, memoryOf, ratio, wallOf } from "./compare.ts";
import { countText, formatText, ratioText, short, spreadText } from "./numbers.ts";
import { markdownTable } from "./table.ts";

/** Returns the tables of every command on every Node.js, with a row for each size, number of files and format. */
export function commandTables(result: Result): string {
  const commands = [...new Set(result.commands.map(({ command }) => command))];
  return commands
    .flatMap((command) =>
      result.machine.nodes.map((node) => {
        const rows = result.commands.filter((each) => each.command === command);
        return `### \`kcfg ${command}\` on Node.js ${node.version}\n\n${commandTable(command, rows, node)}`;
      }),
    )
    .join("\n\n");
}

function commandTable(command: string, rows: readonly CommandResult[], node: BenchNode): string {
  const isView = command === VIEW;
  return markdownTable(
    [
      "contexts",
      "files",
      "format",
      "kcfg",
      "kubectl",
      ...(isView ? ["official client, loading only"] : []),
      "kcfg beyond `node -e 0`",
      "wall: kcfg / kubectl",
      "CPU",
      "memory",
      ...(isView ? ["wall: kcfg / official client"] : []),
    ],
    rows.flatMap((row) => FORMATS.map((format) => rowOf(row, format, node, isView))),
  );
}

function rowOf(
  { contexts, files, samples }: CommandResult,
  format: Format,
  node: BenchNode,
  isView: boolean,
): readonly string[] {
  const kcfg = SUBJECT.kcfg(format, node);
  const kubectl = SUBJECT.kubectl(format);
  const official = SUBJECT.official(format, node);
  const cell = (subject: string): string =>
    [
      `${short(wallOf(samples, subject))} ms`,
      `${short(cpuOf(samples, subject))} ms`,
      `${short(memoryOf(samples, subject))} MiB`,
    ].join(", ");
  return [
    countText(contexts),
    countText(files),
    formatText(format),
    cell(kcfg),
    cell(kubectl),
    ...(isView ? [cell(official)] : []),
    `${short(excess(samples, kcfg, SUBJECT.bare(node), "wall").median)} ms`,
    spreadText(ratio(samples, kcfg, kubectl, "wall"), ratioText),
    ratioText(cpuRatio(samples, kcfg, kubectl)),
    ratioText(ratio(samples, kcfg, kubectl, "memory").median),
    ...(isView ? [ratioText(ratio(samples, kcfg, official, "wall").median)] : []),
  ];
}
