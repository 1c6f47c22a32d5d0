import { credentialStory, namespaceStory, serverStory } from "./connection-stories.ts";
import type { ExplainInputs, ValueOrFault } from "./explain-inputs.ts";
import { chosenEntry, chosenName } from "./chosen.ts";
import { entryStory, fieldStories, fieldStory, nestedStory } from "./field-story.ts";
import { fileSteps } from "./file-steps.ts";
import { clusterStory, contextStory, currentContextStory, userStory } from "./name-stories.ts";
import type { Explanation, Step, Story } from "./story.ts";
import type { EffectiveKind, Target } from "./target.ts";
import { FIELDS } from "./shown-field.ts";
import { filepathFor } from "../../go/filepath.ts";
import { quoteForSentence } from "../../go/printable-text.ts";
import { DEFAULT, flag, variable } from "./story.ts";

/** Explains the origin of the target's value. */
export function explain(facts: ExplainInputs, target: Target): Explanation {
  switch (target.kind) {
    case "entry":
      return sound([
        entryStory(facts, target.section, target.name),
        ...fieldStories(facts, target.section, target.name),
      ]);
    case "field":
      return sound([
        target.below.length === 0
          ? fieldStory(facts, target, true)
          : nestedStory(facts, target, target.below),
      ]);
    case "other": {
      const steps = fileSteps(facts, target.path, { overridden: false, all: true });
      return sound([{ subject: target.path.join("."), value: usedValue(steps), steps, rules: [] }]);
    }
    default:
      return effective(facts, target.kind);
  }
}

function usedValue(steps: readonly Step[]): string | undefined {
  return steps.find(({ status }) => status === "used")?.value;
}

/** Explains the effective value; with the error that a client would report, if there is one. */
function effective(facts: ExplainInputs, what: EffectiveKind): Explanation {
  const fault = faultOf(facts.connection) ?? faultOf(facts.namespace);
  switch (what) {
    case "context":
      return { stories: [contextStory(facts, true), ...entryStories(facts, "contexts")], fault };
    case "cluster":
      return { stories: [clusterStory(facts, true), ...entryStories(facts, "clusters")], fault };
    case "user":
      return {
        stories: [userStory(facts, true), ...entryStories(facts, "users"), credentialStory(facts)],
        fault,
      };
    case "files":
      return sound([filesStory(facts)]);
    case "server":
      return {
        stories: [hasEntry(facts, "clusters") ? serverStory(facts, true) : clusterStory(facts, true)],
        fault,
      };
    case "credential":
      return { stories: [hasEntry(facts, "users") ? credentialStory(facts) : userStory(facts, true)], fault };
    case "namespace":
      return { stories: [namespaceStory(facts, true)], fault: faultOf(facts.namespace) };
    case "current-context":
      return sound([currentContextStory(facts, true)]);
    default:
      return { stories: connectionStories(facts), fault };
  }
}

/** Makes an explanation of what the files define, whether or not a client could use it. */
function sound(stories: readonly Story[]): Explanation {
  return { stories, fault: undefined };
}

/** Explains the connection. Where a flag names an entry that does not exist, its fields are left out. */
function connectionStories(facts: ExplainInputs): readonly Story[] {
  const names = [filesStory(facts), contextStory(facts, false)];
  if (!hasEntry(facts, "contexts")) {
    return names;
  }
  return [
    ...names,
    clusterStory(facts, false),
    ...(hasEntry(facts, "clusters") ? [serverStory(facts, false)] : []),
    userStory(facts, false),
    ...(hasEntry(facts, "users") ? [credentialStory(facts)] : []),
    ...connectionFlagStories(facts),
    namespaceStory(facts, false),
  ];
}

function hasEntry(facts: ExplainInputs, section: "clusters" | "users" | "contexts"): boolean {
  return chosenEntry(facts, section) !== undefined;
}

/** Explains the effective entry, with its fields and flags. */
function entryStories(facts: ExplainInputs, section: "clusters" | "users" | "contexts"): readonly Story[] {
  const name = chosenName(facts, section);
  const entries = {
    clusters: facts.config.clusters,
    users: facts.config.authInfos,
    contexts: facts.config.contexts,
  };
  const entry = entries[section].has(name) ? [entryStory(facts, section, name)] : [];
  return [...entry, ...fieldStories(facts, section, name)];
}

function faultOf(outcome: ValueOrFault<unknown>): unknown {
  return "fault" in outcome ? outcome.fault : undefined;
}

/** Fields that the explanation of a connection always covers, or never. */
const COVERED: ReadonlySet<string> = new Set(
  (
    "server token username password client-certificate client-certificate-data client-key client-key-data " +
    "extensions"
  ).split(" "),
);

/** Explains the other fields of the cluster and the user that flags change, and impersonation. */
function connectionFlagStories(facts: ExplainInputs): readonly Story[] {
  return (["clusters", "users"] as const).flatMap((section) => {
    const name = chosenName(facts, section);
    return [...FIELDS[section].keys()]
      .filter((field) => !COVERED.has(field))
      .map((field) => ({ field, story: fieldStory(facts, { section, name, field }, false) }))
      .filter(({ field, story }) =>
        story.value !== undefined && field === "as" ? true : isChangedByFlag(story),
      )
      .map(({ field, story: { value, steps, rules } }) => ({ subject: field, value, steps, rules }));
  });
}

function isChangedByFlag({ steps }: Story): boolean {
  return (
    steps.some(({ source, status }) => source.kind === "flag" && status === "used") &&
    steps.some(({ status, value }) => value !== undefined || status === "overridden")
  );
}

/** Explains which files are read, and why. */
function filesStory(facts: ExplainInputs): Story {
  const { flags, host, origins } = facts;
  const list = host.env["KUBECONFIG"] ?? "";
  const by = flags.kubeconfig !== "" ? "flag" : list === "" ? "default" : "variable";
  const count = filepathFor(host)
    .splitList(list)
    .filter((file) => file !== "").length;
  const found = origins.files.filter(({ config }) => config !== undefined).length;
  const steps: readonly Step[] = [
    by === "flag"
      ? { source: flag("--kubeconfig"), status: "used", value: quoteForSentence(flags.kubeconfig) }
      : { source: flag("--kubeconfig"), status: "not-set" },
    list === ""
      ? { source: variable("KUBECONFIG"), status: "not-set" }
      : {
          source: variable("KUBECONFIG"),
          status: by === "flag" ? "overridden" : "used",
          value: listOf(count),
        },
    ...(by === "default"
      ? [{ source: DEFAULT, status: "used", note: "the kubeconfig in the home folder" } as const]
      : []),
  ];
  return {
    subject: "files",
    value: `${found} of ${origins.files.length}`,
    steps: [
      ...steps,
      ...origins.files.map(({ file, config }): Step => {
        return { source: { kind: "file", name: file }, status: config === undefined ? "missing" : "used" };
      }),
    ],
    rules: rulesFor(by, origins.files.length),
  };
}

function listOf(count: number): string {
  return count === 1 ? "a single file" : `a list of ${count} files`;
}

function rulesFor(by: "flag" | "variable" | "default", count: number): readonly string[] {
  switch (by) {
    case "flag":
      return ["With --kubeconfig only that file is read."];
    case "variable":
      return count > 1 ? ["They are merged; the first file to define a name keeps it."] : [];
    default:
      return [];
  }
}
