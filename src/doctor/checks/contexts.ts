import type { Context } from "../../api/config.ts";
import { quote, shellWord, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped, wholeFile } from "../examination-input.ts";
import type { Finding, Place } from "../finding.ts";
import { suggestName } from "../suggest-name.ts";

/** A valid name of a namespace: a lower-case DNS label of RFC 1123. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Checks contexts, and the current one among them, for missing entries. */
export function* checkContexts(facts: ExaminationInput): Generator<Finding> {
  const { merged } = facts;
  yield* checkCurrentContext(facts);
  const clusters = suggestName(merged.clusters);
  const users = suggestName(merged.authInfos);
  for (const [name, context] of scoped(facts, "context", merged.contexts)) {
    yield* checkReference(facts, name, "cluster", context.cluster, clusters);
    yield* checkReference(facts, name, "user", context.authInfo, users);
    yield* checkNamespace(facts, name, context);
  }
}

function* checkCurrentContext(facts: ExaminationInput): Generator<Finding> {
  const { merged, isReadable, contextName } = facts;
  const present = facts.files.find(({ state }) => state === "read");
  if (contextName === "" && present !== undefined && isReadable) {
    const first = merged.contexts.keys().next().value;
    yield findingAt("no-current-context", wholeFile(present.file), {
      message: `current-context is not set${first === undefined ? ", and there is no context" : ""}.`,
      hint:
        first === undefined
          ? "Get a kubeconfig from whoever runs the cluster: kcfg import FILE"
          : `Choose one: kcfg use-context ${shellWord(first)}`,
    });
  } else if (contextName !== "" && !merged.contexts.has(contextName) && isReadable) {
    const hint = suggestName(merged.contexts)(contextName);
    yield findingAt("unknown-current-context", currentContextPlace(facts), {
      message: `There is no context ${quote(contextName)}.${didYouMean(hint)}`,
      hint: `Choose one that exists: kcfg use-context ${hint === undefined ? "NAME" : shellWord(hint)}`,
    });
  }
}

function currentContextPlace({ files, contextName }: ExaminationInput): Place {
  const source = files.find(({ config }) => config?.currentContext === contextName);
  return { file: source?.file, position: source?.root?.fields.get("current-context")?.position };
}

function* checkReference(
  facts: ExaminationInput,
  name: string,
  noun: "cluster" | "user",
  wanted: string,
  suggest: (name: string) => string | undefined,
): Generator<Finding> {
  const { merged, isReadable } = facts;
  const subject = subjectOf("context", name);
  const place = facts.locate("context", name, noun);
  const entries = noun === "cluster" ? merged.clusters : merged.authInfos;
  // An entry may have the empty name.
  if (entries.has(wanted)) {
    return;
  }
  if (wanted === "") {
    yield findingAt(noun === "cluster" ? "context-without-cluster" : "context-without-user", place, {
      subject,
      message: `It names no ${noun}.`,
      hint: `Name one: kcfg set-context ${shellWord(name)} --${noun} NAME`,
    });
  } else if (isReadable) {
    const hint = suggest(wanted);
    yield findingAt(noun === "cluster" ? "unknown-cluster" : "unknown-user", place, {
      subject,
      message: `There is no ${noun} ${quote(wanted)}.${didYouMean(hint)}`,
      hint: `Define it, or name another one: kcfg set-context ${shellWord(name)} --${noun} ${hint === undefined ? "NAME" : shellWord(hint)}`,
    });
  }
}

function didYouMean(hint: string | undefined): string {
  return hint === undefined ? "" : ` Did you mean ${quote(hint)}?`;
}

function* checkNamespace(facts: ExaminationInput, name: string, { namespace }: Context): Generator<Finding> {
  if (namespace !== "" && !DNS_LABEL.test(namespace)) {
    yield findingAt("invalid-namespace", facts.locate("context", name, "namespace"), {
      subject: subjectOf("context", name),
      message: `There can be no namespace ${quote(namespace)}.`,
      hint: `Correct it: kcfg set-context ${shellWord(name)} -n NAMESPACE`,
    });
  }
}
