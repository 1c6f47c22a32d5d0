import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about the files themselves. */
export const FILE_CODES = {
  "kubeconfig-missing": {
    severity: "error",
    title: "The kubeconfig does not exist",
    explanation: "A file that --kubeconfig or an argument names does not exist. kubectl refuses to connect.",
    hint: "Check the path.",
  },
  "no-kubeconfig": {
    severity: "warning",
    title: "There is no kubeconfig",
    explanation:
      "Not one of the files that kubectl reads exists. It uses the cluster that it runs in, or else localhost:8080.",
    hint: "Get a kubeconfig from whoever runs the cluster, and put it there: kcfg import FILE",
  },
  "kubeconfig-misspelt": {
    severity: "error",
    title: "KUBECONFIG or --kubeconfig names no file as it is written",
    explanation:
      "kubectl takes every character as it is: it replaces no ~, no variable and no pattern, and removes no quotes and no blanks. The files of KUBECONFIG are separated by colons, on Windows by semicolons; --kubeconfig takes one file. What is written otherwise is passed over without a word, or refused.",
    hint: "Write the whole path of each file.",
  },
  "listed-file-missing": {
    severity: "info",
    title: "A file of KUBECONFIG does not exist",
    explanation: "kubectl passes over it without a word.",
    hint: "Take it out of KUBECONFIG, or check its path.",
  },
  "file-unreadable": {
    severity: "error",
    title: "A kubeconfig cannot be read",
    explanation: "kubectl refuses to work while one of its files cannot be read.",
    hint: "Make it a file that you may read, or take it out of KUBECONFIG.",
  },
  "file-invalid": {
    severity: "error",
    title: "A kubeconfig is refused",
    explanation: "kubectl cannot understand the file, and does not work at all until it is mended.",
    hint: "Correct the text at that place.",
  },
  "redacted-values": {
    severity: "error",
    title: "A kubeconfig has placeholders instead of its secrets",
    explanation:
      "kubectl config view prints REDACTED and DATA+OMITTED instead of tokens, passwords, certificates and keys, unless it is called with --raw. kubectl takes these words for the values.",
    hint: "Make the file again from the original: kubectl config view --raw",
  },
  "file-readable-by-others": {
    severity: "warning",
    title: "Others may read a kubeconfig with secrets",
    explanation:
      "The file holds tokens, passwords or keys, and its mode lets other users of the machine read it. Not told on Windows.",
    hint: "Take the rights of group and others away: chmod go= FILE",
  },
  "file-writable-by-others": {
    severity: "error",
    title: "Anybody may change what kubectl obeys",
    explanation:
      "Every user of the machine may write the file, or replace it in its folder. A kubeconfig decides where your credentials go and which programs are run as you. kubectl does not check. Not told on Windows.",
    hint: "Take the right to write away: chmod go-w PATH",
  },
  "stale-lock": {
    severity: "warning",
    title: "A lock was left behind",
    explanation:
      "kubectl and kcfg make a file FILE.lock while they change FILE, and leave it behind when they are killed. kubectl config then refuses every change. kcfg removes such a lock when it edits the file.",
    hint: "Remove it: rm FILE.lock",
  },
  "kcfg-leftover": {
    severity: "warning",
    title: "A file of an old kcfg is beside a kubeconfig",
    explanation:
      "The first versions of kcfg kept the previous content of a kubeconfig, credentials that were deleted included, in files beside it. kcfg never reads them now, but a program that reads every file of the folder does: a context that was deleted comes back.",
    hint: "Remove it: rm FILE",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
