import { goQuote } from "../../go/quote.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { chosenName } from "./chosen.ts";
import { fileSteps } from "./file-steps.ts";
import { suggestNames } from "./near-names.ts";
import { quoteForSentence } from "../../go/printable-text.ts";
import type { Step, Story } from "./story.ts";
import { flag } from "./story.ts";

/** Explains `current-context` in the files, ignoring flags. */
export function currentContextStory(facts: ExplainInputs, all: boolean): Story {
  const steps = fileSteps(facts, ["current-context"], { overridden: false, all });
  const { currentContext } = facts.config;
  return {
    subject: "current-context",
    value: currentContext === "" ? undefined : quoteForSentence(currentContext),
    steps,
    rules: [...scalarRules(steps), ...absenceRules(currentContext, "context", facts.config.contexts)],
  };
}

/** Explains which context is used, and where it is defined. */
export function contextStory(facts: ExplainInputs, all: boolean): Story {
  const asked = facts.overrides.currentContext;
  const overridden = asked !== "";
  const steps: readonly Step[] = [
    flagStep("--context", asked),
    ...fileSteps(facts, ["current-context"], { overridden, all }),
  ];
  const name = chosenName(facts, "contexts");
  return {
    subject: "context",
    value: name === "" ? undefined : quoteForSentence(name),
    steps,
    rules: [
      ...(overridden ? [] : scalarRules(steps)),
      ...absenceRules(name, "context", facts.config.contexts),
      ...(name === "" ? ["Nothing names a context, so none is used."] : []),
    ],
  };
}

/** Explains which cluster entry is used. */
export function clusterStory(facts: ExplainInputs, all: boolean): Story {
  const { overrides, config } = facts;
  return entryNameStory(facts, "cluster", overrides.context.cluster, "clusters", config.clusters, all);
}

/** Explains which user entry is used. */
export function userStory(facts: ExplainInputs, all: boolean): Story {
  const { overrides, config } = facts;
  return entryNameStory(facts, "user", overrides.context.authInfo, "users", config.authInfos, all);
}

function entryNameStory(
  facts: ExplainInputs,
  noun: "cluster" | "user",
  asked: string,
  section: "clusters" | "users",
  entries: ReadonlyMap<string, unknown>,
  all: boolean,
): Story {
  const context = chosenName(facts, "contexts");
  const name = chosenName(facts, section);
  const note = `by the context ${goQuote(context)}`;
  const hasContext = facts.config.contexts.has(context);
  const steps: readonly Step[] = [
    flagStep(`--${noun}`, asked),
    ...(hasContext
      ? fileSteps(facts, ["contexts", context, noun], { overridden: asked !== "", all, note })
      : []),
  ];
  return {
    subject: noun,
    value: name === "" ? undefined : quoteForSentence(name),
    steps,
    rules: [
      ...absenceRules(name, noun, entries),
      ...(name === "" ? [`Nothing names a ${noun}, so no ${noun} entry is used.`] : []),
    ],
  };
}

export function flagStep(name: string, value: string): Step {
  return value === ""
    ? { source: flag(name), status: "not-set" }
    : { source: flag(name), status: "used", value: quoteForSentence(value) };
}

function scalarRules(steps: readonly Step[]): readonly string[] {
  return steps.some(({ status }) => status === "shadowed")
    ? ["The first file that sets current-context gives it."]
    : [];
}

function absenceRules(name: string, noun: string, entries: ReadonlyMap<string, unknown>): readonly string[] {
  return name === "" || entries.has(name)
    ? []
    : [`There is no ${noun} ${goQuote(name)}${suggestNames(name, entries.keys())}.`];
}
