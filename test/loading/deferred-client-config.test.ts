import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import type { Config } from "../../src/api/config.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { RestConfig } from "../../src/api/rest-config.ts";
import { EmptyConfigError, isConfigurationInvalid } from "../../src/errors.ts";
import type { Host } from "../../src/host/host.ts";
import type { ClientConfig, EffectiveNamespace } from "../../src/loading/client-config.ts";
import {
  defaultClientConfig,
  newDefaultClientConfig,
  deferredClientConfig,
} from "../../src/loading/client-configs.ts";
import { configAccess } from "../../src/loading/config-access.ts";
import type { DeferredParts } from "../../src/loading/deferred-client-config.ts";
import { DeferredLoadingClientConfig } from "../../src/loading/deferred-client-config.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { fakeHost } from "../support/fake-host.ts";

const host = fakeHost();
const emptyConfig = new EmptyConfigError("nothing");
const emptyCluster = new Error("cluster has no server defined");
const unique = new Error("unique error");
const config2 = new RestConfig({ host: "config2" });

const clean = newConfig({
  clusters: new Map([["clean", new Cluster({ server: "https://anything.com:8080" })]]),
  authInfos: new Map([["clean", new AuthInfo({ token: "the-token" })]]),
  contexts: new Map([["clean", newContext({ cluster: "clean", authInfo: "clean" })]]),
  currentContext: "clean",
});
const default1 = newDefaultClientConfig(host, clean, undefined);
const defaultInvalid = newDefaultClientConfig(
  host,
  newConfig({
    clusters: new Map([["clean", new Cluster({ server: "http://localhost:8080" })]]),
    contexts: new Map([["other", newContext({ cluster: "clean" })]]),
    currentContext: "clean",
  }),
  undefined,
);
const config1 = new RestConfig({ host: "https://anything.com:8080", bearerToken: "the-token" });

/** What a client config, or the cluster around, is to answer. */
interface Answers {
  readonly raw?: Config;
  readonly config?: RestConfig;
  readonly namespace?: EffectiveNamespace;
  readonly error?: Error;
}

function answering({ raw, config, namespace, error }: Answers): ClientConfig {
  return {
    rawConfig: () => raw ?? newConfig(),
    mergedRawConfig: () => newConfig(),
    clientConfig: () =>
      error === undefined && config !== undefined ? Promise.resolve(config) : Promise.reject(error ?? unique),
    namespace: () => {
      if (error !== undefined) {
        throw error;
      }
      return namespace ?? { namespace: "", overridden: false };
    },
    configAccess: () => undefined,
  };
}

interface Case {
  readonly loaded: Answers;
  /** The cluster around, if there is one. */
  readonly around?: Answers;
  readonly defaults?: ClientConfig;
  readonly overrides?: ConfigOverrides;
}

function deferred({ loaded, around, defaults, overrides }: Case) {
  const seen = { checked: false };
  const parts: DeferredParts = {
    overrides,
    load: () => answering(loaded),
    access: () => configAccess(host, defaultLoadingRules(host)),
    defaultClientConfig: () => defaults,
    inCluster: {
      possible: () => {
        seen.checked = true;
        return around !== undefined;
      },
      clientConfig: () => {
        if (around?.config === undefined) {
          throw around?.error ?? unique;
        }
        return around.config;
      },
      namespace: () => {
        if (around?.error !== undefined) {
          throw around.error;
        }
        return around?.namespace ?? { namespace: "", overridden: false };
      },
    },
  };
  return { seen, client: new DeferredLoadingClientConfig(parts) };
}

interface ConfigRow extends Case {
  /** The name of client-go's row. */
  readonly source: string;
  /** Whether it was looked whether there is a cluster around. */
  readonly checked: boolean;
  readonly want: RestConfig | Error;
}

