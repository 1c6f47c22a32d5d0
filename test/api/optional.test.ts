import { inspect } from "node:util";
import { Command } from "commander";
import * as kcfg from "../../src/index.ts";
import { fakeHost } from "../support/fake-host.ts";

// Nouns as JavaScript makes them: of plain objects, with what is undefined left out.

const exec = {
  command: "plug",
  apiVersion: "client.authentication.k8s.io/v1",
  interactiveMode: "Never",
} as const;

const MAKERS: readonly (readonly [name: string, make: (fields?: never) => object])[] = [
  ["AuthInfo", (fields) => new kcfg.AuthInfo(fields)],
  ["AuthProviderConfig", (fields) => new kcfg.AuthProviderConfig(fields)],
  ["Cluster", (fields) => new kcfg.Cluster(fields)],
  ["ConfigOverrides", (fields) => new kcfg.ConfigOverrides(fields)],
  ["ExecConfig", (fields) => new kcfg.ExecConfig(fields)],
  ["RestConfig", (fields) => new kcfg.RestConfig(fields)],
  ["TlsClientConfig", (fields) => kcfg.newTlsClientConfig(fields)],
  ["newConfig", (fields) => kcfg.newConfig(fields)],
  ["newContext", (fields) => kcfg.newContext(fields)],
];

describe.each(MAKERS)("%s", (name, make) => {
  const none = Object.fromEntries(Object.keys(make()).map((key) => [key, undefined]));

  test("takes undefined for a field that is not set", () => {
    expect(make(none as never)).toEqual(make());
  });

  test("refuses a field that it does not have, by name, and shows no value", () => {
    expect(() => make({ ...none, nonsense: "s3cr3t" } as never)).toThrow(
      new TypeError(`${name}: unknown field "nonsense"`),
    );
    expect(() => make({ toString: "x" } as never)).toThrow(`${name}: unknown field "toString"`);
  });

  test("refuses a string of another type", () => {
    const field = Object.entries(make()).find(([, value]) => value === "")?.[0];
    expect(() => field !== undefined && make({ [field]: 1 } as never)).toThrow(
      field === undefined ? "" : new TypeError(`${name}: ${field} must be a string, not a number`),
    );
  });
});

test("a field that becomes undefined is not set any more", () => {
  expect(new kcfg.AuthInfo({ token: "t" }).with({ token: undefined }).token).toBe("");
  expect(new kcfg.Cluster({ server: "s" }).with({ server: undefined }).server).toBe("");
  expect(new kcfg.RestConfig({ host: "h" }).with({ host: undefined, tls: undefined }).host).toBe("");
});

test("structures within may be plain objects, in part", () => {
  const user = new kcfg.AuthInfo({ exec, authProvider: { name: "oidc" } });
  expect([user.exec, user.authProvider]).toEqual([
    new kcfg.ExecConfig(exec),
    new kcfg.AuthProviderConfig({ name: "oidc" }),
  ]);
  const config = new kcfg.RestConfig({
    tls: { insecure: true },
    impersonate: { userName: "jane" },
    execProvider: { ...exec, args: ["s3cr3t"] },
  });
  expect(config.tls).toEqual(kcfg.newTlsClientConfig({ insecure: true }));
  expect(config.impersonate.groups).toEqual([]);
  expect(inspect(config, { depth: 9 })).not.toContain("s3cr3t");
  const overrides = new kcfg.ConfigOverrides({
    context: { namespace: "shop" },
    cluster: { server: "https://h" },
    authInfo: { exec },
  });
  expect(overrides.context).toEqual(kcfg.newContext({ namespace: "shop" }));
  expect(overrides.cluster).toBeInstanceOf(kcfg.Cluster);
  expect(() => new kcfg.ConfigOverrides({ context: { namspace: "x" } as never })).toThrow(
    'newContext: unknown field "namspace"',
  );
  expect(() => new kcfg.RestConfig({ tls: { caData: "PEM" as never } })).toThrow(
    "TlsClientConfig: caData must be a Uint8Array, not a string",
  );
});

