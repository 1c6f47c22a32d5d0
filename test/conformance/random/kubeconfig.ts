import type { Entry, Node } from "./document.ts";
import { list, map, plain, text } from "./document.ts";
import type { Random } from "./random.ts";

/** Names that the files of a case share, so that they collide and refer to each other. */
export const names = [
  "a",
  "b",
  "prod",
  "dev",
  "A",
  "user@example.com",
  "arn:aws:x/1",
  "",
  "é",
  "1",
  "true",
  "__proto__",
  "a b",
];

/** Files next to the kubeconfigs of a case. */
export const besideFiles: Readonly<Record<string, string>> = {
  "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
  "sub/me.key": "s3cr3t",
  empty: "",
};

const plains = [
  "y",
  "Yes",
  "on",
  "TRUE",
  "n",
  "No",
  "off",
  "false",
  "null",
  "~",
  "",
  "0",
  "1",
  "-1",
  "0777",
  "0o7",
  "0x1F",
  "0b11",
  "1_000",
  "1.5",
  "1e3",
  ".5",
  "1:30",
  "12:30:45",
  "2001-01-01",
  "2001-01-01T01:02:03Z",
  ".inf",
  ".nan",
  "9223372036854775808",
  "123456789012345678901234567890",
  "1e400",
  "-0",
  "0.1",
  "1e21",
  "+1",
  "08",
  "1.",
  "1__0",
  "0b2",
  "<<",
  "=",
];
const characters = [
  ...Array.from("aaabcXYZ019  --..//::##''\"\"\\\\,,[]{}&*!|>%@`?=~$<>\t\n"),
  "é",
  "ü",
  "日",
  "😀",
  "\u0085",
  "\u2028",
  "\u00A0",
  "\uFEFF",
  "\u0007",
  "\u001B",
  "\r",
  "\uFFFD",
  "\0",
];
const words = [
  "alpha",
  "beta",
  "gamma:",
  "- delta",
  "#eps",
  "https://zeta:6443/x?y=1&z=<2>",
  "it's",
  '"eta"',
  "theta\n",
  "  iota",
  "1",
  "yes",
  "null",
  "kappa,",
  "[lambda]",
  "{mu}",
  "né",
  "日本",
];

/** Returns a string: a word, a sentence long enough to be folded, or any characters at all. */
export function anyText(random: Random): string {
  const kind = random.below(10);
  if (random.slip(0.02)) {
    return random.pick(["\u007F", "\u0080", "a\u009Fb"]);
  }
  if (kind < 4) {
    return random.pick(words);
  }
  if (kind < 6) {
    return random.times(random.below(25), () => random.pick(words)).join(random.pick([" ", " ", "  ", ""]));
  }
  if (kind < 9) {
    return random.times(random.below(12), () => random.pick(characters)).join("");
  }
  return random.times(random.below(120), () => random.pick(characters)).join("");
}

function string(random: Random): Node {
  if (random.slip(0.08)) {
    return plain(random.pick(plains));
  }
  return text(random.chance(0.5) ? random.pick(words).trim() : anyText(random));
}

const name = (random: Random): Node => (random.slip(0.05) ? string(random) : text(random.pick(names)));

function boolean(random: Random): Node {
  return plain(
    random.slip(0.1) ? random.pick(plains) : random.pick(["true", "false", "yes", "No", "on", "OFF", "y"]),
  );
}

function data(random: Random): Node {
  if (random.slip(0.08)) {
    return text(random.pick(["a", "aGk", "aGk==", "a Gk=", "aG\nk=", "-_-_", "=", "aGk=\n", "\r\n"]));
  }
  const bytes = random.times(random.below(90), () => random.below(256));
  return text(Buffer.from(bytes).toString("base64"));
}

function path(random: Random): Node {
  return text(
    random.pick([
      "ca.crt",
      "./ca.crt",
      "sub/me.key",
      "sub/../ca.crt",
      "$ROOT/ca.crt",
      "empty",
      "../x",
      "nope",
      "/nope",
      "~/x",
      "a b",
    ]),
  );
}

const strings = (random: Random): Node => list(random.times(random.below(4), () => string(random)));

/** Returns any value, as extensions and unknown fields may hold. */
export function anything(random: Random, depth = 0): Node {
  const kind = random.below(depth > 3 ? 4 : 8);
  if (kind < 2) {
    return plain(random.pick(plains.filter((yaml) => random.slip(0.1) || !/^[.](?:inf|nan)$/u.test(yaml))));
  }
  if (kind < 4) {
    return text(anyText(random));
  }
  if (kind < 6) {
    return list(random.times(random.below(4), () => anything(random, depth + 1)));
  }
  const keys = random.some(
    ["a", "b", "c", "z", "y", "1", "true", "é", "a b", "__proto__", "B", "a10", "a9", "", "-", "x: y"],
    0.25,
  );
  return map(random.shuffle(keys).map((key) => [key, anything(random, depth + 1)]));
}

