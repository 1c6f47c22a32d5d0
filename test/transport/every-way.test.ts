import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { get } from "node:https";
import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { buffer } from "node:stream/consumers";
import type { Dispatcher } from "undici";
import { fetch as undiciFetch, request } from "undici";
import { ExecConfig } from "../../src/api/exec.ts";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import { ConnectionError } from "../../src/errors.ts";
import type { Connection } from "../../src/transport/connection.ts";
import type { TraceEvent } from "../../src/transport/trace.ts";
import type { ServerWarning } from "../../src/transport/warning-headers.ts";
import { createAuthority } from "../support/certificates.ts";
import type { Authority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import type { TestServer } from "../support/https-server.ts";
import { startTcpServer } from "../support/tcp-answers.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { RunResult } from "../../src/host/processes.ts";
import { closeAll, machine, open, sent, trusting } from "./open.ts";

const apiVersion = "client.authentication.k8s.io/v1";

let authority: Authority;
let server: TestServer;

beforeAll(async () => {
  authority = await createAuthority();
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
});
beforeEach(() => server.reset([{ body: "all of it" }]));
afterEach(closeAll);
afterAll(() => server.close());

/** Asks for a path of the server, reads the answer, and returns it. */
type Way = (connection: Connection, path: string) => Promise<string>;

const byHttps: Way = async (connection, path) => {
  const options = await connection.httpsOptions();
  return await read(get(`${connection.server}${path}`, options));
};

async function read(message: ClientRequest): Promise<string> {
  message.on("error", () => undefined);
  const [response] = (await once(message, "response")) as [IncomingMessage];
  return (await buffer(response)).toString();
}

const WAYS: Readonly<Record<string, Way>> = {
  fetch: async (connection, path) => await (await connection.fetch(path)).text(),
  "Node's fetch": async (connection, path) =>
    await (await fetch(`${connection.server}${path}`, { dispatcher: connection.dispatcher() })).text(),
  "undici's fetch": async (connection, path) =>
    await (await undiciFetch(`${connection.server}${path}`, { dispatcher: connection.dispatcher() })).text(),
  "undici's request": async (connection, path) =>
    await (await request(`${connection.server}${path}`, { dispatcher: connection.dispatcher() })).body.text(),
  "Node's https": byHttps,
};

/** Finds the ConnectionError in an error, or in what caused it; errors of Node itself are of another realm under Jest. */
function faultOf(error: unknown): unknown {
  const { cause }: { readonly cause?: unknown } = typeof error === "object" && error !== null ? error : {};
  return error instanceof ConnectionError || cause === undefined ? error : faultOf(cause);
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    (value) => `no error: ${String(value)}`,
    (error: unknown) => faultOf(error),
  );
}

/** Expects a ConnectionError. Under Jest, Node's own `fetch` takes it for no error and passes on its name and message. */
function expectFault(error: unknown, message: string, fields: object = {}): void {
  expect(String(error)).toMatch(/ConnectionError: |^TypeError: terminated$/);
  if (!String(error).endsWith("terminated")) {
    expect(String(error)).toContain(`ConnectionError: ${message}`);
  }
  if (error instanceof ConnectionError) {
    expect(error).toMatchObject({ message, ...fields });
  }
}

function connected(
  fields: Parameters<typeof open>[0] = {},
  options?: Parameters<typeof open>[2],
): Connection {
  return open({ host: server.url, tls: trusting(authority.certificate), ...fields }, machine(), options);
}

