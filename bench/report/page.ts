import type { Result } from "../result.ts";
import { commandGrowthTable } from "./command-growth.ts";
import { commandTables } from "./commands.ts";
import { importTable } from "./imports.ts";
import { machineText } from "./machine.ts";
import { operationTables } from "./operations.ts";
import { targetTable } from "./targets.ts";

/** Returns the short report: the targets and whether they were met. */
export function summary(result: Result): string {
  return `${targetTable(result)}\n\n${machineText(result)}`;
}

/** Returns the full report. */
export function fullReport(result: Result): string {
  return [
    summary(result),
    "## Commands",
    "Each cell is wall time, CPU time and peak memory; each ratio of wall times has its quartiles.",
    commandTables(result),
    "## Growth",
    commandGrowthTable(result),
    "## The library",
    importTable(result),
    operationTables(result),
  ].join("\n\n");
}
