import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import type { Config } from "../../src/api/config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import type { JsonValue } from "../../src/api/json-value.ts";
import type { ConfigPath } from "../../src/clientcmd/origins.ts";
import type { ScalarPrecedence } from "../../src/clientcmd/merge.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";
import { configToV1 } from "../../src/codec/kubeconfig/to-v1.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { ConfigReadError, InvalidConfigurationError } from "../../src/errors.ts";
import { loadOrigins } from "../../src/library/public-loading.ts";
import { loadConfig } from "../../src/loading/load.ts";
import type { ConfigOrigins } from "../../src/library/public-loading.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { fakeHost } from "../support/fake-host.ts";

const FILES = {
  one: `current-context: ""
defaults: &tls
  tls-server-name: &name api.internal
clusters:
- name: dev
  cluster:
    <<: *tls
    server: https://one
contexts:
- context:
    cluster: dev
    user: me
    extensions:
    - name: note
      extension: {a: 1}
  name: dev
users:
- name: me
  user:
    exec:
      command: login
      args:
      - get
`,
  two: `apiVersion: v1
current-context: dev
preferences: {colors: true, extensions: [{name: x, extension: 1}]}
clusters:
- {name: dev, cluster: {server: https://two, proxy-url: http://proxy}}
- {name: other, cluster: {server: https://other}}
extensions:
- {name: ext, extension: e}
`,
  three: "current-context: other\nextensions: [{name: ext, extension: null}]\n",
};

function load(scalarPrecedence: ScalarPrecedence = "first"): ConfigOrigins {
  const host = fakeHost({ files: FILES, env: { KUBECONFIG: "one:none:two::three", HOME: "/home/u" } });
  return loadOrigins({ scalarPrecedence, host });
}

/** `file:line:column`, then those that are shadowed. */
function places(origins: ConfigOrigins, path: ConfigPath): readonly string[] {
  const origin = origins.find(path);
  return origin === undefined
    ? []
    : [origin, ...origin.shadowed].map(({ file, position }) => `${file}:${position.line}:${position.column}`);
}

