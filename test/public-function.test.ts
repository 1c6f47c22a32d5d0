import { Command } from "commander";
import { ConfigOverrides } from "../src/api/overrides.ts";
import type { Host } from "../src/host/host.ts";
import { nodeHost } from "../src/host/node-host.ts";
import * as kcfg from "../src/index.ts";
import { fakeHost } from "./support/fake-host.ts";

// The library as JavaScript calls it: nothing but the functions themselves keeps an option from being ignored.

const KUBECONFIG = `
clusters: [{name: c, cluster: {server: "https://h", certificate-authority: ca.pem}}]
users: [{name: u, user: {tokenFile: token}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`;
const config = kcfg.decodeConfig(KUBECONFIG, "/k");
const policy = { credentialPluginPolicy: "AllowAll" } as const;
const preference = { pluginPolicy: policy, aliases: [], defaults: [] } as unknown as kcfg.Preference;
const exec = new kcfg.ExecConfig({
  command: "plugin",
  apiVersion: "client.authentication.k8s.io/v1",
  interactiveMode: "Never",
});
const call = { exec, cluster: undefined, policy, stdinUnavailable: "" };
const access = {
  loadingPrecedence: ["/k"],
  explicitFile: "/k",
  defaultFilename: "/k",
  startingConfig: () => config,
};
const rules = kcfg.defaultLoadingRules({ explicitPath: "/k" });
const prompter = { ask: () => Promise.resolve("me"), askSecret: () => Promise.resolve("secret") };

/** Every function that has a host, with what goes before its options, and what else makes it look at the machine. */
const FUNCTIONS: Readonly<
  Record<string, readonly [things: readonly unknown[], use?: (result: never) => unknown]>
> = {
  applyKuberc: [[new Command("tool"), preference, ["get"]]],
  bindKubectlFlags: [
    [new Command("tool")],
    (kubectl: kcfg.KubectlFlags) => kubectl.clientConfig.clientConfig(),
  ],
  buildConfigFromFlags: [["", "/k"]],
  checkPlugins: [[]],
  clientConfigFromBytes: [[KUBECONFIG], (client: kcfg.ClientConfig) => client.clientConfig()],
  confirmUsable: [[config]],
  connect: [
    [
      new kcfg.RestConfig({
        host: "https://h",
        tls: kcfg.newTlsClientConfig({ caFile: "/ca" }),
        bearerTokenFile: "/t",
      }),
    ],
    (connection: kcfg.Connection) => connection.headers(),
  ],
  connectToCluster: [[], (client: kcfg.ClusterConnection) => client.headers()],
  decidePlugin: [[policy, "plugin"]],
  defaultLoadingRules: [[]],
  diagnose: [[]],
  execAuthenticator: [[call], (authenticator: kcfg.ExecAuthenticator) => authenticator.credentials()],
  flattenConfig: [[config]],
  inClusterConfig: [[]],
  isInCluster: [[]],
  loadConfig: [[]],
  loadConfigFromFile: [["/k"]],
  loadKuberc: [[]],
  loadOrigins: [[]],
  modifyConfig: [[access, { ...config, currentContext: "" }]],
  newDefaultClientConfig: [[config], (client: kcfg.ClientConfig) => client.clientConfig()],
  newInteractiveClientConfig: [[config, "", prompter], (client: kcfg.ClientConfig) => client.clientConfig()],
  newInteractiveDeferredLoadingClientConfig: [
    [rules, prompter],
    (client: kcfg.ClientConfig) => client.clientConfig(),
  ],
  newNonInteractiveClientConfig: [[config, ""], (client: kcfg.ClientConfig) => client.clientConfig()],
  newNonInteractiveDeferredLoadingClientConfig: [
    [() => rules],
    (client: kcfg.ClientConfig) => client.clientConfig(),
  ],
  pathOptions: [[]],
  resolveLocalPaths: [[config]],
  restConfigFromKubeconfig: [[KUBECONFIG]],
  runPlugin: [[call]],
  terminalPrompter: [[], (made: kcfg.Prompter) => made.ask("Username")],
  persisterForUser: [
    [access, "u"],
    (persist: ReturnType<typeof kcfg.persisterForUser>) => persist(new Map([["id-token", "t"]])),
  ],
  undoChange: [[access]],
  validateConfig: [[config]],
  watchConfig: [
    [],
    async (configs: AsyncIterable<kcfg.Config>) => {
      for await (const each of configs) {
        return each;
      }
      return undefined;
    },
  ],
  validatePluginPolicy: [[policy]],
};