const configRows: readonly ConfigRow[] = [
  {
    source: "in-cluster checked on other error",
    loaded: { error: emptyConfig },
    checked: true,
    want: emptyConfig,
  },
  {
    source: "in-cluster not checked on non-empty error",
    loaded: { error: emptyCluster },
    checked: false,
    want: emptyCluster,
  },
  {
    source: "in-cluster checked when config is default",
    defaults: default1,
    loaded: { config: config1 },
    checked: true,
    want: config1,
  },
  {
    source: "in-cluster not checked when default config is invalid",
    defaults: defaultInvalid,
    loaded: { config: config1 },
    checked: false,
    want: config1,
  },
  {
    source: "in-cluster not checked when config is not equal to default",
    defaults: default1,
    loaded: { config: config2 },
    checked: false,
    want: config2,
  },
  {
    source: "in-cluster checked when config is not equal to default and error is empty",
    loaded: { config: config2, error: emptyConfig },
    checked: true,
    want: emptyConfig,
  },
  {
    source: "in-cluster error returned when config is empty",
    loaded: { error: emptyConfig },
    around: { error: unique },
    checked: true,
    want: unique,
  },
  {
    source: "in-cluster config returned when config is empty",
    loaded: { error: emptyConfig },
    around: { config: config2 },
    checked: true,
    want: config2,
  },
  {
    source: "in-cluster not checked when standard default is invalid",
    defaults: defaultClientConfig(host),
    loaded: { config: config2 },
    checked: false,
    want: config2,
  },
];

describe("the cluster around is taken where nothing else is configured", () => {
  test.each(configRows)(
    "merged_client_builder_test.go TestInClusterConfig $source",
    async ({ checked, want, ...wanted }) => {
      const { client, seen } = deferred(wanted);
      expect(await client.clientConfig().catch((error: unknown) => error)).toBe(want);
      expect(seen.checked).toBe(checked);
    },
  );

  test("client-go's invalid default is invalid", async () => {
    const error: unknown = await defaultInvalid.clientConfig().catch((thrown: unknown) => thrown);
    expect(isConfigurationInvalid(error)).toBe(true);
  });
});

interface NamespaceRow extends Case {
  readonly source: string;
  readonly checked: boolean;
  readonly want: EffectiveNamespace | Error;
}

const none: EffectiveNamespace = { namespace: "", overridden: false };
const test1: EffectiveNamespace = { namespace: "test", overridden: false };
const overridden1: EffectiveNamespace = { namespace: "test", overridden: true };

const namespaceRows: readonly NamespaceRow[] = [
  {
    source: "in-cluster checked on empty error",
    loaded: { error: emptyConfig },
    checked: true,
    want: emptyConfig,
  },
  {
    source: "in-cluster not checked on non-empty error",
    loaded: { error: emptyCluster },
    checked: false,
    want: emptyCluster,
  },
  { source: "in-cluster checked when config is default", loaded: {}, checked: true, want: none },
  {
    source: "in-cluster not checked when config is not equal to default",
    loaded: { namespace: overridden1 },
    checked: false,
    want: overridden1,
  },
  {
    source: "in-cluster checked when namespace is not specified, but is defaulted",
    loaded: { namespace: test1 },
    checked: true,
    want: test1,
  },
  {
    source: "in-cluster error returned when config is empty",
    loaded: { error: emptyConfig },
    around: { error: unique },
    checked: true,
    want: unique,
  },
  {
    source: "in-cluster config returned when config is empty",
    loaded: { error: emptyConfig },
    around: { namespace: overridden1 },
    checked: true,
    want: overridden1,
  },
  {
    source:
      "in-cluster config returned when config is empty and namespace is defaulted but not explicitly set",
    loaded: { error: emptyConfig },
    around: { namespace: test1 },
    checked: true,
    want: test1,
  },
  {
    source: "overridden context used to verify explicit namespace in config",
    loaded: {
      namespace: { namespace: "default", overridden: false },
      raw: newConfig({ contexts: new Map([["overridden-context", newContext({ namespace: "default" })]]) }),
    },
    overrides: new ConfigOverrides({ currentContext: "overridden-context" }),
    around: { namespace: { namespace: "icc", overridden: false } },
    checked: true,
    want: { namespace: "default", overridden: false },
  },
];

