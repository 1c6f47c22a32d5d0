import type { Runner } from "../call.ts";
import { runCase } from "../run-case.ts";
import type { Case, FileSpec } from "../vector.ts";
import type { Bench } from "./bench.ts";
import { startBench } from "./bench.ts";
import type { Identities } from "./identities.ts";
import { mapStrings } from "./map-strings.ts";
import type { WireCase, WireOutcome } from "./wire-case.ts";

/** Makes a client's command line for a path. */
export type Asking = (path: string) => readonly string[];

export const askKubectl: Asking = (path) => ["get", "--raw", path];
export const askKcfg: Asking = (path) => ["raw", path];

/** Runs a case with servers, proxies and a temporary root of its own. */
export async function runWireCase(
  identities: Identities,
  runner: Runner,
  asking: Asking,
  wanted: WireCase,
): Promise<WireOutcome> {
  const bench = await startBench(identities, wanted);
  try {
    const outcome = await runCase(runner, filled(asking, wanted, placeholders(identities, bench)));
    const blank = blanker(identities, bench);
    const saw = outcome.files?.["saw"];
    return mapStrings(blank, {
      exitCode: outcome.exitCode,
      stdout: outcome.stdout,
      stderr: outcome.stderr,
      ...(saw != null && { files: { saw } }),
      arrived: bench.arrived(),
      passed: bench.passed(),
    });
  } finally {
    await bench.close();
  }
}

/** Returns the case as a command line in a temporary root, with all placeholders filled except `$ROOT`. */
export function filled(asking: Asking, wanted: WireCase, fill: (text: string) => string): Case {
  const { files, env, path, flags, stdin, name } = wanted;
  return mapStrings(fill, {
    name,
    files: { ...pkiFiles(fill), ...files },
    env,
    argv: [...asking(path), ...flags],
    observe: ["saw"],
    ...(stdin !== undefined && { stdin }),
  });
}

const pki = [
  "ca.crt",
  "other-ca.crt",
  "both-ca.crt",
  "renewed-ca.crt",
  "former-ca.crt",
  "jane.crt",
  "jane.key",
  "john.crt",
  "john.key",
];

function pkiFiles(fill: (text: string) => string): Readonly<Record<string, FileSpec>> {
  return Object.fromEntries(pki.map((file) => [`pki/${file}`, { base64: fill(`@{${file}}`) }]));
}

/** Replaces the placeholders by the values of this run. */
export function placeholders(identities: Identities, bench: Bench): (text: string) => string {
  const values = new Map<string, string>();
  for (const [name, url] of bench.urls) {
    values.set(name, url);
    values.set(`${name}.port`, String(bench.ports.get(name)));
  }
  for (const [file, text] of Object.entries(identities.files)) {
    values.set(file, Buffer.from(text).toString("base64"));
    values.set(`json ${file}`, JSON.stringify(text).slice(1, -1));
  }
  return (text) =>
    text.replaceAll(/@\{([^{}]*)\}/gu, (all, name: string) => {
      const value = values.get(name);
      if (value === undefined) {
        throw new Error(`nothing is known of ${all}`);
      }
      return value;
    });
}

/** Removes what differs on each run. */
function blanker(identities: Identities, bench: Bench): (text: string) => string {
  const data = Object.entries(identities.files).map(
    ([file, text]) => [Buffer.from(text).toString("base64"), `@{${file}}`] as const,
  );
  return (text) => {
    let clean = text;
    for (const [bytes, name] of data) {
      clean = clean.replaceAll(bytes, name);
    }
    for (const [name, port] of bench.ports) {
      clean = clean.replaceAll(new RegExp(`(?<=:)${port}\\b`, "gu"), `@{${name}.port}`);
    }
    return (
      clean
        .replaceAll(/127\.0\.0\.1:\d+->/gu, "127.0.0.1:@{client.port}->")
        .replaceAll(/(?<=lookup \S+ )on \S+(?=:)/gu, "on @{dns}")
        .replaceAll(/(?<=current time )\S+/gu, "@{now}")
        // It is random which of Go's timers fires first.
        .replaceAll(
          /(?:context deadline exceeded|net\/http: request canceled(?: while waiting for connection)?)(?: \(Client\.Timeout[^)]*\))?/gu,
          "@{timed out}",
        )
        .replaceAll(/^kubectl\S*\/v\S+ \(.*$/gu, "@{user-agent}")
        .replaceAll(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/gu, "@{session}")
    );
  };
}
