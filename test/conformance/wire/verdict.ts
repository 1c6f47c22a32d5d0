import { joinText } from "../vector.ts";
import type { Arrived, Passed, WireOutcome } from "./wire-case.ts";

/** A difference between kcfg and kubectl. */
export interface WireDifference {
  readonly aspect: "exitCode" | "stdout" | "stderr" | "arrived" | "passed" | "saw";
  readonly kubectl: string;
  readonly kcfg: string;
}

/** Returns how kcfg's outcome differs from what kubectl did. */
export function compareWire(kubectl: WireOutcome, kcfg: WireOutcome): readonly WireDifference[] {
  const differences: WireDifference[] = [];
  const check = (aspect: WireDifference["aspect"], want: string, got: string): void => {
    if (want !== got) {
      differences.push({ aspect, kubectl: want, kcfg: got });
    }
  };
  check("exitCode", String(kubectl.exitCode), String(kcfg.exitCode));
  check("stdout", joinText(kubectl.stdout), joinText(kcfg.stdout));
  check("stderr", wordsOf(kubectl), wordsOf(kcfg));
  check("arrived", shownRequests(kubectl.arrived), shownRequests(kcfg.arrived));
  check("passed", shownRequests(kubectl.passed), shownRequests(kcfg.passed));
  check("saw", sawOf(kubectl), sawOf(kcfg));
  return differences;
}

/**
 * The beginnings of errors of Go's YAML and JSON decoders; kcfg has better words, and never repeats what a plugin
 * printed.
 */
const DECODER =
  /(?<=error loading config file "[^"\n]*": |getting credentials: decoding stdout: )(?:yaml|json|couldn't get version|no kind|neither|parsing time|the kind|status\.|line |expected )[^\n]*/gu;

/**
 * Returns the output, with kubectl's name as kcfg's, without messages to maintainers and the words of Go's decoders.
 */
function wordsOf({ stderr }: WireOutcome): string {
  return joinText(stderr)
    .replaceAll("kubectl get", "kcfg raw")
    .replaceAll(/^"Unexpected error when reading response body" .*\n/gmu, "")
    .replaceAll(DECODER, "(a decoder speaks)")
    .replaceAll(/(?<=lookup \S+ on @\{dns\}|lookup [^\s:]+): [^\n]*/gu, ": (no such name)")
    .replaceAll(" on @{dns}", "");
}

/**
 * Headers by which clients differ: their names, kubectl's description of its command, and HTTP/1.1's defaults and
 * hop-by-hop headers.
 */
const OWN: ReadonlySet<string> = new Set([
  "user-agent",
  "kubectl-command",
  "kubectl-session",
  "connection",
  "proxy-connection",
]);

function shownRequests(requests: readonly (Arrived | Passed)[]): string {
  const plain = requests.map(({ headers, ...rest }) => ({
    ...rest,
    headers: headers?.filter(([name]) => !OWN.has(name)).map(([name, value]) => `${name}: ${value}`),
  }));
  return JSON.stringify(plain, null, 1);
}

function sawOf({ files }: WireOutcome): string {
  const saw = files?.["saw"];
  return saw == null ? "" : joinText(saw.text);
}
