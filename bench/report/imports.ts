import type { Samples } from "../alternate.ts";
import type { Result } from "../result.ts";
import { BARE, IMPORTS } from "../suites/imports.ts";
import { excess, memoryOf, wallOf } from "./compare.ts";
import { short, signed } from "./numbers.ts";
import { markdownTable } from "./table.ts";

/** Returns the table of what imports cost beyond a bare Node.js, on each Node.js. */
export function importTable(result: Result): string {
  const onNodes = result.machine.nodes.map(
    ({ major }) => result.imports.find(({ node }) => node === major)?.samples ?? {},
  );
  return markdownTable(
    ["what", ...result.machine.nodes.flatMap(({ version }) => [`Node.js ${version}`, "memory"])],
    [[BARE, ...onNodes.flatMap(bareCells)], ...Object.values(IMPORTS).map((what) => rowOf(what, onNodes))],
  );
}

function bareCells(samples: Samples): readonly string[] {
  return [`${short(wallOf(samples, BARE))} ms`, `${short(memoryOf(samples, BARE))} MiB`];
}

function rowOf(what: string, onNodes: readonly Samples[]): readonly string[] {
  return [
    what,
    ...onNodes.flatMap((samples) => [
      signed(excess(samples, what, BARE, "wall").median, "ms"),
      signed(excess(samples, what, BARE, "memory").median, "MiB"),
    ]),
  ];
}