describe("loadOrigins", () => {
  test("merges as loadConfig does", () => {
    const host = fakeHost({ files: FILES, env: { KUBECONFIG: "one:none:two::three" } });
    const rules = defaultLoadingRules(host);
    expect(loadOrigins({ host }).config).toEqual(loadConfig(host, rules, decodeConfig));
  });

  test("knows the files of the list, the missing ones too", () => {
    expect(load().files.map(({ file, config }) => [file, config?.currentContext])).toEqual([
      ["one", ""],
      ["none", undefined],
      ["two", "dev"],
      ["three", "other"],
    ]);
  });

  test.each<[ConfigPath, readonly string[]]>([
    [
      ["clusters", "dev"],
      ["one:5:3", "two:5:3"],
    ],
    [
      ["clusters", "dev", "server"],
      ["one:8:5", "two:5:25"],
    ],
    [["clusters", "dev", "tls-server-name"], ["one:3:3"]],
    [["clusters", "dev", "proxy-url"], []],
    [["clusters", "other"], ["two:6:3"]],
    [["clusters", "nowhere"], []],
    [["contexts", "dev", "extensions", "note"], ["one:14:7"]],
    [["contexts", "dev", "extensions", "note", "a"], ["one:15:19"]],
    [["contexts", "dev", "extensions", "nothing"], []],
    [["users", "me", "exec"], ["one:20:5"]],
    [["users", "me", "exec", "args", 0], ["one:23:9"]],
    [["users", "me", "exec", "interactiveMode"], []],
    [["current-context"], ["two:2:1", "three:1:1"]],
    [["preferences", "colors"], ["two:3:15"]],
    [["preferences", "extensions", "x"], ["two:3:42"]],
    [
      ["extensions", "ext"],
      ["two:8:3", "three:2:14"],
    ],
    [["extensions"], []],
    [["apiVersion"], []],
    [["current-context", "x"], []],
    [["preferences", "colors", "x"], []],
    [[], []],
  ])("tells where %j comes from", (path, expected) => {
    expect(places(load(), path)).toEqual(expected);
  });

  test("tells key and value apart", () => {
    expect(load().find(["clusters", "dev", "tls-server-name"])).toMatchObject({
      position: { line: 3, column: 3 },
      valuePosition: { line: 3, column: 26 },
    });
  });

  test("lets the last file give scalars if the rules say so", () => {
    expect(places(load("last"), ["current-context"])).toEqual(["three:1:1", "two:2:1"]);
  });

  test("fails as loadConfig does", () => {
    const host = fakeHost({ files: { bad: "clusters: 1" }, env: { KUBECONFIG: "bad" } });
    expect(() => loadOrigins({ host })).toThrow(InvalidConfigurationError);
    expect(() => loadOrigins({ explicitPath: "none", host })).toThrow(ConfigReadError);
  });

  test("shows no secrets", () => {
    const host = fakeHost({ files: { f: "users: [{name: u, user: {token: hunter2}}]" } });
    const origins = loadOrigins({ explicitPath: "f", host });
    const shown = inspect([origins, origins.find(["users", "u", "token"])], { depth: 20, showHidden: true });
    expect(shown + JSON.stringify(origins)).not.toContain("hunter2");
  });

  test("finds, at each place that it tells, what was merged", () => {
    fc.assert(
      fc.property(fc.array(configs, { minLength: 1, maxLength: 3 }), (each) => {
        const files = Object.fromEntries(each.map((config, i) => [`f${i}`, encodeConfig(config)]));
        const host = fakeHost({ files, env: { KUBECONFIG: Object.keys(files).join(":") } });
        const rules = defaultLoadingRules(host, { resolvePaths: false });
        const origins = loadOrigins({ ...rules, host });
        for (const [path, value] of scalarsIn(origins.config)) {
          const origin = origins.find(path);
          expect([path, origin && valueAt(files[origin.file] ?? "", origin.valuePosition)]).toEqual([
            path,
            value,
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Reads a scalar that ends with its line. */
function valueAt(text: string, { line, column }: { line: number; column: number }): JsonValue {
  return readYaml(text.split("\n")[line - 1]?.slice(column - 1) ?? "").value;
}

/** The scalars of a config, each with its path. */
function* scalarsIn(config: Config): Generator<[ConfigPath, JsonValue]> {
  const document = configToV1(config);
  if (config.currentContext !== "") yield [["current-context"], config.currentContext];
  for (const section of ["clusters", "users", "contexts"]) {
    for (const element of asList(document.get(section))) {
      const name = asMap(element).get("name");
      const [, entry = null] = [...asMap(element)].find(([key]) => key !== "name") ?? [];
      if (typeof name === "string") yield* leaves(entry, [section, name]);
    }
  }
}

function* leaves(value: JsonValue, path: ConfigPath): Generator<[ConfigPath, JsonValue]> {
  if (value instanceof Map) {
    for (const [key, child] of asMap(value)) yield* leaves(child, [...path, key]);
  } else if (Array.isArray(value)) {
    for (const [i, child] of asList(value).entries()) yield* leaves(child, [...path, i]);
  } else if (value !== null) {
    yield [path, value];
  }
}

function asMap(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  return value instanceof Map ? value : new Map();
}

function asList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

const names = fc.constantFrom("a", "b", "a.b", "__proto__", "1", "yes", "é");
const texts = fc.constantFrom("", "x", "https://x", "0777", "yes", "ü: 1", "it's");

const clusters = fc
  .record({ server: texts, tlsServerName: texts, insecureSkipTlsVerify: fc.boolean(), proxyUrl: texts })
  .map((fields) => new Cluster(fields));
const users = fc
  .record({
    token: texts,
    impersonateGroups: fc.array(texts, { maxLength: 2 }),
    args: fc.array(texts, { maxLength: 2 }),
  })
  .map(
    ({ args, ...fields }) =>
      new AuthInfo({
        ...fields,
        exec: args.length === 0 ? undefined : new ExecConfig({ command: "c", args }),
      }),
  );
const contexts = fc
  .record({ cluster: names, authInfo: names, namespace: texts })
  .map((fields) => newContext(fields));

function entries<T>(entry: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc.array(fc.tuple(names, entry), { maxLength: 3 }).map((list) => new Map(list));
}

const configs = fc
  .record({
    clusters: entries(clusters),
    authInfos: entries(users),
    contexts: entries(contexts),
    currentContext: fc.oneof(fc.constant(""), names),
  })
  .map((fields) => newConfig(fields));
