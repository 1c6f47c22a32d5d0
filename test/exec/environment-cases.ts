import type { ExecEnvVar } from "../../src/api/exec.ts";

/** A plugin's surroundings, as a kubeconfig and the environment have them. */
export interface EnvironmentCase {
  readonly name: string;
  readonly apiVersion: string;
  /** The fields of the cluster, with the names that they have in a kubeconfig. */
  readonly cluster: Readonly<Record<string, string | boolean>>;
  /** The extension `client.authentication.k8s.io/exec`, as JSON text. */
  readonly extension?: string;
  readonly provideClusterInfo: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly added: readonly ExecEnvVar[];
}

function make(name: string, changes: Partial<EnvironmentCase>): EnvironmentCase {
  return {
    name,
    apiVersion: "client.authentication.k8s.io/v1",
    cluster: {},
    provideClusterInfo: false,
    environment: {},
    added: [],
    ...changes,
  };
}

const INFO = "KUBERNETES_EXEC_INFO";

function withInfo(what: string, cluster: EnvironmentCase["cluster"]): readonly EnvironmentCase[] {
  return [make(`cluster info: ${what}`, { cluster, provideClusterInfo: true })];
}

const clusters: readonly EnvironmentCase[] = [
  make("no cluster info", {}),
  make("no cluster info, but a cluster that has much to tell", {
    cluster: { "tls-server-name": "x" },
    extension: "{}",
  }),
  ...withInfo("nothing special", {}),
  ...withInfo("tls-server-name", { "tls-server-name": "kube.example" }),
  ...withInfo("disable-compression", { "disable-compression": true }),
  ...withInfo("disable-compression: false", { "disable-compression": false }),
  ...withInfo("proxy-url", { "proxy-url": "http://user:pa%20ss@127.0.0.1:1/?a=b&c=<d>" }),
  ...withInfo("authorities", { "certificate-authority-data": "CA" }),
  ...withInfo("characters that are escaped", { "tls-server-name": '<>&\u2028\u2029"\\\u0001\té\u{1f600}' }),
  ...[
    "null",
    "{}",
    "[]",
    '""',
    "0",
    "true",
    '{"b":1,"a":{"d":[],"c":null}}',
    '{"B":1,"a":2,"_":3,"é":4,"\u{1f600}":5,"\ufb01":6}',
    '{"n":[1,-0,1.0,1.5,1e3,1e21,1e-7,123456789012345678901234567890,9007199254740993,-9223372036854775808,18446744073709551615,0.1]}',
    '{"s":"<script>&amp;\\u2028\\u0000\\u001f\\u007f\\\\\\""}',
    '"2030-01-02"',
    '{"2030-01-02":"yes","true":"on"}',
    '{"__proto__":{"x":1},"constructor":2}',
    '{"apiVersion":"v1","kind":"Config","spec":{"audience":"snorlax"}}',
    '{"a":"x\\ny\\n"}',
    '[[[[{"a":[{}]}]]]]',
  ].map((extension) => make(`extension ${extension}`, { extension, provideClusterInfo: true })),
  make("v1beta1, with cluster info", {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    extension: '{"a":1}',
    provideClusterInfo: true,
  }),
  make("v1beta1, without", { apiVersion: "client.authentication.k8s.io/v1beta1" }),
];

const variables: readonly EnvironmentCase[] = [
  make("variables are added", { environment: { A: "1" }, added: [{ name: "B", value: "2" }] }),
  make("an added variable goes before the inherited one", {
    environment: { A: "1" },
    added: [{ name: "A", value: "2" }],
  }),
  make("the last of two added ones counts", {
    added: [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
      { name: "A", value: "3" },
    ],
  }),
  make("an empty value", { environment: { A: "1" }, added: [{ name: "A", value: "" }] }),
  make("a name with an equals sign", { environment: { A: "1" }, added: [{ name: "A=B", value: "2" }] }),
  make("names that differ in case", { environment: { a: "1" }, added: [{ name: "A", value: "2" }] }),
  make("values with everything", { added: [{ name: "A", value: "a b\n'\"$B`x`\\é=\t" }] }),
  make("odd names", {
    added: [
      { name: "a b", value: "1" },
      { name: "1", value: "2" },
      { name: "é", value: "3" },
      { name: "-", value: "4" },
    ],
  }),
  make("a name that begins with an equals sign", {
    added: [
      { name: "=A", value: "1" },
      { name: "=A", value: "2" },
    ],
  }),
  make("names that JavaScript has uses for", {
    environment: { constructor: "1" },
    added: [
      { name: "__proto__", value: "2" },
      { name: "toString", value: "3" },
    ],
  }),
  make("a forged request from the environment", { environment: { [INFO]: "forged" } }),
  make("a forged request from the kubeconfig", { added: [{ name: INFO, value: "forged" }] }),
  make("a forged request from both", {
    environment: { [INFO]: "forged" },
    added: [{ name: INFO, value: "forged" }],
  }),
  make("a forged request by a name with an equals sign", {
    added: [{ name: `${INFO}=forged`, value: "forged" }],
  }),
  make("a forged request by a name in lower case", {
    added: [{ name: INFO.toLowerCase(), value: "forged" }],
  }),
];

/** Always the same ones. */
export const environmentCases: readonly EnvironmentCase[] = [...clusters, ...variables];