/** All options of all functions. */
const OPTIONS = `
  access backupAs config context defaultClientConfig dryRun expiringWithin explicitPath
  ignore kubeconfig kuberc loaded lockTimeout maxConnections migrationRules namespace
  onError onPluginStderr onWarning overrides persistAuthProvider pluginPolicy pluginTimeout pollInterval
  precedence prompter relativizePaths rereadTokenFile resolvePaths scalarPrecedence signal trace
  trustFolderOwner warn warnIfAllMissing wrapConfig env
`
  .trim()
  .split(/\s+/);

/** Those that touch no machine. */
const WITHOUT_HOST: ReadonlySet<string> = new Set([
  "anonymousClientConfig",
  "bindAuthInfoFlags",
  "bindBoolFlag",
  "bindClusterFlags",
  "bindContextFlags",
  "bindOverrideFlags",
  "bindStringArrayFlag",
  "bindStringFlag",
  "connectionMessage",
  "decodeConfig",
  "encodeConfig",
  "explicitKuberc",
  "isConfigurationInvalid",
  "isContextNotFound",
  "isEmptyConfig",
  "isFileNotFound",
  "kubectlMessage",
  "mergeConfigs",
  "minifyConfig",
  "newConfig",
  "newContext",
  "newTlsClientConfig",
  "parseTimeout",
  "recommendedAuthOverrideFlags",
  "recommendedClusterOverrideFlags",
  "recommendedConfigOverrideFlags",
  "recommendedContextOverrideFlags",
  "redactSecrets",
  "removeNamespacesPrefix",
  "shortenConfig",
]);

const exported: Readonly<Record<string, unknown>> = kcfg;

/** Calls a function as JavaScript may; what it throws, its promise is rejected with. */
async function run(name: string, ...given: readonly unknown[]): Promise<unknown> {
  return await (exported[name] as (...args: readonly unknown[]) => unknown)(...given);
}

async function refusal(name: string, ...given: readonly unknown[]): Promise<string> {
  const error: unknown = await run(name, ...given).then(
    () => new Error("nothing was refused"),
    (thrown: unknown) => thrown,
  );
  return String(error);
}

/** The same host, but whatever is looked at in it is told. */
function watch<T extends object>(target: T, touched: (what: string) => void, path = ""): T {
  return new Proxy(target, {
    get(of, key, receiver) {
      const value: unknown = Reflect.get(of, key, receiver);
      const place = `${path}${String(key)}`;
      if (typeof value !== "object" || value === null) {
        touched(place);
        return value;
      }
      return watch(value, touched, `${place}.`);
    },
  });
}

/** Runs with a real machine of which every use is told. */
async function withRealMachine(touched: (what: string) => void, body: () => Promise<unknown>): Promise<void> {
  const real: Host = { ...nodeHost };
  for (const [key, value] of Object.entries(real)) {
    const get = (): unknown => {
      touched(key);
      return value;
    };
    Object.defineProperty(nodeHost, key, { configurable: true, enumerable: true, get });
  }
  try {
    await body();
  } finally {
    for (const [key, value] of Object.entries(real)) {
      Object.defineProperty(nodeHost, key, { configurable: true, enumerable: true, writable: true, value });
    }
  }
}

