import { Option } from "commander";
import type { Config } from "../api/config.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { canConfirm, confirm } from "./confirm.ts";
import { didYouMean } from "../codec/did-you-mean.ts";
import type { EditFlags } from "./edit.ts";
import type { IOStreams } from "./io-streams.ts";
import { kubectlError } from "./kubectl-words.ts";
import { globTest } from "./glob.ts";

/** The flags of the commands that delete entries. */
export interface DeleteFlags extends EditFlags {
  readonly yes: boolean;
}

/** Makes the flag that replaces the question. */
export function yesOption(): Option {
  return new Option("-y, --yes", "Delete several entries without asking.").default(false);
}

/** What kind of entries is deleted, and where they are. */
export interface DeletedKind {
  readonly noun: "context" | "cluster" | "user";
  readonly section: "contexts" | "clusters" | "authInfos";
  /** The file that the error for a missing name mentions. */
  readonly file: string;
}

/**
 * Returns the names of the entries that some words mean: names, or patterns as in {@link globTest}. A word that is a name is no
 * pattern.
 *
 * @throws Error if a word means none: nothing is deleted then
 */
export function namesToDelete(
  config: Config,
  { noun, section, file }: DeletedKind,
  words: readonly string[],
): readonly string[] {
  const existing = [...config[section].keys()];
  const names = words.flatMap((word) => {
    const matches = existing.includes(word) ? [word] : isPattern(word) ? existing.filter(globTest(word)) : [];
    if (matches.length === 0) {
      throw isPattern(word)
        ? new Error(`no ${noun} matches ${goQuote(word)}`)
        : kubectlError(`cannot delete ${noun} ${word}, not in ${file}${didYouMean(word, existing)}`);
    }
    return matches;
  });
  return [...new Set(names)];
}

/**
 * Asks the user on a terminal before several entries are deleted. One that is named as kubectl names it needs no
 * question.
 *
 * @throws Error if the user does not agree, or cannot be asked about a pattern
 */
export async function confirmDeletion(
  host: Host,
  streams: IOStreams,
  config: Config,
  kind: DeletedKind,
  words: readonly string[],
  { yes, dryRun }: DeleteFlags,
): Promise<void> {
  const names = namesToDelete(config, kind, words);
  const hasPattern = words.some((word) => isPattern(word) && !config[kind.section].has(word));
  if (yes || dryRun || (names.length < 2 && !hasPattern)) {
    return;
  }
  if (canConfirm(host, streams)) {
    names.forEach((name) => streams.err.sayLine(`  ${name}`));
    const what = names.length === 1 ? `this ${kind.noun}` : `these ${names.length} ${kind.noun}s`;
    if (!(await confirm(host, streams, `Delete ${what}?`))) {
      throw new Error("nothing was deleted");
    }
  } else if (hasPattern) {
    throw new Error(
      `a pattern may match more than you think: --yes deletes, --dry-run shows what would be deleted (${names.length} ${kind.noun}${names.length === 1 ? "" : "s"})`,
    );
  }
}

/** Reports whether a word can be a pattern. A bracket alone is a part of a name. */
function isPattern(word: string): boolean {
  return /[*?]|\[.+\]/s.test(word);
}
