import type { ErrorObject } from "ajv";
import * as fc from "fast-check";
import type { Config } from "../../src/api/config.ts";
import { validateAuthInfo } from "../../src/clientcmd/validate-auth-info.ts";
import { validateCluster } from "../../src/clientcmd/validate-cluster.ts";
import { validateContext } from "../../src/clientcmd/validation.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";
import { readVectors } from "../conformance/vector-files.ts";
import { joinText } from "../conformance/vector.ts";
import { kubeconfigSchema } from "../../scripts/kubeconfig-schema.ts";
import { readFromRepository, validatorOf, valueOf } from "./schema.ts";

const faultsOf = validatorOf("schemas/kubeconfig-v1.schema.json");

/** The file is there only so that no cluster counts as one that was never written. */
const decode = (text: string): Config => decodeConfig(text, "f");

const noFault = (): undefined => undefined;

/** What client-go says against an entry as soon as it is used, except about other entries and files. */
function usageFaults(config: Config): readonly string[] {
  return [
    ...Array.from(config.clusters, ([name, cluster]) => validateCluster(name, cluster, noFault)),
    ...Array.from(config.authInfos, ([name, user]) => validateAuthInfo(name, user, noFault)),
    ...Array.from(config.contexts, ([name, context]) => validateContext(name, context, config)),
  ]
    .flat()
    .map(({ message }) => message)
    .filter((message) => !/^(?:user|cluster) "[^]*" was not found for context/.test(message));
}

/** Where a fault is, without numbers, and its keyword. */
function kindOf({ instancePath, keyword }: ErrorObject): string {
  return `${instancePath.replaceAll(/\/\d+/g, "/*")} ${keyword}`;
}

/** What kubectl reads, and a kubeconfig should nevertheless not have. */
const TAKEN_BUT_MARKED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^ (?:type)$/, "nothing at all, or null, is an empty kubeconfig"],
  [/^\/(?:apiVersion|kind) const$/, "an empty or null apiVersion or kind is one that is left out"],
  [
    /^\/(?:[\w-]+\/\*\/[\w-]+\/)?(?:[\w-]+\/)?extensions\/\* (?:required|type)$/,
    "an extension without a name, or null",
  ],
  [/^\/\w+\/\*(?:\/name)? (?:required|type)$/, "an entry without a name has an empty one"],
  [/-data type$/, "a list of numbers is as good as base64"],
  [/\/exec\/apiVersion (?:enum)$/, "an apiVersion that no client runs a plugin with"],
  [
    /\/exec\/interactiveMode (?:const|oneOf)$/,
    "null, or an empty text, with v1beta1, is one that is left out",
  ],
  [/\/exec\/env\/\* type$/, "a variable that is null has no name"],
];

const isListed = (error: ErrorObject): boolean =>
  TAKEN_BUT_MARKED.some(([pattern]) => pattern.test(kindOf(error))) ||
  // Goes with another fault at the same place.
  error.keyword === "if";

test("the schema is the one that `npm run schemas` makes from the tables", () => {
  const written: unknown = JSON.parse(readFromRepository("schemas/kubeconfig-v1.schema.json"));
  expect(written).toEqual(JSON.parse(JSON.stringify(kubeconfigSchema())));
});

describe("of the recorded kubeconfigs", () => {
  const texts = new Set(
    readVectors().flatMap(({ files }) =>
      Object.values(files).flatMap((file) =>
        typeof file === "string" || Array.isArray(file) ? [joinText(file as string | readonly string[])] : [],
      ),
    ),
  );
  const accepted = [...texts].filter((text) => {
    try {
      decode(text);
      return true;
    } catch {
      return false;
    }
  });

  test("all that kubectl takes, and can use, are valid, but for unknown fields and what is listed here", () => {
    const surprises: string[] = [];
    let valid = 0;
    for (const text of accepted) {
      const faults = faultsOf(valueOf(text));
      valid += faults.length === 0 ? 1 : 0;
      const hasUnknownFields = faults.some(({ keyword }) => keyword === "additionalProperties");
      if (!hasUnknownFields && usageFaults(decode(text)).length === 0) {
        surprises.push(
          ...faults.filter((fault) => !isListed(fault)).map((fault) => `${kindOf(fault)}\n${text}`),
        );
      }
    }
    expect(surprises).toEqual([]);
    expect(valid).toBeGreaterThan(2000);
  });

  test("those that kubectl refuses are not valid, but for names that stand twice", () => {
    const wrong = [...texts]
      .filter((text) => !accepted.includes(text))
      .flatMap((text) => {
        let value: unknown;
        try {
          value = valueOf(text);
        } catch {
          return [];
        }
        return faultsOf(value).length === 0 ? [text] : [];
      });
    expect(wrong.filter((text) => !refusal(text).includes("duplicate name"))).toEqual([]);
  });

  test("what kubectl prints is valid whenever it can be used", () => {
    for (const text of accepted) {
      const config = decode(text);
      const printed = usageFaults(config).length > 0 ? undefined : print(config);
      const faults = printed === undefined ? [] : faultsOf(printed);
      expect(faults.filter((fault) => !isListed(fault)).map(kindOf)).toEqual([]);
    }
  });
});

