import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import type { Host } from "../../src/host/host.ts";
import { main } from "../../src/cli/main.ts";
import { answerShortly } from "../../src/cli/shortcut/answer-shortly.ts";
import type { ShortLine } from "../../src/cli/shortcut/short-line.ts";
import { readShortLine } from "../../src/cli/shortcut/short-line.ts";
import { fakeHost } from "../support/fake-host.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";
import { anyKubeconfig } from "../conformance/random/kubeconfig.ts";
import { careful, randomFrom } from "../conformance/random/random.ts";
import { spell } from "../conformance/random/spell.ts";

/** Every command line of the short way, but for its file. */
const LINES = [
  ["current-context"],
  ["ctx", "."],
  ["namespace"],
  ["prompt"],
  ["prompt", "--shell=bash"],
  ["prompt", "--shell", "zsh"],
  ["view"],
  ["get-contexts", "-o", "name"],
];

const USUAL = `apiVersion: v1
clusters:
- cluster:
    server: https://a.example.com
  name: a
contexts:
- context:
    cluster: a
    namespace: shop
    user: u
  name: c
current-context: c
kind: Config
users:
- name: u
  user:
    token: secret
`;

interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function run(host: Host, argv: readonly string[]): Promise<Ended> {
  let out = "";
  let err = "";
  const exitCode = await main(
    host,
    {
      out: { write: (text) => void (out += typeof text === "string" ? text : Buffer.from(text).toString()) },
      err: { write: (text) => void (err += String(text)) },
    },
    argv,
    "kcfg",
  );
  return { exitCode, out, err };
}

function answer(host: Host, argv: readonly string[]): string | undefined {
  const line = readShortLine(argv);
  return line && answerShortly(host, line, false);
}

const NAMES = [
  "c",
  "a b",
  "~",
  "null",
  "yes",
  "0x1f",
  "1_000",
  "a: b",
  "c #d",
  "'q'",
  "@x",
  "arn:aws:eks:r:1:c/x",
  "ü",
  "*",
];

/** Returns a kubeconfig whose names are all the same. */
function namedAll(name: string): string {
  const user = new AuthInfo({ token: "secret", clientKeyData: Buffer.from("key") });
  return encodeConfig({
    ...newConfig(),
    clusters: new Map([[name, new Cluster({ server: "https://a.example.com" })]]),
    contexts: new Map([[name, newContext({ cluster: name, authInfo: name, namespace: name })]]),
    authInfos: new Map([[name, user]]),
    currentContext: name,
  });
}

/** Kubeconfigs are found with comments, without some fields, and with what cannot be used. */
const EDITS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `# mine\n${text}`,
  (text) => text.replace("    token: secret\n", "    token: secret # mine\n"),
  (text) => text.replace(/ {4}client-key-data: .*\n/, ""),
  (text) => text.replace(/ {4}namespace: .*\n/, ""),
  (text) => text.replace(/ {4}server: .*\n/, "    insecure-skip-tls-verify: true\n"),
  (text) => text.replace(/^current-context: .*\n/m, "current-context: other\n"),
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replace("kind: Config", "kind: Pod"),
];

/** Returns a random kubeconfig as somebody spelled it, and as kubectl writes it. */
function randomText(seed: number): readonly string[] {
  const random = careful(randomFrom(seed));
  const text = spell(random, anyKubeconfig(random));
  try {
    return [text, encodeConfig(decodeConfig(text))];
  } catch {
    return [text];
  }
}

