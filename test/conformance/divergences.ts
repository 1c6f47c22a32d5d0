import { asKcfg, decoders } from "./compare.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { didYouMean } from "../../src/codec/did-you-mean.ts";
import type { Case, FileSpec, Outcome, Text } from "./vector.ts";
import { joinText } from "./vector.ts";

/**
 * An intended difference from kubectl.
 *
 * kcfg must do what `instead` makes of kubectl's outcome, and that must not be what kubectl did: a divergence that has
 * become equal is removed from this list.
 */
export interface Divergence {
  readonly reason: string;
  readonly appliesTo: (wanted: Case, kubectl: Outcome) => boolean;
  readonly instead: (kubectl: Outcome, kcfg: Outcome) => Outcome;
}

/** Every intended difference, with its reason. */
export const divergences: readonly Divergence[] = [
  {
    reason: "the old kubeconfig in the home, which has secrets, is not copied for everybody to read",
    appliesTo: ({ files, observe = [] }, kubectl) =>
      observe.includes("home/.kube/config") &&
      files["home/.kube/config"] === undefined &&
      modeOf(files["home/.kube/.kubeconfig"]) !== undefined &&
      kubectl.files?.["home/.kube/config"]?.mode !== modeOf(files["home/.kube/.kubeconfig"]),
    instead: (kubectl, kcfg) => {
      const copy = kubectl.files?.["home/.kube/config"];
      const mode = kubectl.files?.["home/.kube/.kubeconfig"]?.mode ?? kcfg.files?.["home/.kube/config"]?.mode;
      return copy === undefined || copy === null || mode === undefined
        ? kubectl
        : { ...kubectl, files: { ...kubectl.files, "home/.kube/config": { ...copy, mode } } };
    },
  },
  {
    reason: "get-contexts -o wide, json and yaml show what kubectl has no format for",
    appliesTo: ({ argv }, kubectl) =>
      ["wide", "json", "yaml"].some((format) => argv.includes(format) || argv.includes(`-o=${format}`)) &&
      tells(kubectl, " is not available in kcfg get-contexts; resetting to default output format"),
    instead: (kubectl, kcfg) => {
      const hasContexts = /^CURRENT .* ORIGIN\n|"contexts": \[|^contexts:/u.test(joinText(kcfg.stdout));
      return hasContexts || tells(kcfg, "error: error loading config file ") ? kcfg : kubectl;
    },
  },
  {
    reason: "a Go template that fails does not print a document that has every secret in it",
    appliesTo: ({ argv }, kubectl) =>
      showsSecrets(argv) && tells(kubectl, "error: error executing template "),
    instead: (kubectl) => ({
      ...kubectl,
      stdout: withoutValues(joinText(kubectl.stdout)).replace(/\traw data was:\n[^]*$/u, ""),
      stderr: withoutValues(joinText(kubectl.stderr)),
    }),
  },
  {
    reason: "a Go template that fails names what it failed on by its type: the value may be a secret",
    appliesTo: (_, kubectl) =>
      tells(kubectl, "error: error executing template ") &&
      withoutValues(joinText(kubectl.stderr)) !== joinText(kubectl.stderr),
    instead: (kubectl) => ({
      ...kubectl,
      stdout: withoutValues(joinText(kubectl.stdout)),
      stderr: withoutValues(joinText(kubectl.stderr)),
    }),
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
    reason: "help is a command of kcfg, as it is of kubectl, but not of kubectl config",
    appliesTo: ({ argv }) => argv[0] === "help",
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
  {
    reason: "a command that does not exist may be another one, misspelt: kcfg names it",
    appliesTo: ({ argv }, kubectl) => {
      const words = /^error: unknown command "(.*)"$/mu.exec(joinText(kubectl.stderr))?.[1];
      const first = argv.find((word) => words === word || words?.startsWith(`${word} `) === true);
      return first !== undefined && didYouMean(first, commandNames) !== "";
    },
    instead: (kubectl, kcfg) => ({
      ...kubectl,
      stderr: withHint(
        joinText(kubectl.stderr),
        /; did you mean "[\w-]+"\?/u.exec(joinText(kcfg.stderr))?.[0],
      ),
    }),
  },
];

export function divergenceOf(wanted: Case, kubectl: Outcome): Divergence | undefined {
  return divergences.find((each) => each.appliesTo(wanted, kubectl));
}

/** Returns kcfg's own refusal when its wording is right. */
function refusal(kcfg: Outcome, wording: RegExp, stdout: Outcome["stdout"] = ""): Outcome {
  const stderr = joinText(kcfg.stderr);
  return { exitCode: 1, stdout, stderr: wording.test(stderr) ? stderr : `a message like ${wording.source}` };
}

const commandNames = [
  ...COMMANDS.map(({ name }) => name),
  ...COMMANDS.flatMap(({ aliases = [] }) => aliases),
];

function withHint(message: string, hint = "; did you mean …?"): string {
  return message.replace(/(?<=^error: unknown command ".*")$/mu, hint);
}

function modeOf(file: FileSpec | undefined): string | undefined {
  return typeof file === "object" && "mode" in file ? file.mode : undefined;
}

function isHelp(text: Text): boolean {
  return /^Usage:$/mu.test(joinText(text));
}

/** Returns kcfg's own help where kubectl prints its. */
function ownHelp(kubectl: Text, kcfg: Text): Text {
  const isOwn = /^Usage:\n {2}kcfg /mu.test(joinText(kcfg));
  return isHelp(kubectl) ? (isOwn ? kcfg : "Usage: kcfg …") : kubectl;
}

function tells(outcome: Outcome, words: string): boolean {
  return asKcfg(outcome.stderr).includes(words);
}

/** Reports whether `view` prints secrets as they are. */
function showsSecrets(argv: readonly string[]): boolean {
  return argv.some((word) => /^--(?:raw|flatten)(?:=(?:true|True|TRUE|t|T|1))?$/u.test(word));
}

const endOfMessage = "(?=\\. Printing more information for debugging the template:|\\n$)";
const collection = "(?:map\\[string\\]|\\[\\])interface \\{\\}";
const scalar = "(?:true|false|[-+]?[\\d.]+(?:e[-+]\\d+)?|\\([-+\\d.e]+i\\))";

/** Returns the message of a failing Go template, with types where Go prints the values. */
function withoutValues(text: string): string {
  return text
    .replace(
      new RegExp(`(?<=: range can't iterate over )(?!${scalar}${endOfMessage})[^]*?${endOfMessage}`, "u"),
      "a string",
    )
    .replace(/(?<=at <call>: error calling call: non-function )[^]*?(?= of type string)/u, "<string Value>")
    .replace(
      new RegExp(
        `(?<=: non-comparable types )[^]*?: (${collection}), (${collection}): [^]*?${endOfMessage}`,
        "u",
      ),
      "$1, $2",
    )
    .replace(new RegExp(`(?<=: non-comparable type )[^]*?: (${collection})${endOfMessage}`, "u"), "$1");
}