describe("the namespace of the cluster around is taken where nothing says another", () => {
  test.each(namespaceRows)(
    "merged_client_builder_test.go TestInClusterConfigNamespace $source",
    ({ checked, want, ...wanted }) => {
      const { client, seen } = deferred(wanted);
      if (want instanceof Error) {
        expect(() => client.namespace()).toThrow(want);
      } else {
        expect(client.namespace()).toEqual(want);
      }
      expect(seen.checked).toBe(checked);
    },
  );

  test("a default namespace that no context says is none", () => {
    const around = { namespace: { namespace: "icc", overridden: false } };
    const { client } = deferred({
      loaded: { namespace: { namespace: "default", overridden: false } },
      around,
    });
    expect(client.namespace()).toEqual(around.namespace);
  });
});

const kubeconfig = (server: string): string =>
  `{current-context: x, clusters: [{name: c, cluster: {server: "${server}"}}], users: [{name: u}],
    contexts: [{name: x, context: {cluster: c, user: u}}, {name: z, context: {cluster: c, user: u, namespace: why}}]}`;

/** A host that tells what it read. */
function watched(files: Readonly<Record<string, string>>): {
  readonly host: Host;
  readonly read: string[];
} {
  const machine = fakeHost({ files, env: { HOME: "/h" } });
  const read: string[] = [];
  const readFile = (path: string, limit: number): Uint8Array => {
    read.push(path);
    return machine.fs.readFile(path, limit);
  };
  return { host: { ...machine, fs: { ...machine.fs, readFile } }, read };
}

describe("a deferred client config decides as late as possible", () => {
  test("nothing is read before it is asked, and then once", async () => {
    const { host: machine, read } = watched({ "/k": kubeconfig("http://one") });
    const rules = defaultLoadingRules(machine, { explicitPath: "/k" });
    const client = deferredClientConfig(machine, rules);
    expect(read).toEqual([]);
    expect((await client.clientConfig()).host).toBe("http://one");
    client.namespace();
    client.rawConfig();
    expect(read).toEqual(["/k"]);
  });

  test("rules and overrides count as they are when it is asked", async () => {
    const machine = fakeHost({ files: { "/a": kubeconfig("http://a"), "/b": kubeconfig("http://b") } });
    let explicitPath = "/a";
    const overrides = new ConfigOverrides();
    const client = deferredClientConfig(machine, () => defaultLoadingRules(machine, { explicitPath }), {
      overrides,
    });
    explicitPath = "/b";
    overrides.currentContext = "z";
    expect((await client.clientConfig()).host).toBe("http://b");
    expect(client.namespace()).toEqual({ namespace: "why", overridden: false });
    expect(client.mergedRawConfig().currentContext).toBe("z");
    expect(client.configAccess()?.explicitFile).toBe("/b");
  });

  test("a file that could not be read is tried again", async () => {
    const machine = fakeHost({ files: { "/h/x": "" } });
    const rules = defaultLoadingRules(machine, { explicitPath: "/k" });
    const client = deferredClientConfig(machine, rules);
    await expect(client.clientConfig()).rejects.toThrow("stat /k: no such file or directory");
    machine.fs.writeFile("/k", Buffer.from(kubeconfig("http://late")), 0o600);
    expect((await client.clientConfig()).host).toBe("http://late");
  });
});

describe("loader_test.go TestLoadingGetLoadingPrecedence", () => {
  test.each<[what: string, env: string, explicitPath: string, precedence: readonly string[]]>([
    ["default", "", "", ["/h/.kube/config"]],
    ["explicit", "", "/explicit/kubeconfig", ["/explicit/kubeconfig"]],
    ["envvar-single", "/env/kubeconfig", "", ["/env/kubeconfig"]],
    ["envvar-multiple", "/env/kubeconfig:/other/kubeconfig", "", ["/env/kubeconfig", "/other/kubeconfig"]],
  ])("%s", (_what, KUBECONFIG, explicitPath, precedence) => {
    const machine = fakeHost({ env: { HOME: "/h", KUBECONFIG } });
    const client = deferredClientConfig(machine, defaultLoadingRules(machine, { explicitPath }));
    expect(client.configAccess()?.loadingPrecedence).toEqual(precedence);
  });
});