const machine = (): Host =>
  fakeHost({
    files: { "/k": KUBECONFIG, "/token": "t", "/ca.pem": "", "/home/u/.kube/config": KUBECONFIG },
    env: { HOME: "/home/u" },
  });

test("every function of the library is in one of the two lists", () => {
  const functions = Object.entries(exported)
    .filter(([, value]) => typeof value === "function" && !String(value).startsWith("class "))
    .map(([name]) => name);
  expect([...Object.keys(FUNCTIONS), ...WITHOUT_HOST].toSorted()).toEqual(functions.toSorted());
});

describe.each(Object.entries(FUNCTIONS))("%s", (name, [things, use = (): unknown => undefined]) => {
  test("touches the given host, and not the real one", async () => {
    const [fake, real]: [string[], string[]] = [[], []];
    const host = watch(machine(), (what) => fake.push(what));
    await withRealMachine(
      (what) => real.push(what),
      async () => {
        await run(name, ...things, { host })
          .then(
            (result) => use(result as never),
            () => undefined,
          )
          .catch(() => undefined);
      },
    );
    expect(real).toEqual([]);
    expect(fake.length).toBeGreaterThan(0);
  });

  test("refuses an unknown option by name", async () => {
    expect(await refusal(name, ...things, { nonsense: 1 })).toBe(
      `TypeError: ${name}: unknown option "nonsense"`,
    );
    expect(await refusal(name, ...things, { Host: machine() })).toBe(
      `TypeError: ${name}: unknown option "Host"; did you mean "host"?`,
    );
  });

  test("refuses what is no options", async () => {
    const start = `TypeError: ${name}: the options must be a plain object, not `;
    expect(await refusal(name, ...things, null)).toBe(`${start}null`);
    const advice = /; write \{ (?:explicitPath|context|kuberc): … \}$/;
    expect((await refusal(name, ...things, "/k")).replace(advice, "")).toBe(`${start}a string`);
    expect(await refusal(name, ...things, ["/k"])).toBe(`${start}an array`);
    expect(await refusal(name, ...things, () => undefined)).toBe(`${start}a function`);
    expect(await refusal(name, ...things, new ConfigOverrides())).toBe(`${start}a ConfigOverrides`);
  });

  test("refuses a host in a wrong place", async () => {
    expect(await refusal(name, ...things, machine())).toBe(
      `TypeError: ${name}: a Host was passed in place of the options; write { host }`,
    );
    expect(await refusal(name, ...things, undefined, machine())).toBe(
      `TypeError: ${name}: takes ${things.length + 1} arguments at most, not ${things.length + 2}`,
    );
    expect(await refusal(name, ...things, {}, { host: machine() })).toContain("arguments at most");
    expect(await refusal(name, ...things, { host: { env: {} } })).toBe(
      `TypeError: ${name}: option "host" must be a Host`,
    );
    expect(await refusal(name, ...things, { host: "localhost" })).toBe(
      `TypeError: ${name}: option "host" must be an object, not a string`,
    );
  });

  const outcome = async (options: object): Promise<unknown> => {
    const made = await run(name, ...things, { ...options, host: machine() }).then(
      (result) => result,
      (error: unknown) => error,
    );
    return made instanceof Error ? String(made) : await use(made as never);
  };

  test("takes undefined for each of its options as if it were not given", async () => {
    const own = [];
    for (const option of OPTIONS) {
      const problem = await refusal(name, ...things, { [option]: null });
      if (!problem.includes("unknown option")) {
        own.push(option);
      }
    }
    const wanted = await outcome({}).catch(String);
    const given = await outcome(Object.fromEntries(own.map((option) => [option, undefined]))).catch(String);
    expect(JSON.stringify(given)).toBe(JSON.stringify(wanted));
  });

  test("has its name", () => {
    expect((exported[name] as () => void).name).toBe(name);
  });
});

