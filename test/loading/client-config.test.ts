import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { RestConfig } from "../../src/api/rest-config.ts";
import { isConfigurationInvalid, isEmptyConfig } from "../../src/errors.ts";
import {
  buildConfigFromFlags,
  clientConfigFromBytes,
  newDefaultClientConfig,
  newInteractiveClientConfig,
  newNonInteractiveClientConfig,
  restConfigFromKubeconfig,
} from "../../src/library/public-client-configs.ts";
import type { Prompter } from "../../src/loading/prompt.ts";
import { fakeHost } from "../support/fake-host.ts";
import { clientConfigRows, mergedRows } from "./client-config.table.ts";

const rowsThat = (fail: boolean) => clientConfigRows.filter((row) => (row.error !== undefined) === fail);

describe("a config and overrides resolve to what client-go makes of them", () => {
  test.each(rowsThat(false))("$source", async ({ config, contextName, overrides, files, want }) => {
    const host = fakeHost({ files: files ?? {} });
    const client =
      contextName === ""
        ? newDefaultClientConfig(config, { overrides, host })
        : newNonInteractiveClientConfig(config, contextName, { overrides, host });
    const resolved = await client.clientConfig();
    expect(resolved).toMatchObject(want ?? {});
  });
});

describe("what cannot be used is refused in client-go's words", () => {
  test.each(rowsThat(true))("$source", async ({ config, contextName, overrides, error }) => {
    const client = newNonInteractiveClientConfig(config, contextName, { overrides, host: fakeHost() });
    await expect(client.clientConfig()).rejects.toMatchObject({ message: error, fromValidation: true });
  });
});

describe("the merged config has the overrides in the entries that are used, and nowhere else", () => {
  test.each(mergedRows)("$source", ({ config, contextName, overrides, files, want }) => {
    const host = fakeHost({ files: files ?? {} });
    const client = newNonInteractiveClientConfig(config, contextName, { overrides, host });
    expect(client.mergedRawConfig()).toEqual(want);
    expect(client.rawConfig()).toBe(config);
  });
});

/** A config with one context, `x`. */
function oneContext(user: AuthInfo, cluster = new Cluster({ server: "https://h" }), namespace = "") {
  return newConfig({
    clusters: new Map([["c", cluster]]),
    authInfos: new Map([["u", user]]),
    contexts: new Map([["x", newContext({ cluster: "c", authInfo: "u", namespace })]]),
    currentContext: "x",
  });
}

describe("the namespace", () => {
  test("client_config_test.go TestMergeContext: comes from the context or is default, unless it is overridden", () => {
    const config = oneContext(new AuthInfo({ token: "t" }));
    const overrides = new ConfigOverrides();
    const client = newNonInteractiveClientConfig(config, "x", { overrides, host: fakeHost() });
    expect(client.namespace()).toEqual({ namespace: "default", overridden: false });
    overrides.context = newContext({ namespace: "overridden-namespace" });
    expect(client.namespace()).toEqual({ namespace: "overridden-namespace", overridden: true });
  });

  test("client_config_test.go TestNamespaceOverride: can be overridden without any configuration", () => {
    const overrides = new ConfigOverrides({ context: newContext({ namespace: "foo" }) });
    const client = newNonInteractiveClientConfig(newConfig(), "", { overrides, host: fakeHost() });
    expect(client.namespace()).toEqual({ namespace: "foo", overridden: true });
  });

  test("is that of the context", () => {
    const client = newDefaultClientConfig(oneContext(new AuthInfo(), undefined, "blue"), {
      host: fakeHost(),
    });
    expect(client.namespace()).toEqual({ namespace: "blue", overridden: false });
  });

  test("of a config that cannot be used is none", () => {
    const client = newDefaultClientConfig(newConfig(), { host: fakeHost() });
    expect(() => client.namespace()).toThrow("no configuration has been provided");
  });
});

