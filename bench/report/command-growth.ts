import type { Format } from "../kubeconfig.ts";
import { FORMATS } from "../kubeconfig.ts";
import type { BenchNode } from "../nodes.ts";
import type { CommandResult, Result } from "../result.ts";
import { SUBJECT } from "../result.ts";
import { wallOf } from "./compare.ts";
import type { Sized } from "./growth.ts";
import { formatText } from "./numbers.ts";
import { growth, perContext, sizeHeaders } from "./growth.ts";
import { markdownTable } from "./table.ts";

/** A growing series: a subject's command on one format. */
interface Growing {
  readonly name: string;
  readonly format: Format;
  readonly sizes: readonly Sized[];
}

/**
 * Returns the table of how the commands grow on one file: wall time per context. For kcfg, without the time of a
 * Node.js that does nothing.
 */
export function commandGrowthTable({ commands, machine }: Result): string {
  const single = commands.filter(({ files }) => files === 1);
  const names = [...new Set(single.map(({ command }) => command))];
  const rows = names.flatMap((name) => {
    const sizes = single.filter(({ command }) => command === name);
    return FORMATS.flatMap((format) => growingOf(name, sizes, format, machine.nodes));
  });
  const header = sizeHeaders(rows[0]?.sizes ?? []);
  return markdownTable(
    ["command", "format", ...header.map((size) => `${size}: µs per context`), "from size to size"],
    rows.map(cellsOf),
  );
}

function growingOf(
  command: string,
  sizes: readonly CommandResult[],
  format: Format,
  nodes: readonly BenchNode[],
): readonly Growing[] {
  const kcfg = nodes.map((node) => ({
    name: `\`kcfg ${command}\`, Node.js ${node.major}`,
    format,
    sizes: sizes.map((each) => beyondNode(each, format, node)),
  }));
  const kubectl = sizes.map(({ contexts, samples }) => ({
    contexts,
    time: wallOf(samples, SUBJECT.kubectl(format)),
  }));
  return [...kcfg, { name: `\`kubectl config ${command}\``, format, sizes: kubectl }];
}

function beyondNode({ contexts, samples }: CommandResult, format: Format, node: BenchNode): Sized {
  const time = wallOf(samples, SUBJECT.kcfg(format, node)) - wallOf(samples, SUBJECT.bare(node));
  return { contexts, time };
}

function cellsOf({ name, format, sizes }: Growing): readonly string[] {
  return [name, formatText(format), ...perContext(sizes), growth(sizes)];
}
