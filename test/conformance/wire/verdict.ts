import { joinText } from "../vector.ts";
import type { Arrived, Passed, WireOutcome } from "./wire-case.ts";

/** Something that kcfg does otherwise than kubectl. */
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

/** How Go's decoders of YAML and JSON begin; kcfg has better words, and never repeats what a plugin printed. */
const DECODER =
  /(?<=error loading config file "[^"\n]*": |getting credentials: decoding stdout: )(?:yaml|json|couldn't get version|no kind|neither|parsing time|the kind|status\.|line |expected )[^\n]*/gu;

/**
 * Returns what is said, with kubectl's name as kcfg's. Left out: what it says to maintainers, and in which words the
 * decoders of Go speak.
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
 * Headers by which clients differ: their names, what kubectl tells of its command, and what HTTP/1.1 takes for granted
 * or is between neighbours.
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
