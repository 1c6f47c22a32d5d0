import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { setTimeout } from "node:timers/promises";
import process from "node:process";
import { CoreV1Api, Exec, KubeConfig, KubernetesObjectApi, Watch } from "@kubernetes/client-node";
import { ExecConfig } from "../../src/api/exec.ts";
import { DENY_ALL, NO_POLICY } from "../../src/api/plugin-policy.ts";
import type { RestConfigFields } from "../../src/api/rest-config.ts";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";
import type { LoadedKubeConfig, LoadKubeConfigOptions } from "../../src/client-node.ts";
import { loadKubeConfig, toKubeConfig } from "../../src/client-node.ts";
import { ConnectionError } from "../../src/errors.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { Connection, ConnectOptions } from "../../src/transport/connection.ts";
import { connect } from "../../src/transport/connection.ts";
import { connectionMessage } from "../../src/transport/connection-message.ts";
import type { TraceEvent } from "../../src/transport/trace.ts";
import type { ServerWarning } from "../../src/transport/warning-headers.ts";
import { createAuthority } from "../support/certificates.ts";
import { startConnectProxy } from "../support/connect-proxy.ts";
import type { Reply } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { startTcpServer } from "../support/tcp-answers.ts";
import type { ScenarioName } from "./names.ts";

const authority = await createAuthority();
const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "api.test"] });
const server = await startServer({ identity });
const folder = mkdtempSync(join(tmpdir(), "kcfg-client-node-"));

const podList: Reply = {
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ kind: "PodList", apiVersion: "v1", items: [{ metadata: { name: "one" } }] }),
};

const API_RESOURCES = JSON.stringify({
  kind: "APIResourceList",
  groupVersion: "v1",
  resources: [{ name: "pods", singularName: "", namespaced: true, kind: "Pod", verbs: ["get"] }],
});

