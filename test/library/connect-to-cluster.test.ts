import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import * as kcfg from "../../src/index.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { fakeHost } from "../support/fake-host.ts";
import type { Reply, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-one-call-"));
const servers: TestServer[] = [];
const clients: kcfg.ClusterConnection[] = [];
let authority: Authority;
let ca: string;

beforeAll(async () => {
  authority = await createAuthority();
  ca = Buffer.from(authority.certificate).toString("base64");
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(count: number): Promise<readonly TestServer[]> {
  const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  const started = await Promise.all(Array.from({ length: count }, () => startServer({ identity })));
  servers.push(...started);
  return started;
}

/** A kubeconfig with a context for each server, `c0`, `c1` and so on, that share a user. */
function write(name: string, user: object): string {
  const file = join(folder, name);
  const clusters = servers.map(({ url }, at) => ({
    name: `c${at}`,
    cluster: { server: url, "certificate-authority-data": ca },
  }));
  const contexts = servers.map((_, at) => ({
    name: `c${at}`,
    context: { cluster: `c${at}`, user: "me", namespace: `n${at}` },
  }));
  const users = [
    { name: "me", user },
    { name: "other", user: { token: "other" } },
  ];
  writeFileSync(file, JSON.stringify({ clusters, contexts, users, "current-context": "c0" }));
  return file;
}

async function open(options: Parameters<typeof kcfg.connectToCluster>[0]): Promise<kcfg.ClusterConnection> {
  const client = await kcfg.connectToCluster(options);
  clients.push(client);
  return client;
}

const authorizations = (server: TestServer | undefined): readonly string[] =>
  (server?.requests ?? []).flatMap(({ headers }) =>
    headers.filter(([name]) => name.toLowerCase() === "authorization").map(([, value]) => value),
  );

/** An ID token that expires at a time, in seconds since 1970. */
function token(expiry: number): string {
  return `e30.${Buffer.from(JSON.stringify({ exp: expiry })).toString("base64url")}.sig`;
}

function json(value: unknown): Reply {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

describe("connectToCluster", () => {
  test("loads, resolves and connects, by what the environment says", async () => {
    const [first, second] = await serve(2);
    const env = { KUBECONFIG: write("one", { token: "s3cr3t" }), HOME: folder };
    const current = await open({ env });
    expect(current).toMatchObject({
      context: "c0",
      cluster: "c0",
      user: "me",
      namespace: "n0",
      server: first?.url,
    });
    expect((await current.fetch("/version")).status).toBe(200);
    const other = await open({
      env,
      context: "c1",
      namespace: "web",
      overrides: { context: { authInfo: "other" } },
    });
    expect(other).toMatchObject({
      context: "c1",
      cluster: "c1",
      user: "other",
      namespace: "web",
      server: second?.url,
    });
    const { fetch } = other;
    expect((await fetch("/version")).status).toBe(200);
    expect([authorizations(first), authorizations(second)]).toEqual([["Bearer s3cr3t"], ["Bearer other"]]);
  });

  test("takes a kubeconfig, a loaded config, and changes of what they resolve to", async () => {
    const [server] = await serve(1);
    const kubeconfig = write("two", { token: "t" });
    const config = kcfg.loadConfig({ explicitPath: kubeconfig });
    for (const source of [{ kubeconfig }, { config }]) {
      const client = await open({
        ...source,
        context: undefined,
        overrides: { authInfo: { impersonate: "jane" } },
        wrapConfig: (resolved) => resolved.with({ userAgent: "shop/1.0" }),
      });
      await (await client.fetch("/x")).text();
      const headers = new Map(
        server?.requests.at(-1)?.headers.map(([name, value]) => [name.toLowerCase(), value]),
      );
      expect([headers.get("impersonate-user"), headers.get("user-agent")]).toEqual(["jane", "shop/1.0"]);
    }
  });

  test("is closed at the end of a block, and shows its names alone", async () => {
    await serve(1);
    const client = await open({ kubeconfig: write("three", { token: "s3cr3t" }) });
    const { context, cluster, user, namespace, server } = client;
    expect(JSON.parse(JSON.stringify(client))).toEqual({ context, cluster, user, namespace, server });
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain("s3cr3t");
    await client[Symbol.asyncDispose]();
    await expect(client.fetch("/x")).rejects.toThrow();
  });

  test.each<[options: object, message: string]>([
    [{ context: "nope" }, 'context "nope" does not exist'],
    [{ overrides: { context: { cluster: "nope" } } }, 'cluster "nope" does not exist'],
    [{ overrides: { cluser: {} } }, 'ConfigOverrides: unknown field "cluser"'],
  ])("refuses %j", async (options, message) => {
    await serve(1);
    const kubeconfig = write("four", {});
    await expect(kcfg.connectToCluster({ kubeconfig, ...options })).rejects.toThrow(message);
    await expect(
      kcfg.connectToCluster({ config: kcfg.loadConfig({ explicitPath: kubeconfig }), ...options }),
    ).rejects.toThrow(message);
  });

  test("connects to the cluster that it runs in where nothing is configured, and honours KUBERNETES_MASTER", async () => {
    const account = "/var/run/secrets/kubernetes.io/serviceaccount";
    const files = {
      [`${account}/token`]: "t",
      [`${account}/ca.crt`]: authority.certificate,
      [`${account}/namespace`]: "of-pod",
    };
    const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443", HOME: "/h" };
    expect(await open({ host: fakeHost({ files, env }) })).toMatchObject({
      server: "https://10.0.0.1",
      namespace: "of-pod",
      context: "",
      cluster: "",
    });
    const master = fakeHost({ env: { HOME: "/h", KUBERNETES_MASTER: "https://m:6443" } });
    expect((await open({ host: master })).server).toBe("https://m:6443");
    await expect(kcfg.connectToCluster({ host: fakeHost({ env: { HOME: "/h" } }) })).rejects.toThrow(
      "no configuration has been provided",
    );
  });

  test("is what connect advises where somebody expected it there", () => {
    const advice = /^connect: takes a RestConfig; connectToCluster\(/;
    expect(() => kcfg.connect({ context: "c0" } as never)).toThrow(advice);
    expect(() => kcfg.connect(undefined as never)).toThrow(advice);
    expect(() => kcfg.connect({ hots: "https://h" } as never)).toThrow('RestConfig: unknown field "hots"');
  });

  test("connect takes a plain object, too", async () => {
    const [server] = await serve(1);
    const connection = kcfg.connect({
      host: server?.url,
      bearerToken: "plain",
      tls: { caData: Buffer.from(authority.certificate) },
      impersonate: { userName: "jane" },
    });
    await (await connection.fetch("/x")).text();
    await connection.close();
    expect(authorizations(server)).toEqual(["Bearer plain"]);
  });

  testUnless(lackOfPosix)(
    "a hundred clusters of one config share the runs of their plugin and their authorities",
    async () => {
      await serve(100);
      const plugin = join(folder, "login");
      const runs = join(folder, "runs");
      writeFileSync(
        plugin,
        `#!/bin/sh\necho run >>'${runs}'\necho '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"shared"}}'\n`,
      );
      chmodSync(plugin, 0o755);
      const exec = {
        command: plugin,
        apiVersion: "client.authentication.k8s.io/v1",
        interactiveMode: "Never",
      };
      const config = kcfg.loadConfig({ explicitPath: write("hundred", { exec }) });
      const pluginPolicy: kcfg.PluginPolicy = {
        credentialPluginPolicy: "Allowlist",
        credentialPluginAllowlist: [{ command: plugin }],
      };
      const all = await Promise.all(
        [...config.contexts.keys()].map((context) => open({ config, context, pluginPolicy })),
      );
      const statuses = await Promise.all(
        all.map(async (client) => {
          const response = await client.fetch("/version");
          await response.text();
          return response.status;
        }),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(servers.flatMap(authorizations)).toEqual(servers.map(() => "Bearer shared"));
      expect(readFileSync(runs, "utf8")).toBe("run\n");
      // One that is closed does not take the credentials of the others away.
      await all[0]?.close();
      await (await all[1]?.fetch("/version"))?.text();
      expect(readFileSync(runs, "utf8")).toBe("run\n");
    },
    60_000,
  );

  test("saves a renewed oidc token to the kubeconfig, as kubectl does", async () => {
    const [server] = await serve(2);
    const provider = servers[1];
    provider?.reset(({ target }) =>
      target.endsWith("openid-configuration")
        ? json({ token_endpoint: `${provider.url}/tokens` })
        : json({ access_token: "a", id_token: token(4e9), refresh_token: "next" }),
    );
    const settings = {
      "idp-issuer-url": provider?.url,
      "idp-certificate-authority-data": ca,
      "client-id": "kcfg",
      "id-token": token(1e9),
      "refresh-token": "first",
    };
    const kubeconfig = write("oidc", { "auth-provider": { name: "oidc", config: settings } });
    const client = await open({ kubeconfig });
    await (await client.fetch("/x")).text();
    expect(authorizations(server)).toEqual([`Bearer ${token(4e9)}`]);
    const kept = kcfg.loadConfig({ explicitPath: kubeconfig }).authInfos.get("me")?.authProvider?.config;
    expect([kept?.get("id-token"), kept?.get("refresh-token")]).toEqual([token(4e9), "next"]);
  });
});
