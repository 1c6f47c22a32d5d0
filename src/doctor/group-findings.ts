import type { Finding } from "./finding.ts";
import { SEVERITIES } from "./finding.ts";

/** Findings of one code that are reported together. */
export interface FindingGroup {
  /** In the order of the diagnosis; one that stands alone is a group of one. */
  readonly findings: readonly [Finding, ...Finding[]];
  /** Whether all of them have one message. */
  readonly isOneCause: boolean;
}

/** Fewer findings are reported one by one. */
const FEWEST = 3;
/** The fewest of one code that are reported together although their messages differ. */
const FEWEST_OF_A_CODE = 5;

/**
 * Groups findings by their cause: those of one code with one message; then, if there are many, those of one code in one
 * file. A group is where its first finding was.
 */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const byCause = partition(findings, ({ code, cause, message }) => `${code}\n${cause}\n${message}`);
  const alone = [...byCause.values()].filter((some) => some.length < FEWEST).flat();
  const byCode = partition(alone, ({ code, file = "" }) => `${code}\n${file}`);
  const groupOf = new Map<Finding, FindingGroup>();
  for (const [parts, fewest] of [
    [byCause, FEWEST],
    [byCode, FEWEST_OF_A_CODE],
  ] as const) {
    for (const [first, ...others] of parts.values()) {
      if (first !== undefined && others.length + 1 >= fewest) {
        const isOneCause = others.every(({ message }) => message === first.message);
        const group: FindingGroup = { findings: [first, ...others], isOneCause };
        group.findings.forEach((finding) => groupOf.set(finding, group));
      }
    }
  }
  return [
    ...new Set(
      findings.map((finding) => groupOf.get(finding) ?? { findings: [finding] as const, isOneCause: true }),
    ),
  ];
}

function partition(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string,
): ReadonlyMap<string, readonly Finding[]> {
  const parts = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const part = parts.get(key) ?? [];
    part.push(finding);
    parts.set(key, part);
  }
  return parts;
}

/** A part of a report: the groups of one file. */
export interface FindingSection {
  /** Undefined for what is in no file. */
  readonly file: string | undefined;
  /** Whether its groups are in several files. */
  readonly isOfSeveral: boolean;
  readonly groups: readonly FindingGroup[];
}

/** Arranges groups: first those of several files, the worst and largest first; then file by file. */
export function sectionsOf(groups: readonly FindingGroup[]): readonly FindingSection[] {
  const several = groups.filter(isInSeveralFiles);
  const byFile = new Map<string | undefined, FindingGroup[]>();
  for (const group of groups.filter((each) => !isInSeveralFiles(each))) {
    const { file } = group.findings[0];
    const section = byFile.get(file) ?? [];
    section.push(group);
    byFile.set(file, section);
  }
  const sections = [...byFile].map(([file, some]) => ({ file, isOfSeveral: false, groups: some }));
  const first = {
    file: undefined,
    isOfSeveral: true,
    groups: several.toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.findings[0].severity) - SEVERITIES.indexOf(b.findings[0].severity) ||
        b.findings.length - a.findings.length,
    ),
  };
  return several.length > 0 ? [first, ...sections] : sections;
}

function isInSeveralFiles({ findings: [{ file }, ...others] }: FindingGroup): boolean {
  return others.some((finding) => finding.file !== file);
}

/** Counts what a group is about: `97 users`. */
export function countOf({ findings }: FindingGroup): string {
  const kinds = new Set(findings.map(({ subject }) => /^(?:cluster|user|context)(?= ")/.exec(subject)?.[0]));
  const [kind] = kinds;
  return `${findings.length} ${kinds.size === 1 && kind !== undefined ? `${kind}s` : "places"}`;
}

/** Names the cause that the findings of a group share: `aws: 97 users`. */
export function titleOf(group: FindingGroup): string {
  const { cause } = group.findings[0];
  return cause === "" || !group.isOneCause ? countOf(group) : `${cause}: ${countOf(group)}`;
}

/** Names what a finding is about within its group: the name alone, of an entry. */
export function memberOf({ subject, position, file }: Finding): string {
  const name = /^(?:cluster|user|context) "(?<name>.*)"$/s.exec(subject)?.groups?.["name"];
  return (
    name ?? (subject === "" ? (position === undefined ? (file ?? "") : `line ${position.line}`) : subject)
  );
}