export const scenarios: Readonly<Record<ScenarioName, () => Promise<void>>> = {
  "an API client lists with the connection's token, authorities and impersonation": () =>
    withConnection(
      {
        bearerToken: "the-token",
        impersonate: { userName: "jane", uid: "", groups: ["a", "b"], extra: new Map([["k", ["1", "2"]]]) },
      },
      async (connection) => {
        server.reset([podList]);
        const client = toKubeConfig(connection).makeApiClient(CoreV1Api);
        const pods = await client.listNamespacedPod({ namespace: "ns" });
        deepEqual(
          pods.items.map(({ metadata }) => metadata?.name),
          ["one"],
        );
        deepEqual(
          server.requests.map(({ target }) => target),
          ["/api/v1/namespaces/ns/pods"],
        );
        deepEqual(sent("authorization"), ["Bearer the-token"]);
        deepEqual(sent("impersonate-user"), ["jane"]);
        deepEqual(sent("impersonate-group"), ["a", "b"]);
        deepEqual(sent("impersonate-extra-k"), ["1", "2"]);
      },
    ),

  "requests one after the other share a TLS connection": () =>
    withConnection({}, async (connection) => {
      server.reset([podList]);
      const client = toKubeConfig(connection).makeApiClient(CoreV1Api);
      for (let i = 0; i < 10; i++) {
        await client.listNamespacedPod({ namespace: "ns" });
      }
      equal(server.handshakes(), 1);
    }),

  "a client certificate, a prefix and a proxy of the connection are used": async () => {
    const proxy = await startConnectProxy({ credentials: "u:p" });
    const me = await authority.issue({ commonName: "me" });
    const tls = newTlsClientConfig({
      caData: Buffer.from(authority.certificate),
      certData: Buffer.from(me.certificate),
      keyData: Buffer.from(me.key),
    });
    const proxyUrl = proxy.url.replace("//", "//u:p@");
    await withConnection(
      { host: `https://api.test:${server.port}/prefix/`, proxyUrl, tls },
      async (connection) => {
        server.reset([podList]);
        await toKubeConfig(connection).makeApiClient(CoreV1Api).listNamespace();
        deepEqual(
          server.requests.map(({ target, tls: seen }) => [target, seen]),
          [["/prefix/api/v1/namespaces", { serverName: "api.test", clientCertificate: "me" }]],
        );
        deepEqual(
          proxy.requests.map(({ target }) => target),
          [`api.test:${server.port}`],
        );
      },
    );
    await proxy.close();
  },

  "Watch sees events, with the connection's credentials": () =>
    withConnection({ bearerToken: "the-token" }, async (connection) => {
      const event = `${JSON.stringify({ type: "ADDED", object: { kind: "Pod" } })}\n`;
      server.reset([{ body: event + event }]);
      const types: string[] = [];
      await new Promise<void>((resolve) => {
        const watch = new Watch(toKubeConfig(connection));
        void watch.watch(
          "/api/v1/pods",
          {},
          (type) => types.push(type),
          () => resolve(),
        );
      });
      deepEqual(types, ["ADDED", "ADDED"]);
      deepEqual(sent("authorization"), ["Bearer the-token"]);
    }),

  "Exec opens a WebSocket, with the connection's credentials": async () => {
    const seen: IncomingMessage[] = [];
    const sockets = createServer({ cert: identity.certificate, key: identity.key }).on(
      "upgrade",
      (request: IncomingMessage, socket: Socket) => {
        seen.push(request);
        acceptWebSocket(request, socket);
      },
    );
    sockets.listen(0, "127.0.0.1");
    await once(sockets, "listening");
    const { port } = sockets.address() as AddressInfo;
    await withConnection(
      {
        host: `https://127.0.0.1:${port}`,
        bearerToken: "the-token",
        impersonate: { userName: "jane", uid: "", groups: ["a", "b"], extra: new Map() },
      },
      async (connection) => {
        const output = new PassThrough();
        const text = once(output, "data");
        const exec = new Exec(toKubeConfig(connection));
        const socket = await exec.exec("ns", "pod", "c", ["ls"], output, null, null, false);
        equal(String(await text), "hello");
        socket.close();
        equal(seen[0]?.headers.authorization, "Bearer the-token");
        equal(seen[0]?.headers["impersonate-group"], "a, b");
      },
    );
    sockets.close();
  },

  "credentials come from the plugin, which runs again after a 401": async () => {
    const runs = join(folder, "runs");
    const execProvider = plugin(runs);
    await withConnection(
      { execProvider },
      async (connection) => {
        server.reset([podList, { status: 401, body: "{}" }, podList]);
        const client = toKubeConfig(connection).makeApiClient(CoreV1Api);
        await client.listNamespace();
        deepEqual(sent("authorization"), ["Bearer token-1"]);
        await rejects(client.listNamespace());
        await client.listNamespace();
        deepEqual(sent("authorization"), ["Bearer token-2"]);
        equal(readFileSync(runs, "utf8"), "run\nrun\n");
      },
      { pluginPolicy: NO_POLICY },
    );
  },

  "a plugin that the policy does not allow is not run": async () => {
    const runs = join(folder, "denied");
    await withConnection(
      { execProvider: plugin(runs) },
      async (connection) => {
        server.reset([podList]);
        const client = toKubeConfig(connection).makeApiClient(CoreV1Api);
        const error = await client.listNamespace().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        match(inspect(error, { depth: 5 }), /not allowed: policy set to "DenyAll"/);
        equal(server.requests.length, 0);
      },
      { pluginPolicy: { credentialPluginPolicy: DENY_ALL, credentialPluginAllowlist: undefined } },
    );
  },

  "a plain http server needs no leave to be plain, and gets no token": async () => {
    const plain = await startServer({ reply: [podList] });
    await withConnection({ host: plain.url, bearerToken: "the-token" }, async (connection) => {
      await toKubeConfig(connection).makeApiClient(CoreV1Api).listNamespace();
      const names = new Set(
        plain.requests.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase())),
      );
      ok(names.has("host") && !names.has("authorization"));
    });
    await plain.close();
  },

  "a timeout ends what API clients and Watch wait for, be it an answer or the rest of it": () =>
    withConnection({ timeout: 300 }, async (connection) => {
      const config = toKubeConfig(connection);
      const start = performance.now();
      const awaiting =
        "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
      server.reset([{ delay: 20_000 }]);
      equal(connectionMessage(await failureOf(config.makeApiClient(CoreV1Api).listNamespace())), awaiting);
      equal(connectionMessage(await endOfWatch(config)), awaiting);
      const event = `${JSON.stringify({ type: "ADDED", object: { kind: "Pod" } })}\n`;
      server.reset([{ body: event + event, pause: 20_000 }]);
      const stalled = await failureOf(config.makeApiClient(CoreV1Api).listNamespace());
      match(inspect(stalled), /context deadline exceeded/);
      match(inspect(await endOfWatch(config)), /context deadline exceeded/);
      ok(performance.now() - start < 10_000);
    }),

  "a timeout is not one of a stream, but of what comes before it": async () => {
    let answers = true;
    const sockets = createServer({ cert: identity.certificate, key: identity.key }).on(
      "upgrade",
      (request: IncomingMessage, socket: Socket) => {
        if (answers) {
          acceptWebSocket(request, socket);
        }
      },
    );
    sockets.listen(0, "127.0.0.1");
    await once(sockets, "listening");
    const host = `https://127.0.0.1:${(sockets.address() as AddressInfo).port}`;
    await withConnection({ host, timeout: 300 }, async (connection) => {
      const exec = new Exec(toKubeConfig(connection));
      const output = new PassThrough();
      const socket = await exec.exec("ns", "pod", "c", ["ls"], output, null, null, false);
      let isClosed = false;
      socket.on("close", () => {
        isClosed = true;
      });
      await setTimeout(800);
      ok(!isClosed, "the stream was cut");
      socket.terminate();
      answers = false;
      const failure: unknown = await failureOf(
        exec.exec("ns", "pod", "c", ["ls"], new PassThrough(), null, null, false),
      );
      match(
        inspect(failure, { depth: 5, showHidden: true }),
        /Client\.Timeout exceeded while awaiting headers/,
      );
    });
    sockets.closeAllConnections();
    sockets.close();
  },

  "the user agent of the connection is sent": () =>
    withConnection({ userAgent: "mine/1.0" }, async (connection) => {
      const config = toKubeConfig(connection);
      server.reset([podList]);
      await config.makeApiClient(CoreV1Api).listNamespace();
      deepEqual(sent("user-agent"), ["mine/1.0"]);
      await endOfWatch(config);
      deepEqual(sent("user-agent"), ["mine/1.0"]);
    }),

  "an expired credential of a plugin costs one run per request": async () => {
    const runs = join(folder, "expired");
    await withConnection(
      { execProvider: plugin(runs, "2020-01-01T00:00:00Z") },
      async (connection) => {
        const config = toKubeConfig(connection);
        server.reset([podList]);
        await config.makeApiClient(CoreV1Api).listNamespace();
        deepEqual(sent("authorization"), ["Bearer token-1"]);
        await endOfWatch(config);
        deepEqual(sent("authorization"), ["Bearer token-2"]);
        equal(readFileSync(runs, "utf8"), "run\nrun\n");
      },
      { pluginPolicy: NO_POLICY },
    );
  },

  "requests, answers and warnings are reported": async () => {
    const events: TraceEvent[] = [];
    const warnings: ServerWarning[] = [];
    await withConnection(
      { bearerToken: "the-token" },
      async (connection) => {
        const config = toKubeConfig(connection);
        server.reset([{ ...podList, headers: { ...podList.headers, warning: '299 - "old"' } }]);
        await config.makeApiClient(CoreV1Api).listNamespace();
        await endOfWatch(config);
      },
      { trace: (event) => void events.push(event), onWarning: (warning) => void warnings.push(warning) },
    );
    deepEqual(
      events.filter(({ kind }) => kind === "request" || kind === "response").map(({ kind }) => kind),
      ["request", "response", "request", "response"],
    );
    ok(!JSON.stringify(events).includes("the-token"));
    deepEqual(
      warnings.map(({ text }) => text),
      ["old", "old"],
    );
  },

  "what fails has the ConnectionError as its cause": async () => {
    const gone = await startTcpServer(() => undefined);
    const place = gone.url.replace("http://", "");
    gone.close();
    await withConnection({ host: `https://${place}` }, async (connection) => {
      const config = toKubeConfig(connection);
      const error = await failureOf(config.makeApiClient(CoreV1Api).listNamespace());
      for (const each of [error, await endOfWatch(config)]) {
        const { cause } = each as { readonly cause?: unknown };
        ok(cause instanceof ConnectionError, inspect(each));
        equal(
          connectionMessage(each),
          `The connection to the server ${place} was refused - did you specify the right host or port?`,
        );
      }
    });
  },

  "a plugin that hangs is waited for no longer than the timeout": async () => {
    const command = join(folder, "hangs.sh");
    writeFileSync(command, "#!/bin/sh\nsleep 60 & wait\n", { mode: 0o755 });
    const execProvider = new ExecConfig({
      command,
      apiVersion: "client.authentication.k8s.io/v1",
      interactiveMode: "Never",
    });
    await withConnection(
      { execProvider, timeout: 300 },
      async (connection) => {
        const config = toKubeConfig(connection);
        const start = performance.now();
        const over = /deadline exceeded|Client\.Timeout exceeded/;
        match(inspect(await failureOf(config.makeApiClient(CoreV1Api).listNamespace())), over);
        match(inspect(await failureOf(connection.headers())), over);
        match(inspect(await failureOf(connection.httpsOptions())), over);
        match(inspect(await endOfWatch(config)), over);
        ok(performance.now() - start < 10_000);
      },
      { pluginPolicy: NO_POLICY },
    );
  },

  "objects of any kind, too, are sent by the connection": () =>
    withConnection({ bearerToken: "the-token", userAgent: "mine/1.0" }, async (connection) => {
      server.reset([
        { headers: podList.headers ?? {}, body: API_RESOURCES },
        {
          headers: podList.headers ?? {},
          body: '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"one"}}',
        },
      ]);
      const objects = KubernetesObjectApi.makeApiClient(toKubeConfig(connection));
      const pod = await objects.read({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "one", namespace: "ns" },
      });
      equal(pod.metadata?.name, "one");
      deepEqual([sent("authorization"), sent("user-agent")], [["Bearer the-token"], ["mine/1.0"]]);
    }),

  "a peer that does not speak HTTP is refused in kubectl's words": async () => {
    const odd = await startTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    await withConnection({ host: odd.url }, async (connection) => {
      const config = toKubeConfig(connection);
      const error = await failureOf(config.makeApiClient(CoreV1Api).listNamespace());
      for (const each of [error, await endOfWatch(config)]) {
        equal(
          connectionMessage(each),
          'Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6"',
        );
      }
    });
    odd.close();
  },

  "a body that breaks off is the end of Watch": () =>
    withConnection({}, async (connection) => {
      server.reset([{ body: "half and half", abort: "within" }]);
      match(inspect(await endOfWatch(toKubeConfig(connection))), /unexpected EOF|reset by peer/);
    }),

  "the config names its namespace and holds no credentials": () =>
    withConnection({ bearerToken: "the-token" }, async (connection) => {
      const config = toKubeConfig(connection, { namespace: "ns", name: "prod" });
      equal(config.getContextObject("prod")?.namespace, "ns");
      equal(config.getCurrentCluster()?.server, server.url);
      const shown = `${config.exportConfig()}${inspect(config, { depth: 9, showHidden: true })}`;
      ok(!shown.includes("the-token"));
    }),

  "loadKubeConfig has all contexts, clusters and users by their names, and no credentials": () =>
    withKubeConfig({}, async (config) => {
      const official = new KubeConfig();
      official.loadFromFile(kubeconfig);
      equal(
        JSON.stringify(config.getContexts().map(sorted)),
        JSON.stringify(official.getContexts().map(sorted)),
      );
      deepEqual(
        config
          .getClusters()
          .map(({ name, server: address, caData, skipTLSVerify }) => [name, address, caData, skipTLSVerify]),
        official
          .getClusters()
          .map(({ name, server: address, caData, skipTLSVerify }) => [name, address, caData, skipTLSVerify]),
      );
      deepEqual(
        config.getUsers().map(({ name }) => name),
        ["admin", "robot", "jane"],
      );
      equal(config.getCurrentContext(), "blue");
      equal(config.getContextObject("blue")?.namespace, "shop");
      equal(config.getCurrentUser()?.name, "jane");
      equal(config.getCurrentCluster()?.name, "main");
      ok(config instanceof KubeConfig);
      const shown = `${config.exportConfig()}${inspect(config, { depth: 9, showHidden: true })}`;
      ok(!/janes-token|PRIVATE KEY|LS0tLS1CRUdJTiBQUklWQV/.test(shown));
    }),

  "loadKubeConfig sends to the context that is current, with its own certificate, plugin or token": () =>
    withKubeConfig({ context: "green" }, async (config) => {
      equal(config.getCurrentContext(), "green");
      const list = async () => {
        server.reset([podList]);
        await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "ns" });
        return sent("authorization");
      };
      deepEqual(await list(), []);
      equal(server.requests.at(-1)?.tls?.clientCertificate, "admin");
      config.setCurrentContext("red");
      deepEqual(await list(), ["Bearer token-1"]);
      config.setCurrentContext("blue");
      deepEqual(await list(), ["Bearer janes-token"]);
      server.reset([podList]);
      await endOfWatch(config);
      deepEqual(sent("authorization"), ["Bearer janes-token"]);
      config.setCurrentContext("red");
      server.reset([podList]);
      await endOfWatch(config);
      deepEqual(sent("authorization"), ["Bearer token-1"]);
    }),

  "loadKubeConfig makes API clients that stay with their context": () =>
    withKubeConfig({}, async (config) => {
      const client = config.makeApiClient(CoreV1Api);
      config.setCurrentContext("red");
      server.reset([podList]);
      await client.listNamespacedPod({ namespace: "ns" });
      deepEqual(sent("authorization"), ["Bearer janes-token"]);
    }),

  "loadKubeConfig runs no plugin that the kuberc does not allow": async () => {
    const kuberc = join(folder, "kuberc");
    const policy = {
      apiVersion: "kubectl.config.k8s.io/v1beta1",
      kind: "Preference",
      credentialPluginPolicy: "DenyAll",
    };
    writeFileSync(kuberc, JSON.stringify(policy));
    await withKubeConfig({ context: "red", kuberc }, async (config) => {
      server.reset([podList]);
      await rejects(config.makeApiClient(CoreV1Api).listNamespace(), /not allowed: policy set to "DenyAll"/);
      match(inspect(await endOfWatch(config)), /not allowed: policy set to "DenyAll"/);
      equal(server.requests.length, 0);
    });
  },

  "loadKubeConfig refuses a context that does not exist, at once or when it is used": async () => {
    await rejects(loadKubeConfig({ ...ALONE, kubeconfig, context: "nope" }), {
      name: "InvalidConfigurationError",
      message: 'context "nope" does not exist',
    });
    await rejects(loadKubeConfig({ ...ALONE, kubeconfig: join(folder, "missing") }), {
      name: "ConfigReadError",
    });
    await rejects(loadKubeConfig({ kubeConfig: "x" } as object), /unknown option "kubeConfig"/);
    await withKubeConfig({}, async (config) => {
      config.setCurrentContext("nope");
      await rejects(config.makeApiClient(CoreV1Api).listNamespace(), /context "nope" does not exist/);
      await rejects(config.applyToHTTPSOptions({}), /context "nope" does not exist/);
    });
  },

  "loadKubeConfig takes what a pod finds, where there is no kubeconfig": async () => {
    const account = "/var/run/secrets/kubernetes.io/serviceaccount";
    const { hostname, port } = new URL(server.url);
    const host = memoryHost({
      files: {
        [`${account}/token`]: "pods-token",
        [`${account}/ca.crt`]: authority.certificate,
        [`${account}/namespace`]: "jobs",
      },
      env: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
    });
    const config = await loadKubeConfig({ host });
    deepEqual(config.getContexts(), [
      { name: "inClusterContext", cluster: "inCluster", user: "inClusterUser", namespace: "jobs" },
    ]);
    equal(config.getCurrentCluster()?.server, server.url);
    server.reset([podList]);
    await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "jobs" });
    deepEqual(sent("authorization"), ["Bearer pods-token"]);
    await config.close();
  },

  "loadKubeConfig connects once for each context, again after a failure, and closes all": () =>
    withKubeConfig({}, async (config) => {
      const client = config.makeApiClient(CoreV1Api);
      server.reset([podList, podList, podList]);
      await client.listNamespacedPod({ namespace: "a" });
      await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "b" });
      equal(new Set(server.requests.map(({ connection }) => connection)).size, 1);
      await config.close();
      await rejects(client.listNamespacedPod({ namespace: "a" }), /closed/);
    }),
};