/** What is printed, read again; undefined for the few that kubectl cannot print, or not so that it can read them again. */
function print(config: Config): unknown {
  try {
    return valueOf(encodeConfig(config));
  } catch {
    return undefined;
  }
}

function refusal(text: string): string {
  try {
    decode(text);
    return "";
  } catch (error) {
    return String(error);
  }
}

const userWith = (fields: string): string => `users:\n- name: a\n  user: {${fields}}\n`;
const execWith = (fields: string): string => userWith(`exec: {${fields}}`);
const clusterWith = (fields: string): string => `clusters:\n- name: a\n  cluster: {${fields}}\n`;
const V1 = "apiVersion: client.authentication.k8s.io/v1";
const V1BETA1 = "apiVersion: client.authentication.k8s.io/v1beta1";

describe("marks what clients refuse, ignore or take for something else", () => {
  test.each([
    ["Clusters: []", ""],
    ["apiVersion: v2", "/apiVersion"],
    ["kind: config", "/kind"],
    ["current-context: on", "/current-context"],
    ["clusters: {}", "/clusters"],
    ["clusters: [{cluster: {server: x}}]", "/clusters/0"],
    [clusterWith("Server: x"), "/clusters/0/cluster"],
    [clusterWith("server: x, certificateAuthority: x"), "/clusters/0/cluster"],
    [
      clusterWith("server: x, insecure-skip-tls-verify: 'true'"),
      "/clusters/0/cluster/insecure-skip-tls-verify",
    ],
    [
      clusterWith("server: x, certificate-authority-data: a-b_"),
      "/clusters/0/cluster/certificate-authority-data",
    ],
    [
      clusterWith("server: x, certificate-authority-data: YQ"),
      "/clusters/0/cluster/certificate-authority-data",
    ],
    [
      clusterWith("server: x, certificate-authority: a, certificate-authority-data: YQ=="),
      "/clusters/0/cluster",
    ],
    [clusterWith("server: x, proxy-url: localhost:8080"), "/clusters/0/cluster/proxy-url"],
    [clusterWith("server: x, proxy-url: 'ftp://a'"), "/clusters/0/cluster/proxy-url"],
    [userWith("token: 12"), "/users/0/user/token"],
    [userWith("token: a, password: b"), "/users/0/user"],
    [userWith("token-file: a"), "/users/0/user"],
    [userWith("client-certificate: a"), "/users/0/user"],
    [userWith("client-certificate: a, client-certificate-data: YQ==, client-key: b"), "/users/0/user"],
    [userWith("client-certificate: a, client-key: b, client-key-data: YQ=="), "/users/0/user"],
    [userWith("as-groups: [a]"), "/users/0/user"],
    [userWith("as-user-extra: {a: [b]}"), "/users/0/user"],
    [userWith("as: a, as-user-extra: {a: b}"), "/users/0/user/as-user-extra/a"],
    [execWith(V1), "/users/0/user/exec"],
    [execWith("command: a"), "/users/0/user/exec"],
    [execWith(`${V1}, command: a`), "/users/0/user/exec"],
    [execWith(`${V1}, command: a, interactiveMode: never`), "/users/0/user/exec/interactiveMode"],
    [execWith(`${V1BETA1}, command: ""`), "/users/0/user/exec/command"],
    [execWith(`${V1BETA1}, command: a, args: b`), "/users/0/user/exec/args"],
    [execWith(`${V1BETA1}, command: a, args: [1]`), "/users/0/user/exec/args/0"],
    [execWith(`${V1BETA1}, command: a, env: {a: b}`), "/users/0/user/exec/env"],
    [execWith(`${V1BETA1}, command: a, env: [{value: b}]`), "/users/0/user/exec/env/0"],
    [
      execWith("apiVersion: client.authentication.k8s.io/v1alpha1, command: a"),
      "/users/0/user/exec/apiVersion",
    ],
    [userWith(`exec: {${V1BETA1}, command: a}, auth-provider: {name: oidc}`), "/users/0/user"],
    ["contexts: [{name: a, context: {cluster: a}}]", "/contexts/0/context"],
    ["contexts: [{name: a, context: {cluster: a, user: a, namespace: A}}]", "/contexts/0/context/namespace"],
  ])("%j, at %j", (text, place) => {
    expect(faultsOf(valueOf(text)).map(({ instancePath }) => instancePath)).toContain(place);
  });

  test.each([
    "{}",
    "apiVersion: v1\nkind: Config\nclusters: null\nusers: null\ncontexts: null\ncurrent-context: ''\n",
    clusterWith('server: localhost, tls-server-name: null, certificate-authority-data: "YWFh\\nYWFh\\n"'),
    userWith("token: a, tokenFile: b"),
    userWith("client-key: a"),
    userWith("client-certificate-data: YQ==, client-key: b, token: c"),
    "users: [{name: a}, {name: b, user: null}]",
    execWith(`${V1BETA1}, command: a, args: null, env: null, provideClusterInfo: false`),
    execWith(`${V1}, command: a, interactiveMode: Never`),
    "extensions: [{name: a, extension: {b: [1]}}, {name: b}]",
    "contexts: [{name: a, context: {cluster: '', user: '', namespace: }}]",
  ])("and not %j", (text) => {
    expect(faultsOf(valueOf(text))).toEqual([]);
  });
});

