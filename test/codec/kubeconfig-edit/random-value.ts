import type { JsonValue } from "../../../src/api/json-value.ts";
import type { Tape } from "./tape.ts";

/** Texts of all kinds, the simplest first. */
export function randomText(tape: Tape): string {
  return tape.of(
    "a",
    "b",
    "https://host:6443",
    "two words",
    "true",
    "123",
    "",
    "x: y",
    "- dash",
    "it's",
    'say "hi"',
    "# no comment",
    "a #b",
    " leading",
    "trailing ",
    "*star",
    "&and",
    "ünïcödé ☃ 😀",
    "tab\there",
    "one\ntwo",
    "one\n\n  two\n",
    "end\n\n",
    "null",
    "~",
    "1e3",
    "{}",
    "[a, b]",
    "q".repeat(120),
    "many words that go on and on until the line is longer than eighty characters, as long lines are",
    "c:\\path\\x",
    "\u0085\u2028",
    "%p",
    "@at",
    "?",
    "a,b",
  );
}

export function randomName(tape: Tape): string {
  return tape.of(
    "a",
    "b",
    "c",
    "dev",
    "prod",
    "kind-1",
    "arn:aws:eks:x/y",
    "user@host",
    "yes",
    "4",
    "spa ce",
    "d'oh",
    "#1",
  );
}

type Maker = (tape: Tape) => JsonValue;

function mapOf(tape: Tape, fields: readonly (readonly [string, number, Maker])[]): Map<string, JsonValue> {
  const map = new Map<string, JsonValue>();
  for (const [name, percent, make] of fields) {
    if (tape.chance(percent)) {
      map.set(name, make(tape));
    }
  }
  // Fields stand in any order.
  const entries = [...map];
  for (let i = entries.length - 1; i > 0 && tape.chance(40); i--) {
    const j = tape.pick(i + 1);
    const [one, other] = [entries[i], entries[j]];
    if (one !== undefined && other !== undefined) {
      entries[i] = other;
      entries[j] = one;
    }
  }
  return new Map(entries);
}

function listOf(tape: Tape, make: Maker, most = 3): JsonValue[] {
  return Array.from({ length: tape.pick(most + 1) }, () => make(tape));
}

function orNull(make: Maker, percent = 6): Maker {
  return (tape) => (tape.chance(percent) ? null : make(tape));
}

const bool: Maker = (tape) => tape.pick(2) === 1;
const text: Maker = orNull(randomText);
const data: Maker = (tape) => Buffer.from("k".repeat(tape.pick(90))).toString("base64");

export const anything: Maker = (tape) => {
  switch (tape.pick(7)) {
    case 0:
      return randomText(tape);
    case 1:
      return tape.pick(100) - 50;
    case 2:
      return tape.pick(2) === 1;
    case 3:
      return null;
    case 4:
      return 1.5;
    case 5:
      return listOf(tape, anything, 2);
    default:
      return mapOf(tape, [
        ["k", 60, anything],
        ["l m", 30, anything],
        ["x-z", 30, anything],
      ]);
  }
};

const unknown = (name: string): readonly [string, number, Maker] => [`x-${name}`, 15, anything];

/** A list of `{name, [field]: entry}` without repeated names. */
function named(field: string, make: Maker, most = 4): Maker {
  return (tape) => {
    const seen = new Set<string>();
    return listOf(
      tape,
      orNull((inner) => {
        const entry = mapOf(inner, [[field, 92, orNull(make)], ["name", 98, randomName], unknown("e")]);
        return entry;
      }, 2),
      most,
    ).filter((entry) => {
      const name = (entry instanceof Map ? (entry.get("name") ?? "") : "") as string;
      return seen.has(name) ? false : seen.add(name);
    });
  };
}

const extensions: readonly [string, number, Maker] = [
  "extensions",
  15,
  orNull(named("extension", anything, 3)),
];

const cluster: Maker = (tape) =>
  mapOf(tape, [
    ["server", 90, text],
    ["tls-server-name", 15, text],
    ["insecure-skip-tls-verify", 20, orNull(bool)],
    ["certificate-authority", 20, text],
    ["certificate-authority-data", 20, orNull(data)],
    ["proxy-url", 10, text],
    ["disable-compression", 10, orNull(bool)],
    extensions,
    unknown("c"),
  ]);

const exec: Maker = (tape) =>
  mapOf(tape, [
    ["command", 95, text],
    ["args", 60, orNull((inner) => listOf(inner, text, 4))],
    [
      "env",
      40,
      orNull((inner) =>
        listOf(inner, (v) => mapOf(v, [["name", 95, text], ["value", 90, text], unknown("v")])),
      ),
    ],
    [
      "apiVersion",
      90,
      (inner) => inner.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"),
    ],
    ["installHint", 20, text],
    ["provideClusterInfo", 30, orNull(bool)],
    ["interactiveMode", 50, (inner) => inner.of("Never", "IfAvailable", "Always")],
    unknown("x"),
  ]);

const user: Maker = (tape) =>
  mapOf(tape, [
    ["token", 50, text],
    ["client-certificate", 10, text],
    ["client-certificate-data", 15, orNull(data)],
    ["client-key-data", 15, orNull(data)],
    ["tokenFile", 5, text],
    ["as", 5, text],
    ["as-groups", 8, orNull((inner) => listOf(inner, text))],
    [
      "as-user-extra",
      8,
      (inner) =>
        mapOf(inner, [
          ["k", 60, orNull((v) => listOf(v, text))],
          ["l", 40, orNull((v) => listOf(v, text))],
        ]),
    ],
    ["username", 20, text],
    ["password", 20, text],
    [
      "auth-provider",
      12,
      orNull((inner) =>
        mapOf(inner, [
          ["name", 90, text],
          [
            "config",
            80,
            orNull((v) =>
              mapOf(v, [
                ["client-id", 60, text],
                ["id-token", 60, text],
                ["z", 30, text],
              ]),
            ),
          ],
        ]),
      ),
    ],
    ["exec", 35, orNull(exec)],
    extensions,
    unknown("u"),
  ]);

const context: Maker = (tape) =>
  mapOf(tape, [
    ["cluster", 92, (inner) => randomName(inner)],
    ["user", 92, (inner) => randomName(inner)],
    ["namespace", 40, text],
    extensions,
    unknown("c"),
  ]);

/** A kubeconfig in which anything that may be missing may be missing. */
export const randomConfigValue = (tape: Tape): Map<string, JsonValue> =>
  mapOf(tape, [
    ["apiVersion", 90, () => "v1"],
    ["x-defaults", 20, context],
    ["x-shared", 10, exec],
    ["clusters", 92, orNull(named("cluster", cluster))],
    ["users", 92, orNull(named("user", user))],
    ["contexts", 92, orNull(named("context", context))],
    ["current-context", 80, orNull(randomName)],
    ["kind", 90, () => "Config"],
    ["preferences", 20, orNull((inner) => mapOf(inner, [["colors", 50, bool], extensions]))],
    ["extensions", 8, orNull(named("extension", anything))],
    unknown("top"),
  ]);

/** One new entry of each kind. */
export const makers = { cluster, user, context, anything } as const;
