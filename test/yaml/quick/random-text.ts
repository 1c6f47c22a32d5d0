/** Numbers from 0 to 1, always the same for one seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What can stand in a YAML text and is easily misread. */
const PIECES = [
  "a b name cluster user it's key: a:b : -: ...: QUJD - --- ... -x -- # a#b a,b a]b = $(x) ~x",
  "{} [] { [ \"q\" 'q' \"q 'it''s' \"\\n\" \"\" '' y n null ~ 12 0x1 1.5 .inf 2001-01-01 true -1 1 0o7 1_0 1:30",
  "<< &a *a !!str | > % @ ` ? __proto__ toString",
]
  .flatMap((list) => list.split(" "))
  .concat("", " ", "x y", "a: b", "- x", "--- ", "# c", " # c", "{a: b}", "[a, b]", "? a");

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: dev
preferences: {}
clusters:
- name: dev
  cluster:
    certificate-authority-data: QUJD
    server: https://dev.example.com:6443
    extensions:
    - name: note
      extension: {}
contexts:
- context:
    cluster: dev
    user: dev
    namespace: "team a"
  name: dev
# the only one
users:
- name: admin
  user:
    client-certificate-data: ""
    client-key-data: QQ==
    token: x
- name: dev
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: login
      args:
      - --cluster
      - 'dev'
      env: null
      interactiveMode: Never
      provideClusterInfo: false
`;

/** A random text: YAML line by line, a kubeconfig with some damage, or JSON; few of them are what a kubeconfig may be. */
export function randomText(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kind = random();
  if (kind < 0.3) {
    return damaged(KUBECONFIG, random, pick);
  }
  if (kind < 0.5) {
    const text = JSON.stringify(randomValue(0, random, pick), null, pick([0, 0, 1, 2, 4]));
    return random() < 0.3 ? damaged(text, random, pick) : text;
  }
  return (
    Array.from({ length: 1 + Math.floor(random() * 8) }, () => randomLine(random, pick)).join("\n") +
    pick(ENDS)
  );
}

type Pick = <T>(list: readonly T[]) => T;

const ENDS = ["\n", "\n", "", "\n\n", "\n  ", "\n# c"];

function randomLine(random: () => number, pick: Pick): string {
  const indent = " ".repeat(pick([0, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4]));
  const dash = random() < 0.3 ? pick(["- ", "- ", "-  ", "- - ", "-"]) : "";
  const key = random() < 0.8 ? pick(PIECES) + pick([":", ": ", ":", ": ", ":  ", ",", " : ", ": # c"]) : "";
  const value = random() < 0.6 ? pick(PIECES) : "";
  const gap = random() < 0.1 ? pick(["\n", "\n  ", "\n# c", "\n   # c"]) : "";
  return indent + dash + key + value + pick(["", "", "", "", " ", "  # c"]) + gap;
}

function damaged(text: string, random: () => number, pick: Pick): string {
  let result = text;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const at = Math.floor(random() * result.length);
    const way = random();
    const piece =
      way < 0.6 ? pick(PIECES) : pick(["\n", " ", "  ", "\n  ", "- ", ": ", "\n- ", " #", ",", "}"]);
    result =
      result.slice(0, at) +
      (way < 0.3 ? "" : piece) +
      result.slice(way < 0.3 ? at + 1 + Math.floor(random() * 4) : at);
  }
  return result;
}

function randomValue(depth: number, random: () => number, pick: Pick): unknown {
  if (depth > 3 || random() < 0.4) {
    return pick<unknown>([
      "a",
      "b: c",
      "",
      true,
      false,
      null,
      "y",
      "x # y",
      12,
      1e30,
      "\u00e9",
      "a\nb",
      "- z",
      "x".repeat(200),
    ]);
  }
  const size = Math.floor(random() * 3);
  if (random() < 0.4) {
    return Array.from({ length: size }, () => randomValue(depth + 1, random, pick));
  }
  const keys = ["a", "b", "name", "1", "<<", "y", "key k", "toString", "k".repeat(200)];
  return Object.fromEntries(
    Array.from({ length: size }, () => [pick(keys), randomValue(depth + 1, random, pick)]),
  );
}
