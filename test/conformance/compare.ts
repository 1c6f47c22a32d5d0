import type { Outcome, Text } from "./vector.ts";
import { joinText } from "./vector.ts";

/** A difference between kcfg and kubectl. */
export interface Difference {
  readonly aspect: "exitCode" | "stdout" | "stderr" | "files" | "secrecy";
  readonly kubectl: string;
  readonly kcfg: string;
}

/** Every secret of the cases holds this word, so that a leak into a message is found. */
export const secret = "s3cr3t";

/** Returns how kcfg's outcome differs from what kubectl did. */
export function compare(kubectl: Outcome, kcfg: Outcome): readonly Difference[] {
  const differences: Difference[] = [];
  const check = (aspect: Difference["aspect"], want: string, got: string): void => {
    if (want !== got) {
      differences.push({ aspect, kubectl: want, kcfg: got });
    }
  };
  check("exitCode", String(kubectl.exitCode), String(kcfg.exitCode));
  check("stdout", asKcfg(kubectl.stdout), joinText(kcfg.stdout));
  check("files", JSON.stringify(kubectl.files ?? null), JSON.stringify(kcfg.files ?? null));
  const want = asKcfg(kubectl.stderr);
  const got = joinText(kcfg.stderr);
  if (decoderSpeaks(want)) {
    check("stderr", outline(want), outline(got));
    const missing = factsOf(want).filter((fact) => !got.includes(fact));
    check("stderr", missing.join("\n"), "");
  } else {
    check("stderr", want, got);
  }
  if (got.replaceAll(/--\S+/gu, "").includes(secret)) {
    differences.push({ aspect: "secrecy", kubectl: "", kcfg: got });
  }
  return differences;
}

/** Returns kubectl's words with kcfg's name. */
export function asKcfg(text: Text): string {
  return joinText(text).replaceAll("kubectl config ", "kcfg ");
}

/** The beginnings of errors of Go's decoders. */
export const decoders =
  /(?:yaml: |json: |couldn't get version\/kind; json parse error: |illegal base64 data|unsupported map key of type: |error converting \*|error decoding: |no kind "|unexpected GroupVersion string: |Object '\w+' is missing in ')/u;

/**
 * Reports whether kubectl's message has words of Go's decoders. kcfg has better ones: file, line, column and a hint.
 */
function decoderSpeaks(stderr: string): boolean {
  return new RegExp(`(?:^error: |error loading config file "[^]*?": )${decoders.source}`, "mu").test(stderr);
}

/** Returns the parts of a message without the decoder's words: its beginning, and the named files. */
function outline(stderr: string): string {
  const start = /^(?:error: )?/u.exec(stderr)?.[0] ?? "";
  const blamed = [...stderr.matchAll(/^(?:error: )?(error loading config file "[^]*?": )/gmu)];
  return [
    start,
    ...blamed.map((match) => match[1]),
    stderr.trim() === "" ? "nothing said" : "something said",
  ].join("\n");
}

/** Returns the facts that kcfg's message must have too. */
function factsOf(stderr: string): readonly string[] {
  const facts = stderr.matchAll(
    /no kind ".*?" is registered for version ".*?"|duplicate name "[^]*?" in list/gu,
  );
  return [...facts].map(([fact]) => fact);
}