describe("a client config", () => {
  const files = {
    "/k": `
clusters: [{name: c, cluster: {server: "https://h"}}]
contexts: [{name: x, context: {cluster: c, user: u}}, {name: z, context: {cluster: c, user: u, namespace: why}}]
users: [{name: u, user: {token: t}}]
current-context: x
`,
  };
  const host = fakeHost({ files });

  test("takes overrides and rules in plain objects, in part, and reads both late", () => {
    const overrides = { currentContext: "", context: { namespace: "n" } };
    const rules = { explicitPath: "/k", warn: undefined, resolvePaths: undefined };
    const client = kcfg.newNonInteractiveDeferredLoadingClientConfig(rules, { overrides, host });
    overrides.currentContext = "z";
    overrides.context = { namespace: "" };
    expect(client.namespace()).toEqual({ namespace: "why", overridden: false });
    expect(client.mergedRawConfig().currentContext).toBe("z");
  });

  test("refuses overrides with unknown fields when it is made", () => {
    const config = kcfg.loadConfig({ explicitPath: "/k", host });
    expect(() =>
      kcfg.newDefaultClientConfig(config, { overrides: { currentContex: "z" } as never, host }),
    ).toThrow('ConfigOverrides: unknown field "currentContex"');
    expect(() =>
      kcfg
        .newNonInteractiveDeferredLoadingClientConfig({ explicitpath: "/k" } as never, { host })
        .rawConfig(),
    ).toThrow('the loading rules: unknown field "explicitpath"');
  });

  test("takes undefined where an empty string means none", async () => {
    const config = kcfg.loadConfig({ explicitPath: "/k", host });
    expect(kcfg.newNonInteractiveClientConfig(config, undefined, { host }).namespace().namespace).toBe(
      "default",
    );
    expect((await kcfg.buildConfigFromFlags(undefined, "/k", { host })).host).toBe("https://h");
    expect(kcfg.recommendedConfigOverrideFlags(undefined)).toEqual(kcfg.recommendedConfigOverrideFlags(""));
  });

  test("is written by flags of which only the names are given", () => {
    const overrides = new kcfg.ConfigOverrides();
    const flags = kcfg.recommendedConfigOverrideFlags(undefined);
    const program = new Command("demo").exitOverride();
    const namespace = { longName: "namespace", shortName: undefined, default: undefined };
    kcfg.bindStringFlag(
      program,
      namespace,
      (value) => (overrides.context = { ...overrides.context, namespace: value }),
    );
    kcfg.bindBoolFlag(program, { longName: "quiet" }, () => undefined);
    kcfg.bindStringArrayFlag(program, { longName: undefined, description: "left out" }, () => undefined);
    program.parse(["--namespace", "shop"], { from: "user" });
    expect(overrides.context.namespace).toBe("shop");
    expect(program.helpInformation()).not.toContain("undefined");
    expect(() => kcfg.bindBoolFlag(program, { longname: "x" } as never, () => undefined)).toThrow(
      'the flag: unknown field "longname"',
    );
    expect(flags.context.namespace.longName).toBe("namespace");
  });

  test("has the same error whichever function is called first", async () => {
    for (const [overrides, message] of [
      [{ currentContext: "nope" }, 'context "nope" does not exist'],
      [{ currentContext: "nope", context: { cluster: "no" } }, 'context "nope" does not exist'],
      [{ currentContext: "nope", context: { authInfo: "no" } }, 'auth info "no" does not exist'],
      [{ context: { cluster: "no" } }, 'cluster "no" does not exist'],
      [{ context: { authInfo: "no" } }, 'auth info "no" does not exist'],
    ] as const) {
      const client = (): kcfg.ClientConfig =>
        kcfg.newNonInteractiveDeferredLoadingClientConfig({ explicitPath: "/k" }, { overrides, host });
      expect(() => client().namespace()).toThrow(message);
      expect(() => client().mergedRawConfig()).toThrow(message);
      await expect(client().clientConfig()).rejects.toThrow(message);
    }
  });
});

describe("a plugin policy", () => {
  const host = fakeHost({ executables: ["/bin/plug"], env: { PATH: "/bin" } });
  const decide = (policy: unknown): unknown =>
    kcfg.decidePlugin(policy as kcfg.PluginPolicy, "plug", { host });

  test.each<[policy: unknown, sentence: string]>([
    [{}, "credentialPluginPolicy is missing; write one of AllowAll, DenyAll, Allowlist"],
    [{ credentialPluginPolicy: undefined }, "credentialPluginPolicy is missing"],
    [
      { credentialPluginPolcy: "DenyAll" },
      'unknown option "credentialPluginPolcy"; did you mean "credentialPluginPolicy"?',
    ],
    [{ policyType: "DenyAll", allowlist: undefined }, 'unknown option "policyType"'],
    [{ credentialPluginPolicy: null }, 'option "credentialPluginPolicy" must be a string, not null'],
    ["DenyAll", "must be a plain object, not a string"],
    [
      { credentialPluginPolicy: "Allowlist", credentialPluginAllowlist: ["plug"] },
      'entry 1 of credentialPluginAllowlist must be { command: "…" }',
    ],
    [
      {
        credentialPluginPolicy: "Allowlist",
        credentialPluginAllowlist: [{ command: "a" }, { name: "plug" }],
      },
      'entry 2 of credentialPluginAllowlist must be { command: "…" }',
    ],
  ])("%j is refused with a sentence, by each function that takes one", async (policy, sentence) => {
    expect(() => decide(policy)).toThrow(sentence);
    expect(() => kcfg.validatePluginPolicy(policy as never, { host })).toThrow(sentence);
    expect(() => kcfg.execAuthenticator({ exec, policy: policy as never }, { host })).toThrow(sentence);
    await expect(kcfg.runPlugin({ exec, policy: policy as never }, { host })).rejects.toThrow(sentence);
    const pluginPolicy = policy as never;
    if (typeof policy === "object") {
      expect(() => kcfg.connect({ host: "https://h" }, { pluginPolicy, host })).toThrow(sentence);
      await expect(kcfg.connectToCluster({ config: kcfg.newConfig(), pluginPolicy, host })).rejects.toThrow(
        sentence,
      );
    }
  });

  test("with a misspelt value is refused before anything needs it", () => {
    const pluginPolicy = { credentialPluginPolicy: "allowlist" } as never;
    expect(() => kcfg.connect({ host: "http://h" }, { pluginPolicy, host })).toThrow(
      new kcfg.PluginPolicyError(
        'invalid plugin policy: unknown plugin policy: "allowlist"; did you mean "Allowlist"?',
      ),
    );
  });

  test("that a kuberc has can be passed as it is", () => {
    const text = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
    const read = (more: string): kcfg.PluginPolicy => {
      const there = fakeHost({ files: { "/rc": text + more } });
      return kcfg.loadKuberc({ kuberc: "/rc", host: there }).preference?.pluginPolicy ?? ({} as never);
    };
    expect(decide(read(""))).toMatchObject({ status: "allowed" });
    expect(
      decide(read("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: plug}]\n")),
    ).toMatchObject({
      status: "allowed",
    });
  });
});
