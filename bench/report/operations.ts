import { FORMATS } from "../kubeconfig.ts";
import type { OperationResult, Result } from "../result.ts";
import { median } from "../statistics.ts";
import { growth, perContext, sizeHeaders } from "./growth.ts";
import type { Sized } from "./growth.ts";
import { formatText, short } from "./numbers.ts";
import { markdownTable } from "./table.ts";

/**
 * Returns the tables of the library's functions on each Node.js: time per context at each size, and throughput at the
 * largest.
 */
export function operationTables(result: Result): string {
  return result.machine.nodes
    .map((node) => {
      const own = result.operations.filter((each) => each.node === node.major);
      return `### Functions of the library on Node.js ${node.version}\n\n${operationTable(own)}`;
    })
    .join("\n\n");
}

function operationTable(results: readonly OperationResult[]): string {
  const names = [...new Set(results.map(({ operation }) => operation))];
  const groups = names.flatMap((name) =>
    FORMATS.map((format) => results.filter((each) => each.operation === name && each.format === format)),
  );
  const [first = []] = groups;
  return markdownTable(
    [
      "function",
      "format",
      ...sizeHeaders(sized(first)).map((size) => `${size}: µs per context`),
      "from size to size",
      "at the largest: ms",
      "MB/s",
    ],
    groups.flatMap((group) => (group.length === 0 ? [] : [rowOf(group)])),
  );
}

function rowOf(group: readonly OperationResult[]): readonly string[] {
  const sizes = sized(group);
  const last = group.at(-1);
  const time = sizes.at(-1)?.time ?? Number.NaN;
  return [
    last?.operation ?? "",
    formatText(last?.format ?? "yaml"),
    ...perContext(sizes),
    growth(sizes),
    short(time),
    short((last?.bytes ?? Number.NaN) / time / 1000),
  ];
}

function sized(group: readonly OperationResult[]): readonly Sized[] {
  return group
    .map(({ contexts, times }) => ({ contexts, time: median(times) }))
    .toSorted((a, b) => a.contexts - b.contexts);
}