const kubeconfig = join(folder, "kubeconfig");

/** Nothing of the machine that the tests run on applies. */
const ALONE = { env: { HOME: folder, KUBERC: "off", PATH: process.env["PATH"] } };

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function sorted(entry: object): object {
  return Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function withKubeConfig(
  options: LoadKubeConfigOptions,
  run: (config: LoadedKubeConfig) => Promise<void>,
): Promise<void> {
  const admin = await authority.issue({ commonName: "admin", hosts: [] });
  const runs = join(mkdtempSync(join(folder, "runs-")), "runs");
  const { command, apiVersion, interactiveMode } = plugin(runs);
  const content = {
    clusters: [
      {
        name: "main",
        cluster: { server: `${server.url}/`, "certificate-authority-data": base64(authority.certificate) },
      },
    ],
    users: [
      {
        name: "admin",
        user: { "client-certificate-data": base64(admin.certificate), "client-key-data": base64(admin.key) },
      },
      { name: "robot", user: { exec: { command, apiVersion, interactiveMode } } },
      { name: "jane", user: { token: "janes-token" } },
    ],
    contexts: [
      { name: "green", context: { cluster: "main", user: "admin" } },
      { name: "red", context: { cluster: "main", user: "robot" } },
      { name: "blue", context: { cluster: "main", user: "jane", namespace: "shop" } },
    ],
    "current-context": "blue",
  };
  writeFileSync(kubeconfig, JSON.stringify(content));
  const env = { ...ALONE.env, KUBECONFIG: kubeconfig, ...(options.kuberc !== undefined && { KUBERC: "" }) };
  const config = await loadKubeConfig({ env, ...options });
  try {
    await run(config);
  } finally {
    await config.close();
  }
}

export async function tearDown(): Promise<void> {
  rmSync(folder, { recursive: true });
  await server.close();
}

async function withConnection(
  fields: Partial<RestConfigFields>,
  run: (connection: Connection) => Promise<void>,
  options?: ConnectOptions,
): Promise<void> {
  const tls = newTlsClientConfig({ caData: Buffer.from(authority.certificate) });
  const connection = connect(nodeHost, new RestConfig({ host: server.url, tls, ...fields }), options);
  try {
    await run(connection);
  } finally {
    await connection.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Watches until that ends, and returns the error that it ended with. */
async function endOfWatch(config: KubeConfig): Promise<unknown> {
  return await new Promise((resolve) => {
    new Watch(config).watch("/api/v1/pods", {}, () => undefined, resolve).catch(resolve);
  });
}

function sent(name: string): readonly string[] {
  return (server.requests.at(-1)?.headers ?? [])
    .filter(([given]) => given.toLowerCase() === name)
    .map(([, value]) => value);
}

/** A plugin that counts its runs in a file, and puts the number into its token. */
function plugin(runs: string, expires?: string): ExecConfig {
  const command = `${runs}.sh`;
  writeFileSync(
    command,
    `#!/bin/sh
echo run >> '${runs}'
number=$(wc -l < '${runs}' | tr -d ' ')
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{${expires === undefined ? "" : `"expirationTimestamp":"${expires}",`}"token":"token-'"$number"'"}}'
`,
    { mode: 0o755 },
  );
  return new ExecConfig({
    command,
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
  });
}

/** Answers a WebSocket handshake, and says hello on the channel of standard output. */
function acceptWebSocket({ headers }: IncomingMessage, socket: Socket): void {
  const accept = createHash("sha1")
    .update(`${headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
    "Sec-WebSocket-Protocol: v4.channel.k8s.io",
    "\r\n",
  ];
  const message = Buffer.from("\u0001hello", "latin1");
  socket.on("error", () => undefined).on("data", () => socket.end());
  socket.write(lines.join("\r\n"));
  socket.write(Buffer.concat([Buffer.from([0x82, message.length]), message]));
}
