import { shellWord, subjectOf } from "../describe.ts";
import type { EntryKind, Facts } from "../facts.ts";
import { findingAt, scoped } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { unusedEntries } from "../unused-entries.ts";

/** Clusters and users that no context of any file names. */
export function* checkUnused(facts: Facts): Generator<Finding> {
  if (facts.files.some(({ state }) => state === "unreadable" || state === "invalid")) {
    return;
  }
  const unused = unusedEntries(facts.files.flatMap(({ config }) => (config === undefined ? [] : [config])));
  const { clusters, authInfos } = facts.merged;
  yield* told(facts, "cluster", clusters, unused.clusters);
  yield* told(facts, "user", authInfos, unused.users);
}

function* told(
  facts: Facts,
  kind: EntryKind & ("cluster" | "user"),
  entries: ReadonlyMap<string, unknown>,
  unused: ReadonlySet<string>,
): Generator<Finding> {
  for (const [name] of scoped(facts, kind, entries)) {
    if (unused.has(name)) {
      yield findingAt(kind === "cluster" ? "unused-cluster" : "unused-user", facts.locate(kind, name), {
        subject: subjectOf(kind, name),
        message: "No context names it.",
        mend: `Remove it if it is not wanted: kcfg delete-${kind} ${shellWord(name)}`,
        // A file that is missing today may hold the context that names it.
        fix: facts.isComplete ? { kind: "remove", entry: kind, name } : undefined,
      });
    }
  }
}
