import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import { mergeConfigs } from "../clientcmd/merge.ts";
import { goQuote } from "../go/quote.ts";
import { compareGoStrings } from "../go/order.ts";

/** One file of the list, with its new config. */
export interface PlannedFile {
  readonly file: string;
  readonly config: Config;
}

const SECTIONS = [
  ["cluster", "clusters"],
  ["user", "authInfos"],
  ["context", "contexts"],
] as const;

/**
 * Describes where a change has no effect, because another file of the list takes precedence, and where
 * `current-context` would name a context that does not exist.
 *
 * @param before - the merged config as it was
 * @param next - the merged config as it was to become
 * @param files - the files as they will be, highest precedence first
 */
export function findShadowing(
  before: Config,
  next: Config,
  files: readonly PlannedFile[],
): readonly string[] {
  const merged = mergeConfigs(files.map(({ config }) => config));
  return [
    ...SECTIONS.flatMap(([noun, section]) => shadowedEntries(noun, section, before, next, merged)),
    ...shadowedCurrentContext(before, next, merged, files),
    ...danglingCurrentContext(before, next, merged),
  ].map((message) => `warning: ${message}`);
}

function shadowedEntries(
  noun: string,
  section: (typeof SECTIONS)[number][1],
  before: Config,
  next: Config,
  merged: Config,
): readonly string[] {
  const names = new Set([...before[section].keys(), ...next[section].keys()]);
  return [...names].toSorted(compareGoStrings).flatMap((name) => {
    const wanted = next[section].get(name);
    const shown = merged[section].get(name);
    if (shown === undefined || isDeepStrictEqual(wanted, before[section].get(name))) {
      return [];
    }
    if (wanted === undefined) {
      return [`${noun} ${goQuote(name)} is still there: ${shown.locationOfOrigin} defines it too`];
    }
    return wanted.locationOfOrigin === "" || wanted.locationOfOrigin === shown.locationOfOrigin
      ? []
      : [
          `the change of ${noun} ${goQuote(name)} in ${wanted.locationOfOrigin} has no effect: ${shown.locationOfOrigin}, which comes first, defines it too`,
        ];
  });
}

function shadowedCurrentContext(
  before: Config,
  next: Config,
  merged: Config,
  files: readonly PlannedFile[],
): readonly string[] {
  if (before.currentContext === next.currentContext || merged.currentContext === next.currentContext) {
    return [];
  }
  const file = files.find(({ config }) => config.currentContext !== "")?.file;
  return [`current-context is ${goQuote(merged.currentContext)} now: ${file ?? ""} sets it too`];
}

/**
 * Describes a dangling `current-context`. kubectl has words of its own for a deleted context; this is about all other
 * ways.
 */
function danglingCurrentContext(before: Config, next: Config, merged: Config): readonly string[] {
  const name = merged.currentContext;
  const dangles = name !== "" && !merged.contexts.has(name);
  const dangled = before.currentContext === name && !before.contexts.has(name);
  const deleted = before.contexts.has(name) && !next.contexts.has(name) && before.currentContext === name;
  if (!dangles || dangled) {
    return [];
  }
  return deleted
    ? ['this removed your active context, use "kcfg use-context" to select a different one']
    : [`current-context is ${goQuote(name)}, and there is no context of that name`];
}
