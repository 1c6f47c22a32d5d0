import type { PluginOutcome, PluginReport } from "../../../api/plugin-report.ts";
import type { Colour, Paint } from "../../colour.ts";
import { goQuote } from "../../../go/quote.ts";
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

/**
 * Formats a report as a line about the policy and a table, with the content of files escaped: a row for each executable
 * and what became of it; if it is wide, for each user.
 */
export function reportTable({ policy, requirements, plugins }: PluginReport, style: TableStyle): string {
  const type =
    policy.credentialPluginPolicy === ""
      ? "none (every plugin may run)"
      : quoteUnprintable(policy.credentialPluginPolicy);
  const source = policy.source === undefined ? "" : `, from ${quoteUnprintable(policy.source)}`;
  const files = requirements.map(
    ({ file, fault }) => `${quoteUnprintable(file)}${fault === undefined ? "" : " (faulty)"}`,
  );
  const demands = files.length === 0 ? "" : `Plugin requirements: ${files.join(" and ")}\n`;
  const head = `Plugin policy: ${type}${source}\n${demands}`;
  if (plugins.length === 0) {
    return `${head}No user has an exec plugin.\n`;
  }
  const headers = ["STATUS", "USER", "CONTEXTS", "COMMAND", "PATH", "REASON"];
  const rows = style.wide
    ? plugins.map((plugin) => [
        ...cellsOf([plugin], MOST_NAMES_WHEN_WIDE),
        quoteUnprintable(plugin.matchedEntry?.command ?? "<none>"),
        quoteUnprintable(plugin.origin),
      ])
    : byExecutable(plugins).map((some) => cellsOf(some, MOST_NAMES));
  const lines = [style.wide ? [...headers, "ENTRY", "ORIGIN"] : headers, ...rows];
  const table = alignColumns(lines.map((cells) => `${cells.join("\t")}\n`).join(""));
  return `${head}\n${paintStatuses(table, style.paint)}`;
}

/** Plugins of one executable, with one outcome. */
type SamePlugins = readonly [PluginOutcome, ...PluginOutcome[]];

/** Longer lists of names are counted. */
const MOST_NAMES = 40;
const MOST_NAMES_WHEN_WIDE = 160;

function byExecutable(plugins: readonly PluginOutcome[]): readonly SamePlugins[] {
  const groups = new Map<string, [PluginOutcome, ...PluginOutcome[]]>();
  for (const plugin of plugins) {
    const { status, command, resolvedPath = "" } = plugin;
    const key = [status, command, resolvedPath, reasonFor(plugin, "")].join("\0");
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [plugin]);
    } else {
      group.push(plugin);
    }
  }
  return [...groups.values()];
}

function cellsOf(plugins: SamePlugins, mostNames: number): readonly string[] {
  const [first, ...others] = plugins;
  const { status, command, resolvedPath = "<none>" } = first;
  return [
    status,
    namesOrCount(
      plugins.map(({ user }) => user),
      "users",
      mostNames,
    ),
    namesOrCount([...new Set(plugins.flatMap(({ contexts }) => contexts))], "contexts", mostNames),
    quoteUnprintable(command),
    quoteUnprintable(resolvedPath),
    quoteUnprintable(others.length === 0 ? first.reason : reasonFor(first, "<user>")),
  ];
}

function namesOrCount(names: readonly string[], noun: string, most: number): string {
  const list = names.map(quoteUnprintable).join(",");
  return names.length > 1 && list.length > most ? `${names.length} ${noun}` : list || "<none>";
}

/** Returns the reason with another text in the place of the user's name. */
function reasonFor({ reason, user }: PluginOutcome, name: string): string {
  return reason.replaceAll(goQuote(user), name);
}

function paintStatuses(table: string, paint: Paint): string {
  return table.replaceAll(/^(?:allowed|denied|missing)(?= )/gm, (status) => {
    return paint(status, COLOURS[status as PluginOutcome["status"]]);
  });
}
