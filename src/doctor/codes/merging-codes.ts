import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about entries that are hidden, dangling or unused. */
export const MERGING_CODES = {
  "shadowed-entry": {
    severity: "warning",
    title: "An earlier file hides an entry",
    explanation:
      "Two files define the same name differently. The first file that defines a name wins, with the entry as a whole: nothing of the later one counts.",
    hint: "Rename or remove one of the two.",
  },
  "repeated-entry": {
    severity: "info",
    title: "Two files hold the same entry",
    explanation: "The entry of the earlier file counts; this one says the same, until one of them is edited.",
    hint: "Remove one of the two.",
  },
  "shadowed-current-context": {
    severity: "info",
    title: "An earlier file hides the current-context",
    explanation: "The first file that sets current-context wins.",
    hint: "Remove the one that does not count.",
  },
  "no-current-context": {
    severity: "warning",
    title: "No context is current",
    explanation: "Without --context, kubectl goes to localhost:8080.",
    hint: "Choose one: kcfg use-context NAME",
  },
  "unknown-current-context": {
    severity: "error",
    title: "The current context does not exist",
    explanation: "kubectl refuses to work without --context.",
    hint: "Choose one that exists: kcfg use-context NAME",
  },
  "unknown-cluster": {
    severity: "error",
    title: "A context names a cluster that does not exist",
    explanation: "kubectl does not tell: it goes to localhost:8080 instead.",
    hint: "Define the cluster, or name another one: kcfg set-context CONTEXT --cluster NAME",
  },
  "unknown-user": {
    severity: "error",
    title: "A context names a user that does not exist",
    explanation: "kubectl does not tell: it asks for a user name and a password.",
    hint: "Define the user, or name another one: kcfg set-context CONTEXT --user NAME",
  },
  "context-without-cluster": {
    severity: "warning",
    title: "A context names no cluster",
    explanation: "kubectl goes to localhost:8080, unless --cluster or --server is given.",
    hint: "Name one: kcfg set-context CONTEXT --cluster NAME",
  },
  "context-without-user": {
    severity: "warning",
    title: "A context names no user",
    explanation: "kubectl asks for a user name and a password, unless --user or a credential is given.",
    hint: "Name one: kcfg set-context CONTEXT --user NAME",
  },
  "invalid-namespace": {
    severity: "warning",
    title: "A namespace that cannot exist",
    explanation:
      "Namespaces are lower-case letters, digits and dashes, at most 63. kubectl does not tell; the server will find nothing.",
    hint: "Correct it: kcfg set-context CONTEXT -n NAMESPACE",
  },
  "unused-cluster": {
    severity: "info",
    title: "No context uses a cluster",
    explanation: "Only --cluster can choose it.",
    hint: "Remove it if it is not wanted: kcfg delete-cluster NAME",
  },
  "unused-user": {
    severity: "info",
    title: "No context uses a user",
    explanation: "Only --user can choose it. Its credentials lie around for nothing.",
    hint: "Remove it if it is not wanted: kcfg delete-user NAME",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