describe("a short command line", () => {
  test("of a usual kubeconfig has an answer, and no secret in it", () => {
    const host = fakeHost({ files: { f: USUAL }, env: { KUBECONFIG: "f:missing" } });
    expect(LINES.map((argv) => answer(host, argv))).toEqual([
      "c\n",
      "c\n",
      "shop\n",
      "c:shop\n",
      "c:shop\n",
      "c:shop\n",
      expect.stringContaining("token: REDACTED\n"),
      "c\n",
    ]);
  });

  const texts = [
    ...Array.from({ length: 200 }, (_, seed) => randomText(seed)).flat(),
    ...NAMES.flatMap((name) => EDITS.map((edit) => edit(namedAll(name)))),
  ];

  test.each(LINES)("kcfg %s: where it has an answer, the command says the same", async (...words) => {
    let answered = 0;
    for (const text of texts) {
      const argv = [...words, "--kubeconfig", "f"];
      const host = fakeHost({ files: { f: text } });
      const said = answer(host, argv);
      if (said !== undefined) {
        answered++;
        const { exitCode, out, err } = await run(host, argv);
        expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: said, err: "" });
      }
    }

    expect(answered).toBeGreaterThan(30);
  });

  test.each<[string, string, Record<string, string>]>([
    ["a name outside of ASCII", USUAL.replaceAll(": c\n", ": ü\n"), {}],
    ["a name that is more than a line", USUAL.replaceAll(": c\n", ': "c\\nd"\n'), {}],
    ["what the quick reader does not read", `${USUAL}preferences: !!map {}\n`, {}],
    ["no current context", USUAL.replace("current-context: c\n", ""), {}],
    ["a file that is no kubeconfig", "hello", {}],
    ["an empty file", "", {}],
    ["a run as a credential plugin", USUAL, { KUBERNETES_EXEC_INFO: "{}" }],
  ])("is left to the command by %s", (_, text, env) => {
    const host = fakeHost({ files: { f: text }, env });
    expect(answer(host, ["current-context", "--kubeconfig=f"])).toBeUndefined();
  });

  test("is left to the command by a missing file, a folder and a large file", () => {
    const large = `${USUAL}${"#".repeat(1_000_000)}\n`;
    const host = fakeHost({ files: { f: large, "d/x": "" }, env: { HOME: "/home" } });
    for (const file of ["f", "d", "missing"]) {
      expect(answer(host, ["view", "--kubeconfig", file])).toBeUndefined();
    }
  });

  test("of a prompt on a terminal is left to the command, whose colours are others", () => {
    const host = fakeHost({ files: { f: USUAL.replaceAll(": c\n", ": prod\n") } });
    const line: ShortLine = { command: "prompt bash", kubeconfig: "f" };
    expect(answerShortly(host, line, false)).toContain("\u001b[31m");
    expect(answerShortly(host, line, true)).toBeUndefined();
  });

  test("never opens what is no regular file: a pipe can be read only once", () => {
    const host = fakeHost({ files: { f: USUAL } });
    let opened = 0;
    const pipe: Host = {
      ...host,
      fs: {
        ...host.fs,
        stat: (path) => ({ ...host.fs.stat(path), isFile: false }),
        readFile: (path, limit) => {
          opened++;
          return host.fs.readFile(path, limit);
        },
      },
    };
    expect(answer(pipe, ["view", "--kubeconfig=f"])).toBeUndefined();
    expect(opened).toBe(0);
  });

  test.each([
    ["a context that cannot be used", USUAL.replace("cluster: a\n", "cluster: b\n"), {}],
    ["no namespace", USUAL.replace("    namespace: shop\n", ""), {}],
    ["a server of the environment", USUAL, { KUBERNETES_MASTER: "https://m" }],
  ])("leaves the namespace to the command by %s", (_, text, env) => {
    expect(answer(fakeHost({ files: { f: text }, env }), ["namespace", "--kubeconfig=f"])).toBeUndefined();
  });
});

describe("which command lines are short", () => {
  test.each<[readonly string[], ShortLine]>([
    [["view"], { command: "view", kubeconfig: "" }],
    [["view", "--kubeconfig", "f"], { command: "view", kubeconfig: "f" }],
    [["view", "--kubeconfig", "-f"], { command: "view", kubeconfig: "-f" }],
    [["view", "--kubeconfig=f"], { command: "view", kubeconfig: "f" }],
    [["prompt", "--shell", "zsh"], { command: "prompt zsh", kubeconfig: "" }],
    [["get-contexts", "-o=name"], { command: "get-contexts -o name", kubeconfig: "" }],
  ])("%j is", (argv, line) => expect(readShortLine(argv)).toEqual(line));

  test.each([
    [[]],
    [["view", "x"]],
    [["--kubeconfig", "f", "view"]],
    [["view", "--kubeconfig"]],
    [["view", "--kubeconfig", ""]],
    [["view", "--kubeconfig="]],
    [["view", "--kubeconfig=f", "x"]],
    [["view", "--kubeconfig", "f", "--raw"]],
    [["view", "--kubeconfig", "f", "--kubeconfig", "g"]],
    [["view", "--kubeconfigs", "f"]],
    [["prompt", "--shell", "tcsh"]],
    [["prompt", "--color", "x=red"]],
    [["get-contexts -o name"]],
    [["get-contexts", "-o", "name", "c"]],
    [["__proto__"]],
  ])("%j is not", (argv) => expect(readShortLine(argv)).toBeUndefined());
});
