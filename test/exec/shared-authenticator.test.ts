import { inspect } from "node:util";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { cacheKey, sharedAuthenticator } from "../../src/exec/shared-authenticator.ts";
import type { ExecConfigFields } from "../../src/api/exec.ts";
import type { ExecClusterInfo } from "../../src/api/exec-credential.ts";
import { pluginCall, pluginHost, rejectionOf } from "./fake-plugin.ts";
import { V1 } from "./outputs/credential.ts";

const cluster: ExecClusterInfo = {
  server: "foo",
  tlsServerName: "bar",
  insecureSkipTlsVerify: false,
  certificateAuthorityData: Buffer.from("baz"),
  proxyUrl: "",
  disableCompression: false,
  config: new Map([["audience", "snorlax"]]),
};

describe("client-go's TestCacheKey", () => {
  const env = [
    { name: "3", value: "4" },
    { name: "5", value: "6" },
    { name: "7", value: "8" },
  ];
  const exec: Partial<ExecConfigFields> = {
    command: "foo-bar",
    args: ["1", "2"],
    env,
    apiVersion: "client.authentication.k8s.io/v1beta1",
    provideClusterInfo: true,
  };
  const key = cacheKey(pluginCall(exec, { cluster }));

  test("the same call has the same key", () => {
    expect(cacheKey(pluginCall({ ...exec }, { cluster: { ...cluster } }))).toBe(key);
  });

  test.each([
    ["command", pluginCall({ ...exec, command: "foo" }, { cluster })],
    ["args", pluginCall({ ...exec, args: ["1 2"] }, { cluster })],
    ["no args", pluginCall({ ...exec, args: undefined }, { cluster })],
    ["env", pluginCall({ ...exec, env: env.slice(0, 2) }, { cluster })],
    ["the order of env", pluginCall({ ...exec, env: env.toReversed() }, { cluster })],
    ["apiVersion", pluginCall({ ...exec, apiVersion: V1 }, { cluster })],
    ["provideClusterInfo", pluginCall({ ...exec, provideClusterInfo: false }, { cluster })],
    ["installHint", pluginCall({ ...exec, installHint: "x" }, { cluster })],
    ["interactiveMode", pluginCall({ ...exec, interactiveMode: "Never" }, { cluster })],
    ["no cluster", pluginCall(exec)],
    [
      "the cluster's config",
      pluginCall(exec, { cluster: { ...cluster, config: new Map([["audience", "panda"]]) } }),
    ],
    [
      "the cluster's authorities",
      pluginCall(exec, { cluster: { ...cluster, certificateAuthorityData: undefined } }),
    ],
    ["stdin", pluginCall(exec, { cluster, stdinUnavailable: "x" })],
    [
      "the policy",
      pluginCall(exec, {
        cluster,
        policy: { credentialPluginPolicy: "AllowAll", credentialPluginAllowlist: undefined },
      }),
    ],
    [
      "the allowlist",
      pluginCall(exec, {
        cluster,
        policy: { credentialPluginPolicy: "", credentialPluginAllowlist: [{ command: "x" }] },
      }),
    ],
  ])("another one has another: %s", (_what, call) => {
    expect(cacheKey(call)).not.toBe(key);
  });

  test("it tells no secret", () => {
    expect(key).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});

function answer(token: string): string {
  return JSON.stringify({ kind: "ExecCredential", apiVersion: V1, status: { token } });
}

describe("clients of one process", () => {
  test("share runs and credentials if they call the plugin in the same way", async () => {
    let runs = 0;
    const { host } = pluginHost(() => answer(`t${++runs}`));
    const [one, two, other] = [
      sharedAuthenticator(host, pluginCall()),
      sharedAuthenticator(host, pluginCall()),
      sharedAuthenticator(host, pluginCall({ args: ["x"] })),
    ];
    const tokens = await Promise.all([one, two, other].map(async (each) => (await each.credentials()).token));
    expect(tokens).toEqual(["t1", "t1", "t2"]);
    await one.invalidate(await one.credentials());
    expect((await two.credentials()).token).toBe("t3");
    [one, two, other].forEach((each) => each.close());
  });

  test("do not share them on different machines", async () => {
    const first = pluginHost(() => answer("t"));
    const second = pluginHost(() => answer("t"));
    await sharedAuthenticator(first.host, pluginCall()).credentials();
    await sharedAuthenticator(second.host, pluginCall()).credentials();
    expect([first.started.length, second.started.length]).toEqual([1, 1]);
  });

  test("do not disturb each other when one is closed; nothing is kept when all are", async () => {
    const runs: ((stdout: string) => void)[] = [];
    let aborted = 0;
    const { host } = pluginHost(({ signal }) => {
      signal?.addEventListener("abort", () => aborted++);
      return new Promise((resolve) => runs.push(resolve));
    });
    const one = sharedAuthenticator(host, pluginCall());
    const two = sharedAuthenticator(host, pluginCall());
    const closed = rejectionOf(one.credentials());
    const waiting = two.credentials();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    one.close();
    one.close();
    expect((await closed).message).toBe("getting credentials: the client was closed");
    runs[0]?.(answer("t"));
    expect((await waiting).token).toBe("t");
    expect(aborted).toBe(0);
    expect((await rejectionOf(one.credentials())).message).toContain("the client was closed");
    two.close();

    const three = sharedAuthenticator(host, pluginCall());
    const again = three.credentials();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    runs[1]?.(answer("u"));
    expect((await again).token).toBe("u");
    expect(runs.length).toBe(2);
    three.close();
  });

  test("show no secret when they are inspected", async () => {
    const { host } = pluginHost(() => answer("S3cr3t"));
    const shared = sharedAuthenticator(host, pluginCall({ args: ["S3cr3t"] }));
    await shared.credentials();
    expect(inspect(shared, { depth: 9, showHidden: true })).not.toContain("S3cr3t");
    expect(inspect(execAuthenticator(host, pluginCall({ args: ["S3cr3t"] })), { depth: 9 })).not.toContain(
      "S3cr3t",
    );
    shared.close();
  });
});