const text = fc.constantFrom("a", "b", "on", "", "a b", "A", "https://a", "socks5://b:1", "YQ==", "a.b");
/** Mostly what is right; now and then something of another kind. */
function or<T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 40, arbitrary: right },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, 1, "", "x", [], {}, [1], [null], "YQ=") },
  );
}
const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, ...required: readonly string[]) =>
  fc.record(fields, { requiredKeys: [...required] });
const list = (item: fc.Arbitrary<unknown>) => or(fc.array(item, { maxLength: 2 }));
const bytes = fc.constantFrom("YQ==", "YWFh\n", "", "YWI=");
const extensions = list(or(some({ name: or(text), extension: fc.jsonValue({ maxDepth: 1 }) }, "name")));
const cluster = some(
  {
    server: or(text),
    "tls-server-name": or(text),
    "insecure-skip-tls-verify": or(fc.boolean()),
    "certificate-authority": or(text),
    "certificate-authority-data": or(bytes),
    "proxy-url": or(fc.constantFrom("", "http://a:1", "socks5://b")),
    "disable-compression": or(fc.boolean()),
    extensions,
  },
  "server",
);
const exec = some(
  {
    apiVersion: or(
      fc.constantFrom("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"),
    ),
    command: or(text),
    args: list(or(text)),
    env: list(or(some({ name: or(text), value: or(text) }, "name"))),
    installHint: or(text),
    provideClusterInfo: or(fc.boolean()),
    interactiveMode: or(fc.constantFrom("Never", "IfAvailable", "Always")),
  },
  "apiVersion",
  "command",
  "interactiveMode",
);
const user = fc.oneof(
  some({ token: or(text), tokenFile: or(text), username: or(text), password: or(text), extensions }),
  some({
    "client-certificate": or(text),
    "client-certificate-data": or(bytes),
    "client-key": or(text),
    "client-key-data": or(bytes),
    token: or(text),
  }),
  some({
    as: or(text),
    "as-uid": or(text),
    "as-groups": list(or(text)),
    "as-user-extra": or(fc.dictionary(text, list(or(text)), { maxKeys: 2 })),
  }),
  some({
    exec: or(exec),
    "auth-provider": or(some({ name: or(text), config: or(fc.dictionary(text, or(text), { maxKeys: 2 })) })),
  }),
);
const context = some(
  { cluster: or(text), user: or(text), namespace: or(fc.constantFrom("a", "a-b", "")), extensions },
  "cluster",
  "user",
);
const named = (field: string, entry: fc.Arbitrary<unknown>) =>
  list(or(some({ name: or(text), [field]: or(entry) }, "name", field)));
const kubeconfig = some({
  apiVersion: fc.constant("v1"),
  kind: fc.constant("Config"),
  "current-context": or(text),
  clusters: named("cluster", cluster),
  users: named("user", user),
  contexts: named("context", context),
  preferences: or(some({ colors: or(fc.boolean()), extensions })),
  extensions,
});

describe("of random documents", () => {
  test("whatever is valid is taken, and so are its entries when they are used, but for names that stand twice or are empty", () => {
    let valid = 0;
    fc.assert(
      fc.property(kubeconfig, (document) => {
        if (faultsOf(document).length > 0) {
          return true;
        }
        valid += 1;
        const written = JSON.stringify(document);
        if (refusal(written) !== "") {
          return refusal(written).includes("duplicate name");
        }
        return usageFaults(decode(written)).every((fault) =>
          /^(?:empty context name|user was not|cluster was not|no server found|default cluster has no server)/.test(
            fault,
          ),
        );
      }),
      { numRuns: 3000 },
    );
    expect(valid).toBeGreaterThan(300);
  });
});