describe.each(Object.entries(WAYS))("by %s", (_name, way) => {
  test("a server that does not answer is waited for no longer than the timeout", async () => {
    server.reset([{ delay: 20_000 }]);
    const error = await failure(way(connected({ timeout: 300 }), "/x"));
    const message = "net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
    expectFault(error, message, { server: `127.0.0.1:${server.port}` });
  });

  test("a body that stalls is waited for no longer than the timeout", async () => {
    server.reset([{ body: "half and half", pause: 20_000 }]);
    const error = await failure(way(connected({ timeout: 300 }), "/x"));
    expectFault(error, "context deadline exceeded");
  });

  test("a server that does not shake hands is waited for no longer than the timeout", async () => {
    const silent = await startTcpServer(() => undefined);
    const host = silent.url.replace("http:", "https:");
    const start = performance.now();
    const error = await failure(way(connected({ host, timeout: 300 }), "/x"));
    expect(performance.now() - start).toBeLessThan(5000);
    expectFault(error, "context deadline exceeded");
    silent.close();
  });

  test("an answer in time is whole, and the connection serves the next request", async () => {
    const connection = connected({ timeout: 20_000 });
    expect(await way(connection, "/x")).toBe("all of it");
    expect(await way(connection, "/y")).toBe("all of it");
    expect(server.handshakes()).toBe(1);
  });

  test("the user agent of the configuration is sent, and kcfg's without one", async () => {
    await way(connected({ userAgent: "mine/1.0" }), "/x");
    expect(sent(server, "user-agent")).toEqual(["mine/1.0"]);
    await way(connected(), "/x");
    expect(sent(server, "user-agent")).toEqual([expect.stringMatching(/^kcfg\//)]);
  });

  test("requests and answers are traced without secrets", async () => {
    const events: TraceEvent[] = [];
    const trace = (event: TraceEvent) => void events.push(event);
    const connection = connected({ bearerToken: "s3cr3t" }, { trace });
    await way(connection, "/x?y=1");
    expect(events.map(({ kind }) => kind).toSorted()).toEqual(["dial", "handshake", "request", "response"]);
    const sentTo = events.find((event) => event.kind === "request");
    expect(sentTo).toMatchObject({ method: "GET", url: `${server.url}/x?y=1` });
    expect(new Map(sentTo?.headers).get("Authorization")).toBe("Bearer <masked>");
    expect(events.find((event) => event.kind === "response")).toMatchObject({
      method: "GET",
      url: `${server.url}/x?y=1`,
      status: 200,
      statusLine: "200 OK",
    });
    expect(JSON.stringify(events)).not.toContain("s3cr3t");
  });

  test("a request that fails is traced as one without an answer", async () => {
    server.reset([{ abort: "before" }]);
    const events: TraceEvent[] = [];
    await failure(way(connected({}, { trace: (event) => void events.push(event) }), "/x"));
    expect(events.at(-1)).toMatchObject({ kind: "response", status: 0, statusLine: "" });
  });

  test("warnings of the server are reported", async () => {
    server.reset([{ headers: { warning: ['299 - "old"', '299 proxy "older, \\"1\\"", 199 - "x"'] } }]);
    const warnings: ServerWarning[] = [];
    const onWarning = (warning: ServerWarning) => void warnings.push(warning);
    await way(connected({}, { onWarning }), "/x");
    expect(warnings).toEqual([
      { code: 299, agent: "-", text: "old" },
      { code: 299, agent: "proxy", text: 'older, "1"' },
      { code: 199, agent: "-", text: "x" },
    ]);
  });

  test("an expired credential of a plugin costs one run per request", async () => {
    const expired = "2020-01-01T00:00:00Z";
    let runs = 0;
    const run = async (): Promise<RunResult> => {
      runs += 1;
      const status = { token: `t${runs}`, expirationTimestamp: expired };
      const stdout = Buffer.from(JSON.stringify({ kind: "ExecCredential", apiVersion, status }));
      return await Promise.resolve({ stdout, isTruncated: false, exitCode: 0, signal: undefined });
    };
    const host = machine({ processes: { ...nodeHost.processes, run } });
    const execProvider = new ExecConfig({ command: process.execPath, apiVersion, interactiveMode: "Never" });
    const fields = { host: server.url, tls: trusting(authority.certificate), execProvider };
    const connection = open(fields, host, { pluginPolicy: NO_POLICY });
    await way(connection, "/x");
    expect([runs, sent(server, "authorization")]).toEqual([1, ["Bearer t1"]]);
    server.dropConnections();
    await setTimeout(50);
    await way(connection, "/y");
    expect([runs, sent(server, "authorization")]).toEqual([2, ["Bearer t2"]]);
  });

  test("a peer that does not speak HTTP is refused in kubectl's words", async () => {
    const odd = await startTcpServer((socket: Socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const error = await failure(byPlain(way)(connected({ host: odd.url }), "/x"));
    expectFault(
      error,
      'net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6"',
      { server: odd.url.replace("http://", "") },
    );
    odd.close();
  });

  test("a server that ends the connection, within the body or before, is an error of kubectl's", async () => {
    server.reset([{ abort: "before" }]);
    expect(String(await failure(way(connected(), "/x")))).toMatch(
      /ConnectionError: (?:EOF|.*reset by peer)$/,
    );
    server.reset([{ body: "half and half", abort: "within" }]);
    expect(String(await failure(way(connected(), "/x")))).toMatch(
      /ConnectionError: (?:unexpected EOF|.*reset by peer)|: terminated$/,
    );
  });

  test("a server that is not there is an error of kubectl's", async () => {
    const gone = await startTcpServer(() => undefined);
    const place = gone.url.replace("http://", "");
    gone.close();
    const error = await failure(way(connected({ host: `https://${place}` }), "/x"));
    expectFault(error, `dial tcp ${place}: connect: connection refused`, { server: place, isRefused: true });
  });
});

/** `https.get` is not for plain servers. */
function byPlain(way: Way): Way {
  return way !== byHttps
    ? way
    : async (connection, path) => {
        const http = await import("node:http");
        const { agent, headers } = await connection.httpsOptions();
        return await read(http.get(`${connection.server}${path}`, { agent, headers }));
      };
}

test("a dispatcher is what undici expects", () => {
  const dispatcher: Dispatcher = open({
    host: server.url,
    tls: trusting(authority.certificate),
  }).dispatcher();
  expect(typeof dispatcher.dispatch).toBe("function");
});
