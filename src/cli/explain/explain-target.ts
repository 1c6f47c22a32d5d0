import { connectionFlagStories } from "./flag-stories.ts";
import { credentialStory, namespaceStory, serverStory } from "./connection-stories.ts";
import type { Facts, Outcome } from "./explain-inputs.ts";
import { chosenEntry, chosenName } from "./chosen.ts";
import { entryStory, fieldStories, fieldStory, nestedStory } from "./field-story.ts";
import { fileSteps } from "./file-steps.ts";
import { filesStory } from "./files-story.ts";
import { clusterStory, contextStory, currentContextStory, userStory } from "./name-stories.ts";
import type { Explanation, Step, Story } from "./story.ts";
import type { EffectiveKind, Target } from "./target.ts";

/** Tells how what is asked for came to be what it is. */
export function explain(facts: Facts, target: Target): Explanation {
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

/** What a client would use; told with the fault that keeps it from that, if there is one. */
function effective(facts: Facts, what: EffectiveKind): Explanation {
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

/** Stories of what the files say, whether a client could use it or not. */
function sound(stories: readonly Story[]): Explanation {
  return { stories, fault: undefined };
}

/** Where a flag names an entry that does not exist, there is nothing to tell of what would be in it. */
function connectionStories(facts: Facts): readonly Story[] {
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

function hasEntry(facts: Facts, section: "clusters" | "users" | "contexts"): boolean {
  return chosenEntry(facts, section) !== undefined;
}

/** The entry that is used, with its fields, flags and all. */
function entryStories(facts: Facts, section: "clusters" | "users" | "contexts"): readonly Story[] {
  const name = chosenName(facts, section);
  const entries = {
    clusters: facts.config.clusters,
    users: facts.config.authInfos,
    contexts: facts.config.contexts,
  };
  const entry = entries[section].has(name) ? [entryStory(facts, section, name)] : [];
  return [...entry, ...fieldStories(facts, section, name)];
}

function faultOf(outcome: Outcome<unknown>): unknown {
  return "fault" in outcome ? outcome.fault : undefined;
}