describe("names that overrides give", () => {
  const config = oneContext(new AuthInfo({ token: "t", password: "p" }));
  test.each<[overrides: ConfigOverrides, message: string]>([
    [new ConfigOverrides({ currentContext: "nope" }), 'context "nope" does not exist'],
    [new ConfigOverrides({ context: newContext({ cluster: "nope" }) }), 'cluster "nope" does not exist'],
    [new ConfigOverrides({ context: newContext({ authInfo: "nope" }) }), 'auth info "nope" does not exist'],
    [
      new ConfigOverrides({
        currentContext: "nope",
        context: newContext({ cluster: "nope", authInfo: "nope" }),
      }),
      'auth info "nope" does not exist',
    ],
    [
      new ConfigOverrides({ currentContext: "nope", context: newContext({ cluster: "nope" }) }),
      'context "nope" does not exist',
    ],
  ])("must exist, which goes before all that is invalid: %#", async (overrides, message) => {
    const client = newNonInteractiveClientConfig(config, "", { overrides, host: fakeHost() });
    const error: unknown = await client.clientConfig().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message });
    expect(isConfigurationInvalid(error)).toBe(false);
  });
});

describe("credentials", () => {
  test("are not given to a server that is not spoken to by TLS, nor is anything of TLS", async () => {
    const user = new AuthInfo({ token: "t", tokenFile: "/none", impersonate: "boss" });
    const cluster = new Cluster({ server: "http://h", insecureSkipTlsVerify: true, tlsServerName: "n" });
    const resolved = await newDefaultClientConfig(oneContext(user, cluster), {
      host: fakeHost(),
    }).clientConfig();
    expect(resolved).toEqual(
      new RestConfig({
        host: "http://h",
        impersonate: { userName: "boss", uid: "", groups: [], extra: new Map() },
      }),
    );
  });

  test("in a file that cannot be read are an error in Go's words", async () => {
    const client = newDefaultClientConfig(oneContext(new AuthInfo({ tokenFile: "/none" })), {
      host: fakeHost(),
    });
    await expect(client.clientConfig()).rejects.toMatchObject({
      name: "ConfigReadError",
      message: "open /none: no such file or directory",
    });
  });

  test("of a plugin come with what the cluster's extension has for it", async () => {
    const extension = new Map([["audience", "foo"]]);
    const cluster = new Cluster({
      server: "https://h",
      extensions: new Map([["client.authentication.k8s.io/exec", extension]]),
    });
    const exec = new ExecConfig({ command: "c", apiVersion: "v", interactiveMode: "Never" });
    const resolve = (user: AuthInfo) =>
      newDefaultClientConfig(oneContext(user, cluster), { host: fakeHost() }).clientConfig();
    expect((await resolve(new AuthInfo({ exec }))).execClusterConfig).toBe(extension);
    expect((await resolve(new AuthInfo({ token: "t" }))).execClusterConfig).toBeUndefined();
  });
});

/** Answers with these, in turn. */
function prompterOf(...answers: readonly string[]): Prompter & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (what: string): Promise<string> => {
    asked.push(what);
    const next = answers[asked.length - 1];
    return next === undefined ? Promise.reject(new Error("no answer")) : Promise.resolve(next);
  };
  return { asked, ask: answer, askSecret: answer };
}

const interactive = (user: AuthInfo, prompter: Prompter, server = "https://h") =>
  newInteractiveClientConfig(oneContext(user, new Cluster({ server })), "", prompter, { host: fakeHost() });

