import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about values that read differently from what they look like. */
export const TEXT_CODES = {
  "duplicate-name": {
    severity: "error",
    title: "A name stands twice in one list",
    explanation: "kubectl refuses the whole file.",
    hint: "Rename or remove one of the two.",
  },
  "unnamed-entry": {
    severity: "warning",
    title: "An entry has no name",
    explanation:
      "A cluster, user or context without a name cannot be chosen: kubectl takes it only where a context names nothing at all. Most often the name was forgotten, misspelt, or is inside the entry instead of beside it.",
    hint: "Give it a name.",
  },
  "repeated-field": {
    severity: "warning",
    title: "A field stands twice",
    explanation: "Only the last of the two has an effect. kubectl does not tell.",
    hint: "Remove the one that is wrong.",
  },
  "ignored-document": {
    severity: "warning",
    title: "A file holds more than one document",
    explanation:
      "kubectl reads the first YAML document of a kubeconfig, and does not tell that there are others.",
    hint: "Put it into a file of its own and list that in KUBECONFIG, or merge the two: kcfg import FILE",
  },
  "unknown-field": {
    severity: "warning",
    title: "kubectl knows no such field",
    explanation:
      "The field has no effect, and kubectl does not tell. Names are case-sensitive and mostly written with dashes. Whatever other programs keep belongs under extensions.",
    hint: "Correct the name, or remove the field.",
  },
  "yaml-not-text": {
    severity: "error",
    title: "YAML takes a text for something else",
    explanation:
      "Without quotes y, n, yes, no, on, off, true and false are booleans, and 0755, 1_000 or 1e3 are numbers, as YAML 1.1 has it. kubectl refuses the file where it wants a text.",
    hint: "Quote it.",
  },
  "yaml-surprise": {
    severity: "warning",
    title: "YAML says something else than it seems to",
    explanation:
      "kubectl reads YAML 1.1, other programs another version: one and the same word is a boolean, a number, a date or nothing to one, and a text to another; a tag, a line break beyond ASCII or a ? in front of a key means something to one alone.",
    hint: "Quote a text; write booleans as true and false.",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