describe("options", () => {
  test("that are undefined are not given", () => {
    const host = machine();
    expect(
      kcfg.loadConfig({ explicitPath: undefined, resolvePaths: undefined, warn: undefined, host }),
    ).toEqual(kcfg.loadConfig({ host }));
    expect(kcfg.isInCluster(undefined)).toBe(false);
  });

  test.each<[name: string, things: readonly unknown[], options: unknown, reason: string]>([
    ["loadConfig", [], { explicitpath: "/k" }, 'unknown option "explicitpath"; did you mean "explicitPath"?'],
    ["loadConfig", [], { explicitPath: 1 }, 'option "explicitPath" must be a string, not a number'],
    ["loadConfig", [], { precedence: "/k" }, 'option "precedence" must be an array, not a string'],
    ["loadConfig", [], { explicitPath: null }, 'option "explicitPath" must be a string, not null'],
    ["loadConfig", [], { toString: "" }, 'unknown option "toString"'],
    ["modifyConfig", [access, config], { dryrun: true }, 'unknown option "dryrun"; did you mean "dryRun"?'],
    ["modifyConfig", [access, config], { dryRun: "no" }, 'option "dryRun" must be a boolean, not a string'],
    ["runPlugin", [call], { signal: 1 }, 'option "signal" must be an object, not a number'],
    ["diagnose", [], { ignored: [] }, 'unknown option "ignored"; did you mean "ignore"?'],
    ["loadConfig", [], "/k", "the options must be a plain object, not a string; write { explicitPath: … }"],
    ["connectToCluster", [], "x", "the options must be a plain object, not a string; write { context: … }"],
    ["connectToCluster", [], { contxt: "x" }, 'unknown option "contxt"; did you mean "context"?'],
    [
      "connectToCluster",
      [],
      { config, kubeconfig: "/k" },
      'options "config" and "kubeconfig" exclude each other',
    ],
  ])("%s refuses %j, %j", async (name, things, options, reason) => {
    expect(await refusal(name, ...things, options)).toBe(`TypeError: ${name}: ${reason}`);
  });

  test("that are refused are not shown: they may be secret", async () => {
    expect(
      await refusal("connect", new kcfg.RestConfig({ host: "https://h" }), { kuberc: ["hunter2"] }),
    ).toBe('TypeError: connect: option "kuberc" must be a string, not an array');
  });
});

describe("what was made for one machine", () => {
  test("is used on that one", async () => {
    const host = machine();
    const real: string[] = [];
    await withRealMachine(
      (what) => real.push(what),
      async () => {
        const edited = { ...kcfg.loadConfig({ host }), currentContext: "" };
        await kcfg.modifyConfig(kcfg.pathOptions({ host }), edited);
        const made = kcfg.defaultLoadingRules({ host });
        expect(kcfg.loadConfig(made).currentContext).toBe("");
        const client = kcfg.newNonInteractiveDeferredLoadingClientConfig(made);
        expect(client.rawConfig().contexts.size).toBe(1);
        await kcfg.modifyConfig(client.configAccess() ?? access, { ...edited, currentContext: "x" });
        expect(kcfg.loadConfig(made).currentContext).toBe("x");
      },
    );
    expect(real).toEqual([]);
  });

  test("is refused for another one", async () => {
    const [one, other] = [machine(), machine()];
    const reason = 'option "host" is not the host that the first argument was made for';
    expect(await refusal("modifyConfig", kcfg.pathOptions({ host: one }), config, { host: other })).toBe(
      `TypeError: modifyConfig: ${reason}`,
    );
    expect(
      await refusal("newNonInteractiveDeferredLoadingClientConfig", kcfg.defaultLoadingRules({ host: one }), {
        host: other,
      }),
    ).toBe(`TypeError: newNonInteractiveDeferredLoadingClientConfig: ${reason}`);
    const late = kcfg.newNonInteractiveDeferredLoadingClientConfig(() =>
      kcfg.defaultLoadingRules({ host: one }),
    );
    await expect(late.clientConfig()).rejects.toThrow("the loading rules are those of another host");
  });
});
