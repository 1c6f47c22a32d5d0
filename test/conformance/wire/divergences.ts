import type { WireCase, WireOutcome } from "./wire-case.ts";

/** A difference on purpose, or because of Node. */
export interface WireDivergence {
  readonly reason: string;
  readonly applies: (wanted: WireCase, kubectl: WireOutcome) => boolean;
  /** Returns what kcfg does instead, from kubectl's outcome. */
  readonly instead: (kubectl: WireOutcome, kcfg: WireOutcome) => WireOutcome;
}

const configOf = ({ files }: WireCase): string => JSON.stringify(files["config"] ?? "");

const answers = (wanted: WireCase, isMeant: (status: number) => boolean): boolean =>
  (wanted.servers["server"]?.reply ?? []).some(({ status }) => isMeant(status ?? 200));

/** Every intended difference. One that has become equal fails the tests. */
export const wireDivergences: readonly WireDivergence[] = [
  {
    reason: "kcfg speaks HTTP/1.1 with every server",
    applies: (_wanted, { arrived }) => arrived.some(({ http }) => http === "2.0"),
    instead: (kubectl) => ({
      ...kubectl,
      arrived: kubectl.arrived.map((request) => ({
        ...request,
        http: "1.1",
        headers: [...request.headers, ["host", `127.0.0.1:@{${request.at}.port}`] as const],
      })),
    }),
  },
  {
    reason: "a redirect to another server is told neither who asks nor for whom: kubectl sends it the token",
    applies: (_wanted, { arrived }) => arrived.some(({ at }) => at === "second"),
    instead: (kubectl) => ({
      ...kubectl,
      arrived: kubectl.arrived.map((request) => ({
        ...request,
        headers: request.headers.filter(([name]) => request.at !== "second" || name !== "authorization"),
      })),
    }),
  },
  {
    reason: "no message holds the password of a proxy",
    applies: (_wanted, { stderr }) => JSON.stringify(stderr).includes("u:p@"),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: [kubectl.stderr].flat().map((line) => line.replaceAll("u:p@", "REDACTED@")),
    }),
  },
  {
    reason: "kcfg keeps no log, where kubectl logs an error before it prints it",
    applies: (_wanted, { stderr }) => JSON.stringify(stderr).includes("Loading client cert failed"),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: [kubectl.stderr].flat().filter((line) => !line.startsWith('"Loading client cert failed"')),
    }),
  },
  {
    reason:
      "a plugin whose credential has expired already is run once for a request, not once for each part of it",
    applies: (wanted, { files }) =>
      JSON.stringify(wanted.files["plugin"] ?? "").includes("2000-01-01T00:00:00Z") && files !== undefined,
    instead: (kubectl, kcfg) => ({ ...kubectl, ...(kcfg.files && { files: kcfg.files }) }),
  },
  {
    reason: "the WHATWG's Response knows no codes beyond 599",
    applies: (wanted) => answers(wanted, (status) => status > 599),
    instead: (kubectl, kcfg) => ({ ...kubectl, stderr: kcfg.stderr }),
  },
  {
    reason: "the WHATWG's Response has no body if its code is 205",
    applies: (wanted) => answers(wanted, (status) => status === 205),
    instead: (kubectl) => ({ ...kubectl, stdout: "" }),
  },
  {
    reason: "the system's resolver takes 127.1 and 0x7f.0.0.1 for addresses, Go's for names",
    applies: (wanted) => /https:\/\/(?:127\.1|0x7f\.0\.0\.1):/u.test(configOf(wanted)),
    instead: (_kubectl, kcfg) => kcfg,
  },
  {
    reason: "started as a credential plugin, kcfg does nothing but credential",
    applies: ({ env }) => typeof env["KUBERNETES_EXEC_INFO"] === "string",
    instead: (_kubectl, kcfg) => ({ ...kcfg, exitCode: 1, stdout: "", arrived: [] }),
  },
  {
    reason: "a carriage return is written out, because it would hide what is before it",
    applies: (_wanted, { stderr }) => [stderr].flat().some((line) => line.includes("\r")),
    instead: (kubectl) => ({
      ...kubectl,
      stderr: [kubectl.stderr].flat().map((line) => line.replaceAll("\r", String.raw`\r`)),
    }),
  },
];

export function wireDivergenceOf(wanted: WireCase, kubectl: WireOutcome): WireDivergence | undefined {
  return wireDivergences.find((each) => each.applies(wanted, kubectl));
}