function extensions(random: Random): Node {
  return list(
    random.some(["e", "f", "client.authentication.k8s.io/exec", "a"], 0.4).map((each) =>
      map([
        ["name", text(each)],
        ["extension", anything(random)],
      ]),
    ),
  );
}

type Make = (random: Random) => Node;
type Fields = readonly (readonly [key: string, make: Make])[];

const exec: Fields = [
  [
    "apiVersion",
    (random) => text(`client.authentication.k8s.io/${random.pick(["v1", "v1beta1", "v1alpha1"])}`),
  ],
  ["command", (random) => text(random.pick(["aws", "./plug", "/bin/plug", "sub/plug", ""]))],
  ["args", strings],
  [
    "env",
    (random) =>
      list(
        random.times(random.below(3), () =>
          map([
            ["name", string(random)],
            ["value", string(random)],
          ]),
        ),
      ),
  ],
  ["installHint", string],
  ["interactiveMode", (random) => text(random.pick(["Never", "Always", "IfAvailable", ""]))],
  ["provideClusterInfo", boolean],
];
const cluster: Fields = [
  ["server", string],
  ["tls-server-name", string],
  ["insecure-skip-tls-verify", boolean],
  ["certificate-authority", path],
  ["certificate-authority-data", data],
  ["proxy-url", string],
  ["disable-compression", boolean],
  ["extensions", extensions],
];
const user: Fields = [
  ["client-certificate", path],
  ["client-certificate-data", data],
  ["client-key", path],
  ["client-key-data", data],
  ["token", string],
  ["tokenFile", path],
  ["as", string],
  ["as-uid", string],
  ["as-groups", strings],
  ["as-user-extra", (random) => map(random.some(names, 0.15).map((each) => [each, strings(random)]))],
  ["username", string],
  ["password", string],
  [
    "auth-provider",
    (random) =>
      map([
        ["name", string(random)],
        ["config", map(random.some(names, 0.1).map((each) => [each, string(random)]))],
      ]),
  ],
  ["exec", (random) => fields(random, exec, 0.5)],
  ["extensions", extensions],
];
const context: Fields = [
  ["cluster", name],
  ["user", name],
  ["namespace", string],
  ["extensions", extensions],
];

function fields(random: Random, all: Fields, probability: number): Node {
  if (random.chance(0.04)) {
    return plain(random.pick(["", "null", "{}", "~", ...(random.slip(0.2) ? ["[]", "5", "x"] : [])]));
  }
  const chosen: Entry[] = random.shuffle(random.some(all, probability)).map(([key, make]) => ({
    key: text(random.chance(0.98) ? key : random.pick([key.toUpperCase(), `${key} `, `x-${key}`])),
    value: random.slip(0.04) ? anything(random) : make(random),
  }));
  const repeated =
    random.slip(0.05) && chosen[0] !== undefined ? [{ ...chosen[0], value: anything(random) }] : [];
  const unknown = random.chance(0.06) ? [{ key: text("unknown"), value: anything(random) }] : [];
  return { kind: "map", entries: [...repeated, ...chosen, ...unknown] };
}

function section(random: Random, noun: string, all: Fields): Node {
  const chosen = random.shuffle(random.some(names, 0.2));
  const repeated = random.slip(0.05) ? chosen.slice(0, 1) : [];
  return list(
    [...chosen, ...repeated].map((each) => {
      const parts: readonly (readonly [string, Node])[] = [
        ...(random.slip(0.03) ? [] : [["name", text(each)] as const]),
        ...(random.chance(0.96) ? [[noun, fields(random, all, noun === "user" ? 0.2 : 0.4)] as const] : []),
      ];
      return map(random.chance(0.5) ? parts : parts.toReversed());
    }),
  );
}

/** Returns a kubeconfig with some of the possible fields. */
export function anyKubeconfig(random: Random): Node {
  const parts: readonly (readonly [string, Make, number])[] = [
    ["apiVersion", (one) => text(one.slip(0.04) ? one.pick(["v2", "", "V1"]) : "v1"), 0.6],
    ["kind", (one) => text(one.slip(0.04) ? one.pick(["Pod", "", "config"]) : "Config"), 0.6],
    ["clusters", (one) => section(one, "cluster", cluster), 0.8],
    ["users", (one) => section(one, "user", user), 0.8],
    ["contexts", (one) => section(one, "context", context), 0.8],
    ["current-context", name, 0.6],
    [
      "preferences",
      (one) =>
        map(
          [
            ["colors", boolean(one)],
            ["extensions", extensions(one)],
          ].slice(one.below(2)) as [string, Node][],
        ),
      0.15,
    ],
    ["extensions", extensions, 0.15],
    ["unknown", (one) => anything(one), 0.05],
  ];
  const chosen = random.shuffle(parts).filter(([, , probability]) => random.chance(probability));
  return map(chosen.map(([key, make]) => [key, random.slip(0.03) ? anything(random) : make(random)]));
}