describe("an interactive client config", () => {
  test("asks for a user name and a password, once", async () => {
    const prompter = prompterOf("me", "secret");
    const client = interactive(new AuthInfo({ impersonate: "boss" }), prompter);
    const first = await client.clientConfig();
    expect(first).toMatchObject({ username: "me", password: "secret", impersonate: { userName: "boss" } });
    expect(await client.clientConfig()).toEqual(first);
    expect(prompter.asked).toEqual(["Username", "Password"]);
  });

  test("asks once for all who ask at the same time", async () => {
    const prompter = prompterOf("me", "secret");
    const client = interactive(new AuthInfo(), prompter);
    const [one, other] = await Promise.all([client.clientConfig(), client.clientConfig()]);
    expect(one).toEqual(other);
    expect(prompter.asked).toEqual(["Username", "Password"]);
  });

  test("asks again after a question that failed", async () => {
    let fails = true;
    const prompter: Prompter = {
      ask: () => (fails ? Promise.reject(new Error("EOF")) : Promise.resolve("me")),
      askSecret: () => Promise.resolve("secret"),
    };
    const client = interactive(new AuthInfo(), prompter);
    await expect(client.clientConfig()).rejects.toThrow("EOF");
    fails = false;
    expect(await client.clientConfig()).toMatchObject({ username: "me", password: "secret" });
  });

  test("asks again after an answer that was empty", async () => {
    const prompter = prompterOf("me", "", "you", "secret");
    const client = interactive(new AuthInfo(), prompter);
    expect(await client.clientConfig()).toMatchObject({ username: "me", password: "" });
    expect(await client.clientConfig()).toMatchObject({ username: "you", password: "secret" });
  });

  test("takes the password of the kubeconfig rather than the one that was typed", async () => {
    const client = interactive(new AuthInfo({ password: "kept" }), prompterOf("me", "typed"));
    expect(await client.clientConfig()).toMatchObject({ username: "me", password: "kept" });
  });

  test.each<[what: string, user: AuthInfo]>([
    ["a token", new AuthInfo({ token: "t" })],
    ["a user name", new AuthInfo({ username: "me" })],
    [
      "a certificate",
      new AuthInfo({ clientCertificateData: Buffer.from("c"), clientKeyData: Buffer.from("k") }),
    ],
    [
      "a plugin",
      new AuthInfo({ exec: new ExecConfig({ command: "c", apiVersion: "v", interactiveMode: "Never" }) }),
    ],
  ])("asks nobody who has %s", async (_what, user) => {
    const prompter = prompterOf();
    await interactive(user, prompter).clientConfig();
    expect(prompter.asked).toEqual([]);
  });

  test("asks nobody for a server that is not spoken to by TLS", async () => {
    const prompter = prompterOf();
    await interactive(new AuthInfo(), prompter, "http://h").clientConfig();
    expect(prompter.asked).toEqual([]);
  });

  test("shows no answer when it is inspected", async () => {
    const client = interactive(new AuthInfo(), prompterOf("me", "hunter2"));
    await client.clientConfig();
    expect(JSON.stringify(client)).not.toContain("hunter2");
  });
});

describe("shortcuts", () => {
  const kubeconfig = `
apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://localhost:8080
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: foo, other: bar}
  name: foo-cluster
contexts:
- context: {cluster: foo-cluster, user: foo-user, namespace: bar}
  name: foo-context
current-context: foo-context
users:
- name: foo-user
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1alpha1
      args: [arg-1, arg-2]
      command: foo-command
      provideClusterInfo: true
`;

  test("client_config_test.go TestAuthConfigMerge: a plugin keeps its arguments, and is given the extension", async () => {
    const config = await buildConfigFromFlags("", "/k", { host: fakeHost({ files: { "/k": kubeconfig } }) });
    expect(config.execProvider).toMatchObject({ args: ["arg-1", "arg-2"], provideClusterInfo: true });
    expect(config.execClusterConfig).toEqual(
      new Map([
        ["audience", "foo"],
        ["other", "bar"],
      ]),
    );
  });

  test("a kubeconfig's text is a client config", async () => {
    const client = clientConfigFromBytes(Buffer.from(kubeconfig), { host: fakeHost() });
    expect(client.namespace()).toEqual({ namespace: "bar", overridden: false });
    expect(client.configAccess()).toBeUndefined();
    expect((await restConfigFromKubeconfig(kubeconfig, { host: fakeHost() })).host).toBe(
      "https://localhost:8080",
    );
  });

  test("a server's address goes before that of the kubeconfig, and suffices", async () => {
    const host = fakeHost({ files: { "/k": kubeconfig }, env: { KUBECONFIG: "/none" } });
    expect((await buildConfigFromFlags("http://other", "/k", { host })).host).toBe("http://other");
    expect(await buildConfigFromFlags("http://other", "", { host })).toEqual(
      new RestConfig({ host: "http://other" }),
    );
  });

  test("neither an address nor a kubeconfig nor a cluster around is an empty config, and KUBECONFIG does not count", async () => {
    const warnings: string[] = [];
    const host = fakeHost({ files: { "/k": kubeconfig }, env: { KUBECONFIG: "/k" } });
    const built = buildConfigFromFlags("", "", { host, warn: (text) => warnings.push(text) });
    await expect(built).rejects.toThrow(
      "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable",
    );
    expect(isEmptyConfig(await built.catch((error: unknown) => error))).toBe(true);
    expect(warnings).toEqual([
      "Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.",
      "error creating inClusterConfig, falling back to default config: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined",
    ]);
  });
});
