import type { Hazard, HazardGroup } from "../policy/hazard.ts";
import { HAZARD_GROUPS, HAZARDS } from "../policy/hazard.ts";
import { quoteShort } from "../policy/quote-short.ts";
import { escapeUnprintable } from "../go/printable-text.ts";

/** How many lines of one group, and names in one line, are shown; the rest is counted. */
const MOST_LINES = 20;
const MOST_NAMES = 3;
const LONGEST_NAMES = 70;

/** A hazard takes two lines where its entries' names and all of it are longer than this, as those of EKS are. */
const LONGEST_HEAD = 30;
const LONGEST_LINE = 100;

/** Formats the hazards of a kubeconfig for people; empty if there are none. */
export function hazardReport(file: string, hazards: readonly Hazard[]): string {
  return hazards.length === 0 ? "" : `${escapeUnprintable(file)}\n${hazardLines(hazards)}`;
}

/** Formats hazards: a heading for each group, a line for each hazard. */
export function hazardLines(hazards: readonly Hazard[]): string {
  const groups = new Map<HazardGroup, Map<string, Hazard[]>>();
  for (const hazard of hazards) {
    const { group } = HAZARDS[hazard.code];
    const lines = groups.get(group) ?? new Map<string, Hazard[]>();
    groups.set(group, lines);
    const key = `${hazard.kind} ${hazard.detail}`;
    const alike = lines.get(key) ?? [];
    lines.set(key, alike);
    alike.push(hazard);
  }
  const parts = HAZARD_GROUPS.map((group) => writeGroup(group, [...(groups.get(group)?.values() ?? [])]));
  return parts.join("");
}

function writeGroup(group: HazardGroup, lines: readonly (readonly Hazard[])[]): string {
  const more = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((alike) => `    ${writeLine(alike)}\n`);
  return lines.length === 0
    ? ""
    : `  ${group}:\n${shown.join("")}${more > 0 ? `    and ${more} more\n` : ""}`;
}

function writeLine(alike: readonly Hazard[]): string {
  const [first] = alike;
  const { shown, more } = someNames(alike.map(({ name }) => quoteShort(name)));
  const head = `${first?.kind ?? ""}${alike.length === 1 ? "" : "s"} ${shown}${more > 0 ? ` and ${more} more` : ""}:`;
  const detail = first?.detail ?? "";
  const isLong = head.length > LONGEST_HEAD && head.length + detail.length > LONGEST_LINE;
  return `${head}${isLong ? "\n      " : " "}${detail}`;
}

/** Returns as many names as fit into a line, and how many more there are. */
function someNames(names: readonly string[]): { readonly shown: string; readonly more: number } {
  let shown = names[0] ?? "";
  let count = Math.min(1, names.length);
  for (const name of names.slice(1, MOST_NAMES)) {
    if (shown.length + name.length > LONGEST_NAMES) {
      break;
    }
    shown += `, ${name}`;
    count += 1;
  }
  return { shown, more: names.length - count };
}
