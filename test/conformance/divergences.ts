import { asKcfg, decoders } from "./compare.ts";
import type { Case, Outcome, Text } from "./vector.ts";
import { joinText } from "./vector.ts";

/**
 * A difference from kubectl that is wanted.
 *
 * kcfg must do what `instead` makes of kubectl's outcome, and that must not be what kubectl did: a divergence that has
 * become equal is taken off this list.
 */
export interface Divergence {
  readonly reason: string;
  readonly appliesTo: (wanted: Case, kubectl: Outcome) => boolean;
  readonly instead: (kubectl: Outcome, kcfg: Outcome) => Outcome;
}

const goTemplates = /^(?:go-template|go-template-file|template|templatefile)(?:=|$)/iu;

/** Every wanted difference, with its reason. */
export const divergences: readonly Divergence[] = [
  {
    reason: "go-template comes later: until then it is refused by name, with a pointer to jsonpath",
    appliesTo: ({ argv }, kubectl) =>
      asksForGoTemplate(argv) &&
      !tells(kubectl, "unknown flag") &&
      !tells(kubectl, "unable to match a printer"),
    instead: (_, kcfg) =>
      refusal(kcfg, /^error: output format ".+" is not supported yet: use -o jsonpath=…\n$/u),
  },
  {
    reason: "what cannot be filtered by a jsonpath is named by its type: its value may be a secret",
    appliesTo: (_, kubectl) =>
      /(?<!: <nil>|: <invalid reflect\.Value>) is not array or slice and cannot be filtered/u.test(
        asKcfg(kubectl.stderr),
      ),
    instead: (kubectl, kcfg) =>
      refusal(
        kcfg,
        /^error: .*: [\w.[\]{}* ]+ is not array or slice and cannot be filtered\n$/u,
        kubectl.stdout,
      ),
  },
  {
    reason:
      "a jsonpath that fails does not print the object it failed on, which with --raw holds every secret",
    appliesTo: (_, kubectl) => tells(kubectl, ". Printing more information for debugging the template:"),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: joinText(kubectl.stderr).replace(/\. Printing more information for debugging[^]*$/u, "\n"),
    }),
  },
  {
    reason: "an error in a file names the file, also where kubectl reads it for view --merge=false",
    appliesTo: ({ argv }, kubectl) =>
      argv.some((word) => /^--merge=(?:false|False|0)$/u.test(word)) &&
      new RegExp(`^error: ${decoders.source}`, "u").test(joinText(kubectl.stderr)),
    // The decoder may also speak about what is to be printed, which is in no file.
    instead: (kubectl, kcfg) =>
      refusal(kcfg, /^error: (?:error loading config file "[^"]+": .+|yaml: .+)\n$/u, kubectl.stdout),
  },
  {
    reason:
      "kubectl complains, without a line end, that it cannot look for a kuberc; kcfg's commands read none yet",
    appliesTo: (_, kubectl) => tells(kubectl, "kuberc: no preferences loaded from "),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: joinText(kubectl.stderr).replace(/^kuberc: no preferences loaded from .*?(?=error: )/u, ""),
    }),
  },
  {
    reason: "where kubectl panics, kcfg says what is wrong",
    appliesTo: (_, kubectl) => kubectl.exitCode === 2 && tells(kubectl, "panic: "),
    instead: (kubectl, kcfg) => refusal(kcfg, /^error: .+\n$/u, kubectl.stdout),
  },
  {
    reason:
      "apiVersion: __internal, which Go decodes into its internal types, is refused as any unknown version",
    appliesTo: ({ files }) => JSON.stringify(files).includes(`"apiVersion: __internal`),
    instead: (_, kcfg) =>
      refusal(
        kcfg,
        /^error: error loading config file .*no kind "Config" is registered for version "__internal".*\n$/u,
      ),
  },
  {
    reason: "--merged is a flag of kcfg view, an alias of --merge",
    appliesTo: ({ argv }) => argv.includes("--merged"),
    instead: (_, kcfg) => ({ exitCode: 0, stdout: kcfg.stdout, stderr: "" }),
  },
  {
    reason: "--scalars is a flag of kcfg view: which file's current-context counts",
    appliesTo: ({ argv }) => argv.some((word) => word.startsWith("--scalars")),
    instead: (_, kcfg) => ({ exitCode: 0, stdout: kcfg.stdout, stderr: "" }),
  },
  {
    reason: "the help is kcfg's own",
    appliesTo: (_, kubectl) => isHelp(kubectl.stdout) || isHelp(kubectl.stderr),
    instead: (kubectl, kcfg) => ({
      exitCode: kubectl.exitCode,
      stdout: ownHelp(kubectl.stdout, kcfg.stdout),
      stderr: ownHelp(kubectl.stderr, kcfg.stderr),
    }),
  },
];

export function divergenceOf(wanted: Case, kubectl: Outcome): Divergence | undefined {
  return divergences.find((each) => each.appliesTo(wanted, kubectl));
}

/** kcfg's own refusal when it is worded as it should be. */
function refusal(kcfg: Outcome, wording: RegExp, stdout: Outcome["stdout"] = ""): Outcome {
  const stderr = joinText(kcfg.stderr);
  return { exitCode: 1, stdout, stderr: wording.test(stderr) ? stderr : `a message like ${wording.source}` };
}

function isHelp(text: Text): boolean {
  return /^Usage:$/mu.test(joinText(text));
}

/** kcfg's own help where kubectl prints its. */
function ownHelp(kubectl: Text, kcfg: Text): Text {
  return isHelp(kubectl) ? (joinText(kcfg).startsWith("Usage: kcfg ") ? kcfg : "Usage: kcfg …") : kubectl;
}

function tells(outcome: Outcome, words: string): boolean {
  return asKcfg(outcome.stderr).includes(words);
}

/** Whether the last format on a command line is one of the go-template family; --template alone asks for it too. */
function asksForGoTemplate(argv: readonly string[]): boolean {
  const formats = argv.flatMap((word, at) => {
    const together = /^(?:-o=?|--output=)(.+)$/su.exec(word)?.[1];
    return together ?? (word === "-o" || word === "--output" ? (argv[at + 1] ?? []) : []);
  });
  const format = formats.at(-1);
  return format === undefined
    ? argv.some(
        (word, at) => /^--template=./su.test(word) || (word === "--template" && argv[at + 1] !== undefined),
      )
    : goTemplates.test(format);
}
