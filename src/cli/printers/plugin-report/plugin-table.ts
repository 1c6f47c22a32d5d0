import type { PluginOutcome, PluginReport } from "../../../api/plugin-report.ts";
import type { Colour, Paint } from "../../colour.ts";
import { quoteUnprintable } from "../../../go/printable-text.ts";
import { alignColumns } from "../../../go/tabwriter.ts";

/** Options of a table. */
export interface TableStyle {
  /** Adds columns: the entry that matched and the kubeconfig. */
  readonly wide: boolean;
  /** Styles the statuses. */
  readonly paint: Paint;
}

const COLOURS: Readonly<Record<PluginOutcome["status"], Colour>> = {
  allowed: "green",
  denied: "red",
  missing: "yellow",
};

/** Formats a report as a line about the policy and a table of the plugins, with the content of files escaped. */
export function reportTable({ policy, plugins }: PluginReport, style: TableStyle): string {
  const type = policy.type === "" ? "none (every plugin may run)" : quoteUnprintable(policy.type);
  const source = policy.source === undefined ? "" : `, from ${quoteUnprintable(policy.source)}`;
  const head = `Plugin policy: ${type}${source}\n`;
  if (plugins.length === 0) {
    return `${head}No user has an exec plugin.\n`;
  }
  const headers = ["STATUS", "USER", "CONTEXTS", "COMMAND", "PATH", "REASON"];
  const rows = plugins.map((plugin) => [
    plugin.status,
    quoteUnprintable(plugin.user),
    plugin.contexts.map(quoteUnprintable).join(",") || "<none>",
    quoteUnprintable(plugin.command),
    quoteUnprintable(plugin.resolvedPath ?? "<none>"),
    quoteUnprintable(plugin.reason),
    ...(style.wide
      ? [quoteUnprintable(plugin.matchedEntry?.command ?? "<none>"), quoteUnprintable(plugin.origin)]
      : []),
  ]);
  const lines = [style.wide ? [...headers, "ENTRY", "ORIGIN"] : headers, ...rows];
  const table = alignColumns(lines.map((cells) => `${cells.join("\t")}\n`).join(""));
  return `${head}\n${paintStatuses(table, style.paint)}`;
}

function paintStatuses(table: string, paint: Paint): string {
  return table.replaceAll(/^(?:allowed|denied|missing)(?= )/gm, (status) => {
    return paint(status, COLOURS[status as PluginOutcome["status"]]);
  });
}
