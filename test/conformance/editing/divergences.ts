import { asKcfg } from "../compare.ts";
import type { Outcome, Text } from "../vector.ts";
import { joinText } from "../vector.ts";
import type { EditCase } from "./edit-case.ts";

/**
 * An intended difference from a step of kubectl.
 *
 * kcfg must do what `instead` makes of kubectl's outcome; a divergence without which no step would fail is removed from
 * the list. Files that differ in the end are listed in the case: `EditCase.instead`.
 */
export interface EditDivergence {
  readonly reason: string;
  readonly appliesTo: (argv: readonly string[], kubectl: Outcome, wanted: EditCase) => boolean;
  readonly instead: (kubectl: Outcome, kcfg: Outcome, argv: readonly string[]) => Outcome;
}

/** Every intended difference in the output of editing commands, with its reason. */
export const editDivergences: readonly EditDivergence[] = [
  {
    reason: "the help is kcfg's own",
    appliesTo: (_argv, kubectl) => /^Usage:$/mu.test(joinText(kubectl.stdout)),
    instead: (kubectl, kcfg, [name]) => ({
      ...kubectl,
      stdout: joinText(kcfg.stdout).includes(`\nUsage:\n  kcfg ${name ?? ""} `) ? kcfg.stdout : "the help",
    }),
  },
  {
    reason: "where kubectl panics, kcfg says what is wrong",
    appliesTo: (_argv, kubectl) => kubectl.exitCode === 2 && tells(kubectl, "panic: "),
    instead: (kubectl, kcfg) =>
      refusal(kcfg, /^error: (?:unable to parse|unrecognized type: ).+\n$/u, kubectl),
  },
  {
    reason: "the fields of a plugin are set and unset, where kubectl parses no path into it",
    appliesTo: ([, property = ""], kubectl) =>
      /^users\..+\.exec\.(?:command|args)$/u.test(property) &&
      tells(kubectl, "unable to parse one or more field values of "),
    instead: (_kubectl, kcfg, [name = "", property = ""]) => ({
      ...kcfg,
      exitCode: 0,
      stdout: `Property "${property}" ${name === "set" ? "set" : "unset"}.\n`,
    }),
  },
  {
    reason: "what is no base64 is told with what to do about it",
    appliesTo: (_argv, kubectl) => tells(kubectl, "error decoding input value: illegal base64 data "),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: joinText(kubectl.stderr).replace(
        /\n$/u,
        " (encode the value as base64 does, or write it as it is with --set-raw-bytes)\n",
      ),
    }),
  },
  {
    reason: "what cannot be set is named, where kubectl prints addresses of memory",
    appliesTo: (_argv, kubectl) => tells(kubectl, "can't set a map to a value: map["),
    instead: (kubectl, kcfg, [, property = ""]) => ({
      ...kubectl,
      stderr: /act-as-user-extra|\.extensions/u.test(property)
        ? kcfg.stderr
        : `error: can't set a map to a value: ${property}\n`,
    }),
  },
  {
    reason: "a path that leads nowhere is told without Go's types and addresses",
    appliesTo: (_argv, kubectl) => /\[\{preferences |navigationStep\{/u.test(joinText(kubectl.stderr)),
    instead: (kubectl, kcfg) =>
      refusal(
        kcfg,
        /^error: unable to (?:parse \S+ after \[preferences\] at api\.Preferences|locate path "" under preferences: .+)\n$/u,
        kubectl,
      ),
  },
  {
    reason: "kind and apiVersion are refused, where kubectl says that it set them and does not",
    appliesTo: ([name = "", property = ""]) =>
      /^(?:un)?set$/u.test(name) && /^(?:kind|apiVersion)$/u.test(property),
    instead: (kubectl, kcfg) =>
      refusal(kcfg, /^error: \w+ is the same in every kubeconfig: .+\n$/u, { ...kubectl, stdout: "" }),
  },
  {
    reason:
      "the file from which an entry was deleted is told, where kubectl tells the default file; and if another has it too",
    appliesTo: ([name = ""], kubectl, { kubeconfigs }) =>
      name.startsWith("delete-") &&
      kubectl.exitCode === 0 &&
      kubeconfigs.length > 1 &&
      tellsDeletion(kubectl),
    instead: (kubectl, kcfg) => ({
      exitCode: 0,
      stdout: joinText(kubectl.stdout).replace(
        / from .*/u,
        () => / from .*/u.exec(joinText(kcfg.stdout))?.[0] ?? "",
      ),
      stderr: withWarnings(kubectl, kcfg),
    }),
  },
  {
    reason: "what a change in one file leaves hidden, shown or dangling is said aloud",
    appliesTo: ([name = "", property = ""], kubectl) =>
      kubectl.exitCode === 0 &&
      (name === "rename-context" ||
        (name === "unset" && /^(?:current-context|contexts(?:\.\w+)?)$/u.test(property)) ||
        property === "current-context") &&
      kubectl.stderr === "",
    instead: (kubectl, kcfg) => ({ ...kubectl, stderr: withWarnings(kubectl, kcfg) }),
  },
  {
    reason: "an error of writing says that nothing was changed",
    appliesTo: (_argv, kubectl) =>
      /^error: open \S+: (?:permission denied|is a directory)\n$/u.test(joinText(kubectl.stderr)),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: joinText(kubectl.stderr).replace(/\n$/u, "; nothing was changed\n"),
    }),
  },
];

/** Returns the divergence that applies to a step. */
export function editDivergenceOf(
  argv: readonly string[],
  kubectl: Outcome,
  wanted: EditCase,
): EditDivergence | undefined {
  return editDivergences.find((each) => each.appliesTo(argv, kubectl, wanted));
}

function tellsDeletion(kubectl: Outcome): boolean {
  return joinText(kubectl.stdout).startsWith("deleted ");
}

/** Returns kubectl's words, and kcfg's warnings after them. */
function withWarnings(kubectl: Outcome, kcfg: Outcome): Text {
  const [theirs, ours] = [asKcfg(kubectl.stderr), joinText(kcfg.stderr)];
  return ours.startsWith(theirs) && /^(?:warning: .+\n)*$/u.test(ours) ? ours : theirs;
}

/** Returns kcfg's own refusal when its wording is right. */
function refusal(kcfg: Outcome, wording: RegExp, { stdout }: Outcome): Outcome {
  const stderr = joinText(kcfg.stderr);
  return { exitCode: 1, stdout, stderr: wording.test(stderr) ? stderr : `a message like ${wording.source}` };
}

function tells(outcome: Outcome, words: string): boolean {
  return joinText(outcome.stderr).includes(words);
}
