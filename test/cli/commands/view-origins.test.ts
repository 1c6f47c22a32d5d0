import * as fc from "fast-check";
import { AuthInfo } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import { newConfig, newContext } from "../../../src/api/config.ts";
import { ExecConfig } from "../../../src/api/exec.ts";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { main } from "../../../src/cli/main.ts";
import { encodeConfig } from "../../../src/codec/kubeconfig/encode-config.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import type { FakeMachine } from "../../support/fake-host.ts";
import { fakeHost } from "../../support/fake-host.ts";

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

async function run(machine: FakeMachine, ...argv: readonly string[]): Promise<Outcome> {
  const text = { out: "", err: "" };
  const streams = {
    out: { write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  const exitCode = await main(fakeHost(machine), streams, argv, "kcfg");
  return { ...text, exitCode };
}

const MACHINE: FakeMachine = {
  files: {
    "/home/u/team.yaml": `current-context: staging
defaults: &defaults
  tls-server-name: api.internal
clusters:
- name: staging
  cluster:
    <<: *defaults
    server: https://staging.example.com
    certificate-authority: ca.crt
- {name: "two\\nlines", cluster: {server: https://two}}
contexts:
- {name: staging, context: {cluster: staging, user: me}}
`,
    "/home/u/ca.crt": "CA",
    "mine.yaml": `clusters: [{name: staging, cluster: {server: https://old}}]
users: [{name: me, user: {token: hunter2}}]
current-context: "so: \\e"
extensions: [{name: x, extension: {a: 1}}]
preferences: {colors: true}
`,
    "odd\nname": "current-context: z\nclusters: [{name: staging, cluster: {server: z}}]\n",
  },
  env: { HOME: "/home/u", KUBECONFIG: "/home/u/team.yaml:none:mine.yaml:odd\nname" },
};

describe("kcfg view --show-origin", () => {
  test("marks each entry with its place, and lists what it shadows", async () => {
    const { out, err, exitCode } = await run(MACHINE, "view", "--merged", "--show-origin");
    expect(out).toBe(`apiVersion: v1
clusters:
- cluster: # ~/team.yaml:5
    certificate-authority: ca.crt
    server: https://staging.example.com
    tls-server-name: api.internal # ~/team.yaml:3
  name: staging
  # shadowed: mine.yaml:1
  # shadowed: "odd\\nname":2
- cluster: # ~/team.yaml:10
    server: https://two
  name: |-
    two
    lines
contexts:
- context: # ~/team.yaml:12
    cluster: staging
    user: me
  name: staging
current-context: staging # ~/team.yaml:1
# shadowed: mine.yaml:3 ("so: \\x1b")
# shadowed: "odd\\nname":1 (z)
extensions:
- extension: # mine.yaml:4
    a: 1
  name: x
kind: Config
preferences:
  colors: true # mine.yaml:5
users:
- name: me # mine.yaml:2
  user:
    token: REDACTED
`);
    expect([err, exitCode]).toEqual(["", 0]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      "--scalars=last",
      ["--scalars=last"],
      ['current-context: z # "odd\\nname":1', "# shadowed: mine.yaml:3"],
    ],
    ["--raw", ["--raw"], ["    token: hunter2"]],
    [
      "--minify --context, which takes the place of current-context",
      ["--minify", "--context", "staging"],
      ["current-context: staging # --context", "# shadowed: ~/team.yaml:1 (staging)"],
    ],
    [
      "--flatten, and names the files whose content it shows",
      ["--flatten"],
      ["    # content of ~/ca.crt, named at ~/team.yaml:9\n    certificate-authority-data: Q0E="],
    ],
    ["--kubeconfig", ["--kubeconfig", "mine.yaml"], ["- cluster: # mine.yaml:1"]],
    ["--merge=false", ["--merge=false", "--kubeconfig=mine.yaml"], ["- cluster: # mine.yaml:1"]],
    ["a file that does not exist", ["--kubeconfig", "none"], ["clusters: null\n"]],
  ])("goes with %s", async (_what, flags, expected) => {
    const { out, err } = await run(MACHINE, "view", "--show-origin", ...flags);
    for (const part of expected) expect(out).toContain(part);
    expect(err).toBe("");
  });

  test("prints as JSON the config, the files, and the place of every field", async () => {
    const { out } = await run(MACHINE, "view", "--show-origin", "--flatten", "-o", "json");
    const { config, files, origins } = JSON.parse(out);
    expect(config).toEqual(JSON.parse((await run(MACHINE, "view", "--flatten", "-o", "json")).out));
    expect(files).toEqual([
      { file: "/home/u/team.yaml", status: "loaded" },
      { file: "none", status: "missing" },
      { file: "mine.yaml", status: "loaded" },
      { file: "odd\nname", status: "loaded" },
    ]);
    expect(origins["current-context"]).toEqual({
      file: "/home/u/team.yaml",
      line: 1,
      column: 1,
      shadowed: [
        { file: "mine.yaml", line: 3, column: 1 },
        { file: "odd\nname", line: 1, column: 1 },
      ],
    });
    expect(origins.clusters.staging).toMatchObject({
      file: "/home/u/team.yaml",
      line: 5,
      shadowed: [
        { file: "mine.yaml", line: 1 },
        { file: "odd\nname", line: 2 },
      ],
      fields: {
        server: { file: "/home/u/team.yaml", line: 8, column: 5, shadowed: [{ line: 1 }, { line: 2 }] },
        "certificate-authority-data": { contentOf: "/home/u/ca.crt" },
      },
    });
    expect(origins.preferences.colors.line).toBe(5);
    expect(origins.extensions.x.file).toBe("mine.yaml");
  });

  test.each([
    ["-o", "name"],
    ["-o", "jsonpath={.kind}"],
    ["-o", "kyaml"],
    ["--template", "{{.kind}}"],
  ])("refuses %s %s", async (...flags) => {
    const { out, err, exitCode } = await run(MACHINE, "view", "--show-origin", ...flags);
    expect([out, exitCode]).toEqual(["", 1]);
    expect(err).toContain("--show-origin goes with the output formats yaml and json only");
  });

  test("reads as the document that is printed without it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(configs, { minLength: 1, maxLength: 3 }), async (each) => {
        const files = Object.fromEntries(each.map((config, i) => [`f${i} # \u001b`, encodeConfig(config)]));
        const machine = { files, env: { KUBECONFIG: Object.keys(files).join(":"), HOME: "/" } };
        const plain = await run(machine, "view", "--raw");
        const marked = await run(machine, "view", "--raw", "--show-origin");
        expect(marked.err).toBe("");
        expect(readYaml(marked.out).value).toEqual(readYaml(plain.out).value);
        const kept = marked.out.split("\n").filter((line) => !isComment(line));
        expect(kept.map((line) => line.replace(/ # "f\d # \\x1b":\d+$/, "")).join("\n")).toBe(plain.out);
      }),
      { numRuns: 150 },
    );
  });
});

/** A comment on a line of its own. */
function isComment(line: string): boolean {
  return /^ *# (?:shadowed: )?"f\d # \\x1b":\d+(?: \(.*\))?$/.test(line);
}

const WORDS = ["", "x", "a b", "yes", "two\nlines\n", "ends\n\n", "# no", "a # b", "a: b", "é😀", "\u2028x"];
const SIGNS = "{ [ - ? : & * ! | > ' \" % @ `".split(" ");
const texts = fc.constantFrom(...WORDS, ...SIGNS, "\u001b", " x", "long ".repeat(40), "w".repeat(200));
const names = fc.oneof(texts, fc.constantFrom("a", "b", "__proto__"));
const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  texts,
  fc.constantFrom<JsonValue>(null, true, 1, [], new Map()),
  fc.array(texts, { maxLength: 2 }),
  fc.array(fc.tuple(texts, texts), { maxLength: 2 }).map((fields) => new Map(fields)),
);

function entries<T>(entry: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc.array(fc.tuple(names, entry), { maxLength: 3 }).map((list) => new Map(list));
}

const extensions = entries(anything);
const configs = fc
  .record({
    clusters: entries(
      fc.record({ server: texts, proxyUrl: texts, extensions }).map((fields) => new Cluster(fields)),
    ),
    authInfos: entries(
      fc
        .record({
          token: texts,
          password: texts,
          impersonateGroups: fc.array(texts, { maxLength: 2 }),
          args: texts,
        })
        .map(({ args, ...fields }) => {
          const exec = args === "" ? undefined : new ExecConfig({ command: "c", args: [args] });
          return new AuthInfo({ ...fields, exec });
        }),
    ),
    contexts: entries(fc.record({ cluster: names, authInfo: names, namespace: texts }).map(newContext)),
    currentContext: texts,
    extensions,
    preferences: fc.record({ colors: fc.boolean(), extensions }),
  })
  .map((fields) => newConfig(fields));
