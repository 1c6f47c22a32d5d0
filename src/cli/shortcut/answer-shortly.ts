import type { Config } from "../../api/config.ts";
import { ConfigOverrides } from "../../api/overrides.ts";
import { chosenContext } from "../../clientcmd/chosen-entries.ts";
import { confirmChosen } from "../../clientcmd/confirm-chosen.ts";
import { redactSecrets, shortenConfig } from "../../clientcmd/redact.ts";
import { decodeFastPath } from "../../codec/kubeconfig/decode-fast-path.ts";
import { encodeFastPath } from "../../codec/kubeconfig/encode-fast-path.ts";
import { KUBECONFIG } from "../../codec/kubeconfig/from-v1.ts";
import { compareGoStrings } from "../../go/order.ts";
import { isCredentialPlugin } from "../../host/credential-plugin.ts";
import type { Host } from "../../host/host.ts";
import { fileOpenError } from "../../loading/file-open-error.ts";
import { loadConfig } from "../../loading/load.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";
import type { PromptShell } from "../shell/prompt-text.ts";
import { promptText } from "../shell/prompt-text.ts";
import { decodeInput } from "../../yaml/input.ts";
import type { ShortCommand, ShortLine } from "./short-line.ts";

/**
 * Answers a short command line without commander and without the full readers, in a fraction of the time: shells run
 * these lines for every prompt. It does what the commands do, by the same functions, for the usual case alone: every file
 * is a regular one that the quick reader reads, nothing is missing, and the answer is plain ASCII.
 *
 * @param isTerminal - whether the answer goes to a terminal, or to something like it
 * @returns what the command prints; undefined if anything is unusual, an error for instance: then the command has to run
 */
export function answerShortly(
  host: Host,
  { command, kubeconfig }: ShortLine,
  isTerminal: boolean,
): string | undefined {
  if (isCredentialPlugin(host)) {
    return undefined;
  }
  try {
    const rules = defaultLoadingRules(host, {
      explicitPath: kubeconfig,
      resolvePaths: command === "namespace",
      warn: handOver,
    });
    const answer = ANSWERS[command](host, loadConfig(usualFilesOf(host), rules, decodeUsual));
    // A prompt is harmless by itself, and may be empty; on a terminal its colours are not a shell's.
    const isPrompt = command.startsWith("prompt ") && !isTerminal;
    const isUsual = answer !== undefined && (PLAIN.test(answer) || isPrompt);
    return isUsual ? answer : undefined;
  } catch {
    return undefined;
  }
}

const ANSWERS: Readonly<Record<ShortCommand, (host: Host, config: Config) => string | undefined>> = {
  "current-context": (_host, { currentContext }) => lineOf(currentContext),
  // A context may be called by the dot.
  "ctx .": (_host, { contexts, currentContext }) => (contexts.has(".") ? undefined : lineOf(currentContext)),
  "get-contexts -o name": (_host, { contexts }) =>
    [...contexts.keys()].toSorted(compareGoStrings).map(lineOf).join(""),
  namespace: namespaceOf,
  "prompt plain": promptFor("plain"),
  "prompt bash": promptFor("bash"),
  "prompt zsh": promptFor("zsh"),
  "prompt fish": promptFor("fish"),
  view: (_host, config) => encodeFastPath(shortenConfig(redactSecrets(config))),
};

/** The answers that are the same on a terminal and elsewhere. */
const PLAIN = /^[ -~\n]+$/;

/** Larger files are worth the start of the command, and costly to read twice; in bytes. */
const LARGEST = 1_000_000;

function promptFor(shell: PromptShell): (host: Host, config: Config) => string {
  return (host, config) => {
    const text = promptText(host, config, { shell });
    return text === "" ? "" : `${text}\n`;
  };
}

function handOver(): never {
  throw new Error("this has no short way");
}

function lineOf(name: string): string {
  return /^[ -~]+$/.test(name) ? `${name}\n` : handOver();
}

/** Returns the namespace that the current context names, if the context can be used. */
function namespaceOf(host: Host, config: Config): string {
  // A server in the environment, or a pod that this runs in, could decide too.
  if (host.env["KUBERNETES_MASTER"] !== undefined || config.currentContext === "") {
    handOver();
  }
  const choice = { config, contextName: "", overrides: new ConfigOverrides() };
  confirmChosen(choice, fileOpenError(host));
  return lineOf(chosenContext(choice).namespace);
}

/** Limits a host to regular files that are not large: a pipe can be read only once. */
function usualFilesOf(host: Host): Host {
  const readFile = (path: string, limit: number): Uint8Array => {
    const { isFile, size } = host.fs.stat(path);
    return isFile && size <= LARGEST ? host.fs.readFile(path, limit) : handOver();
  };
  return { ...host, fs: { ...host.fs, readFile } };
}

function decodeUsual(data: Uint8Array, file: string): Config {
  return decodeFastPath(decodeInput(data), file, { ...KUBECONFIG, omitsData: true }) ?? handOver();
}
