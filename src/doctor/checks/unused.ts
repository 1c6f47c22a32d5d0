import { shellWord, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import { unusedEntries } from "../unused-entries.ts";

/** Finds clusters and users that no context of any file names. */
export function* checkUnused(facts: ExaminationInput): Generator<Finding> {
  if (!facts.isReadable) {
    return;
  }
  const unused = unusedEntries(facts.files.flatMap(({ config }) => (config === undefined ? [] : [config])));
  yield* findingsOf(facts, "cluster", facts.merged.clusters, unused.clusters);
  yield* findingsOf(facts, "user", facts.merged.authInfos, unused.users);
}

function* findingsOf(
  facts: ExaminationInput,
  kind: "cluster" | "user",
  entries: ReadonlyMap<string, unknown>,
  unused: ReadonlySet<string>,
): Generator<Finding> {
  // A missing file, or a context with a misspelt reference, may name it.
  const isSafe = facts.isComplete && !hasDanglingReference(facts, kind);
  for (const [name] of scoped(facts, kind, entries)) {
    // An entry without a name was to have one, and is reported for that.
    if (name !== "" && unused.has(name)) {
      yield findingAt(kind === "cluster" ? "unused-cluster" : "unused-user", facts.locate(kind, name), {
        subject: subjectOf(kind, name),
        message: "No context names it.",
        hint: `Remove it if it is not wanted: kcfg delete-${kind} ${shellWord(name)}`,
        fix: isSafe ? { kind: "remove", entry: kind, name } : undefined,
      });
    }
  }
}

function hasDanglingReference({ files, merged }: ExaminationInput, kind: "cluster" | "user"): boolean {
  return files.some(({ config }) =>
    [...(config?.contexts.values() ?? [])].some(({ cluster, authInfo }) =>
      kind === "cluster"
        ? cluster !== "" && !merged.clusters.has(cluster)
        : authInfo !== "" && !merged.authInfos.has(authInfo),
    ),
  );
}
