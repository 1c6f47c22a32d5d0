import { newTlsClientConfig } from "../../src/api/rest-config.ts";
import type { RestConfigFields } from "../../src/api/rest-config.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, machine, open, sent, trusting } from "./open.ts";

let authority: Authority;
let identity: Identity;
let server: TestServer;
let other: TestServer;

beforeAll(async () => {
  authority = await createAuthority();
  identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "localhost", "api.test"] });
  [server, other] = await Promise.all([startServer({ identity }), startServer({ identity })]);
});

beforeEach(() => {
  server.reset([{}]);
  other.reset([{}]);
});

afterEach(() => jest.restoreAllMocks());

afterEach(closeAll);

afterAll(() => Promise.all([server.close(), other.close()]));

function ours(fields: Partial<RestConfigFields> = {}): Partial<RestConfigFields> {
  return { host: server.url, tls: trusting(authority.certificate), ...fields };
}

describe("a request is what kubectl get --raw sends", () => {
  test("with these headers, and no others", async () => {
    await open(ours({ bearerToken: "T" })).fetch("/api");
    const { port } = server;
    expect(new Map(server.requests[0]?.headers)).toEqual(
      new Map([
        ["host", `127.0.0.1:${port}`],
        ["connection", "keep-alive"],
        ["User-Agent", expect.stringMatching(/^kcfg\/\d+\.\d+\.\d+ \([a-z0-9]+\/[a-z0-9]+\)$/) as unknown],
        ["Accept", "application/json, */*"],
        ["Accept-Encoding", "gzip"],
        ["Authorization", "Bearer T"],
      ]),
    );
    expect(server.requests[0]?.tls).toEqual({ serverName: "", clientCertificate: "" });
  });

  test("with impersonation headers, their keys escaped", async () => {
    const extra = new Map([
      ["ex.y/Z é", ["1", "2"]],
      ["k", ["v"]],
    ]);
    await open(ours({ impersonate: { userName: "jane", uid: "7", groups: ["a", "b"], extra } })).fetch("/x");
    expect(server.requests[0]?.headers.filter(([name]) => name.startsWith("Impersonate"))).toEqual([
      ["Impersonate-User", "jane"],
      ["Impersonate-Uid", "7"],
      ["Impersonate-Group", "a"],
      ["Impersonate-Group", "b"],
      ["Impersonate-Extra-Ex.y%2fz%20%c3%a9", "1"],
      ["Impersonate-Extra-Ex.y%2fz%20%c3%a9", "2"],
      ["Impersonate-Extra-K", "v"],
    ]);
  });

  test("with headers in UTF-8", async () => {
    const impersonate = { userName: "Żaneta", uid: "", groups: [], extra: new Map() };
    await open(ours({ bearerToken: "é", impersonate })).fetch("/x");
    const bytes = ["authorization", "impersonate-user"].flatMap((name) => sent(server, name));
    expect(bytes.map((text) => Buffer.from(text, "latin1").toString("utf8"))).toEqual(["Bearer é", "Żaneta"]);
  });

  test("with the headers of its user before those of the configuration", async () => {
    const impersonate = { userName: "jane", uid: "7", groups: ["a"], extra: new Map() };
    const headers = {
      authorization: "Bearer mine",
      "Impersonate-User": "joe",
      "user-agent": "me",
      accept: "text/plain",
    };
    await open(ours({ bearerToken: "T", impersonate })).fetch("/x", { headers });
    expect(sent(server, "authorization")).toEqual(["Bearer mine"]);
    expect(sent(server, "impersonate-user")).toEqual(["joe"]);
    expect(sent(server, "impersonate-uid")).toEqual([]);
    expect(sent(server, "user-agent")).toEqual(["me"]);
    expect(sent(server, "accept")).toEqual(["text/plain"]);
  });

  test.each([
    ["localhost", "localhost"],
    ["LocalHost", "LocalHost"],
    ["127.0.0.1", ""],
  ])("%s is sent as it is spelled, as SNI %j", async (name, serverName) => {
    await open(ours({ host: server.url.replace("127.0.0.1", name) })).fetch("/x");
    expect(sent(server, "host")).toEqual([`${name}:${server.port}`]);
    expect(server.requests[0]?.tls?.serverName).toBe(serverName);
  });

  test.each([
    ["api.test", "api.test"],
    ["127.0.0.1", ""],
  ])("the TLS server name %s is sent as SNI %j", async (serverName, want) => {
    await open(ours({ tls: trusting(authority.certificate, { serverName }) })).fetch("/x");
    expect(server.requests[0]?.tls?.serverName).toBe(want);
  });

  test("a body is sent with its length", async () => {
    await open(ours()).fetch("/x", { method: "POST", body: '{"a":1}' });
    expect(server.requests[0]).toMatchObject({ method: "POST", body: '{"a":1}' });
    expect(sent(server, "content-length")).toEqual(["7"]);
  });

  test("a stream is sent as it comes", async () => {
    const body = new Blob(["one", "two"]).stream();
    await open(ours()).fetch("/x", { method: "PUT", body });
    expect(server.requests[0]).toMatchObject({ method: "PUT", body: "onetwo" });
    expect(sent(server, "transfer-encoding")).toEqual(["chunked"]);
  });
});

describe("compression", () => {
  test("is asked for, and undone without a trace", async () => {
    server.reset([{ gzip: true, body: "hello" }]);
    const response = await open(ours()).fetch("/x");
    expect(await response.text()).toBe("hello");
    expect(response.headers.has("content-encoding")).toBe(false);
  });

  test("is not asked for if the configuration does not want it", async () => {
    await open(ours({ disableCompression: true })).fetch("/x");
    expect(sent(server, "accept-encoding")).toEqual([]);
  });

  test("is asked for all the same of a server of which nothing is said, as kubectl does", async () => {
    const plain = await startServer();
    await open({ host: plain.url, disableCompression: true }).fetch("/x");
    expect(sent(plain, "accept-encoding")).toEqual(["gzip"]);
    await plain.close();
  });

  test("that is asked for by the user is left to the user", async () => {
    server.reset([{ gzip: true, body: "hello" }]);
    const response = await open(ours()).fetch("/x", { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });
});

describe("connections", () => {
  test("an answer that is given up costs its own connection, and those after it are kept", async () => {
    server.reset([{}, { body: "0123456789", pause: 400 }, {}]);
    const connection = open(ours());
    await (await connection.fetch("/x")).text();
    for (let i = 0; i < 2; i++) {
      const stop = new AbortController();
      const response = await connection.fetch("/slow", { signal: stop.signal });
      stop.abort();
      await expect(response.text()).rejects.toThrow("aborted");
      server.reset([{ body: "0123456789", pause: 400 }, {}]);
    }
    server.reset([{}]);
    for (let i = 0; i < 10; i++) {
      await (await connection.fetch("/x")).text();
    }
    expect(server.handshakes()).toBeLessThanOrEqual(2);
  });

  test("a hundred requests one after the other need one TLS handshake", async () => {
    const connection = open(ours());
    for (let i = 0; i < 100; i++) {
      await (await connection.fetch("/x")).text();
    }
    expect(server.requests).toHaveLength(100);
    expect(server.handshakes()).toBe(1);
  });

  test("requests at the same time do not wait for each other", async () => {
    server.reset([{ delay: 100 }]);
    const connection = open(ours());
    const start = Date.now();
    await Promise.all(
      Array.from({ length: 10 }, () => connection.fetch("/x").then((response) => response.text())),
    );
    expect(server.connections()).toBe(10);
    expect(Date.now() - start).toBeLessThan(900);
  });

  test("a connection that the server closed while it was idle is replaced without a word", async () => {
    const connection = open(ours());
    for (let i = 0; i < 5; i++) {
      await (await connection.fetch("/x")).text();
      server.dropConnections();
    }
    expect(server.requests.length).toBeGreaterThanOrEqual(5);
  });

  test("after the end there are no more", async () => {
    const connection = open(ours());
    await connection.fetch("/x").then((response) => response.text());
    await connection.close();
    await expect(connection.fetch("/x")).rejects.toThrow("the connection has been closed");
  });

  test("the end ends what is under way", async () => {
    server.reset([{ delay: 5000 }]);
    const connection = open(ours());
    const request = connection.fetch("/x");
    setTimeout(() => void connection.close(), 50);
    await expect(request).rejects.toThrow("the connection has been closed");
  });
});

describe("a request that is aborted", () => {
  test("before it is sent rejects with the reason", async () => {
    const reason = new Error("enough");
    await expect(open(ours()).fetch("/x", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  test("while the server thinks rejects with the reason", async () => {
    server.reset([{ delay: 5000 }]);
    const signal = AbortSignal.timeout(100);
    await expect(open(ours()).fetch("/x", { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("while its body comes breaks the body off with the reason", async () => {
    server.reset([{ pause: 5000, body: "0123456789" }]);
    const controller = new AbortController();
    const response = await open(ours()).fetch("/x", { signal: controller.signal });
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 50);
    await expect(response.text()).rejects.toBe(reason);
  });
});

describe("a server that wants the request once more", () => {
  test("gets it after the time that it says, as client-go does", async () => {
    server.reset([
      { status: 429, headers: { "retry-after": "1" }, body: "slow" },
      { status: 503, headers: { "retry-after": "0" } },
      { body: "ok" },
    ]);
    const start = Date.now();
    const response = await open(ours()).fetch("/x");
    expect(await response.text()).toBe("ok");
    expect(server.requests).toHaveLength(3);
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  test("gets it not if it says no time", async () => {
    server.reset([{ status: 503, body: "no" }, { body: "ok" }]);
    const response = await open(ours()).fetch("/x");
    expect([response.status, await response.text()]).toEqual([503, "no"]);
  });

  test("ends at once when the connection is closed", async () => {
    server.reset([{ status: 429, headers: { "retry-after": "60" } }]);
    const connection = open(ours());
    const pending = connection.fetch("/x", { signal: new AbortController().signal });
    const without = connection.fetch("/x");
    setTimeout(() => void connection.close(), 200);
    await expect(pending).rejects.toThrow("the connection has been closed");
    await expect(without).rejects.toThrow("the connection has been closed");
  });

  test("an infinite timeout is none", async () => {
    const started = jest.spyOn(globalThis, "setTimeout");
    await open(ours({ timeout: Infinity })).fetch("/x");
    expect(server.requests.at(-1)?.target).toBe("/x");
    expect(started.mock.calls.filter(([, delay]) => Number(delay) >= 2 ** 31 - 1)).toEqual([]);
  });

  test("a body that nobody reads has a timer only until the connection is closed", async () => {
    const started = jest.spyOn(globalThis, "setTimeout");
    const stopped = jest.spyOn(globalThis, "clearTimeout");
    server.reset([{ body: "x".repeat(5_000_000) }]);
    const connection = open(ours({ timeout: 3_600_000 }));
    await connection.fetch("/x");
    const timer: unknown =
      started.mock.results[started.mock.calls.findIndex(([, delay]) => delay === 3_600_000)]?.value;
    expect(timer).toBeDefined();
    await connection.close();
    await new Promise(setImmediate);
    expect(stopped).toHaveBeenCalledWith(timer);
  });

  test("may be left before the time has come", async () => {
    server.reset([{ status: 429, headers: { "retry-after": "60" } }]);
    const signal = AbortSignal.timeout(100);
    await expect(open(ours()).fetch("/x", { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("redirects", () => {
  test("on the same server are followed with credentials, as kubectl does", async () => {
    server.reset([{ status: 302, headers: { location: "/y?z=1" } }, { body: "ok" }]);
    const response = await open(ours({ bearerToken: "T" })).fetch("/x");
    expect(await response.text()).toBe("ok");
    expect(response.redirected).toBe(true);
    expect(response.url).toBe(`${server.url}/y?z=1`);
    expect(server.requests.map(({ target }) => target)).toEqual(["/x", "/y?z=1"]);
    expect(sent(server, "authorization")).toEqual(["Bearer T"]);
    expect(sent(server, "referer")).toEqual([`${server.url}/x`]);
  });

  test("to another server are followed without credentials, unlike kubectl", async () => {
    const me = await authority.issue({ commonName: "me" });
    server.reset([{ status: 302, headers: { location: `${other.url}/y` } }]);
    const tls = trusting(authority.certificate, {
      certData: Buffer.from(me.certificate),
      keyData: Buffer.from(me.key),
    });
    const impersonate = { userName: "jane", uid: "", groups: [], extra: new Map() };
    await open(ours({ bearerToken: "T", tls, impersonate })).fetch("/x", { headers: { cookie: "c=1" } });
    expect(server.requests[0]?.tls?.clientCertificate).toBe("me");
    expect(other.requests[0]?.tls?.clientCertificate).toBe("");
    expect(["authorization", "impersonate-user", "cookie"].flatMap((name) => sent(other, name))).toEqual([]);
  });

  test.each([
    ["authorization", "Bearer mine"],
    ["AUTHORIZATION", "Basic bWU6cHc="],
    ["cookie", "c=1"],
    ["cookie2", "c=1"],
    ["www-authenticate", "Negotiate x"],
    ["impersonate-user", "jane"],
    ["Impersonate-Extra-Scopes", "all"],
  ])("take a caller's own %s along on the same server only", async (name, value) => {
    const headers = { [name]: value };
    const own = open(ours());
    server.reset([{ status: 302, headers: { location: "/y" } }, {}]);
    await own.fetch("/x", { headers });
    expect(sent(server, name)).toEqual([value]);
    server.reset([{ status: 307, headers: { location: `${other.url}/y` } }]);
    await own.fetch("/x", { headers, method: "POST", body: "b" });
    expect([other.requests.length, sent(other, name)]).toEqual([1, []]);
  });

  test("keep the method and body only if they are of the kind that does", async () => {
    const connection = open(ours());
    for (const [status, method] of [
      [302, "GET"],
      [303, "GET"],
      [307, "POST"],
      [308, "POST"],
    ] as const) {
      server.reset([{ status, headers: { location: "/y" } }, {}]);
      await connection.fetch("/x", { method: "POST", body: "b" });
      expect([server.requests[1]?.method, server.requests[1]?.body]).toEqual([
        method,
        method === "GET" ? "" : "b",
      ]);
    }
  });

  test("end after ten requests", async () => {
    server.reset([{ status: 302, headers: { location: "/loop" } }]);
    await expect(open(ours()).fetch("/x")).rejects.toThrow("stopped after 10 redirects");
    expect(server.requests).toHaveLength(10);
  });

  test("without a place are answers like others", async () => {
    server.reset([{ status: 302 }]);
    expect((await open(ours()).fetch("/x")).status).toBe(302);
  });

  test("can be left to the user", async () => {
    server.reset([{ status: 302, headers: { location: "/y" } }]);
    const response = await open(ours()).fetch("/x", { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/y"]);
  });
});

describe("other ways to send requests", () => {
  test("Node's own fetch takes the dispatcher, with credentials for the server", async () => {
    const connection = open(ours({ bearerToken: "T" }));
    const init: object = { dispatcher: connection.dispatcher() };
    const response = await fetch(`${server.url}/x`, init);
    expect(response.status).toBe(200);
    expect(sent(server, "authorization")).toEqual(["Bearer T"]);
    expect(sent(server, "user-agent")[0]).toMatch(/^kcfg\//);
  });

  test("and without them for others", async () => {
    const init: object = { dispatcher: open(ours({ bearerToken: "T" })).dispatcher() };
    await fetch(`${other.url}/x`, init);
    expect(other.requests).toHaveLength(1);
    expect(sent(other, "authorization")).toEqual([]);
  });

  test("requests one after the other share a connection", async () => {
    server.reset([{ body: "x" }]);
    const init: object = { dispatcher: open(ours()).dispatcher() };
    for (let count = 0; count < 20; count++) {
      await (await fetch(`${server.url}/x`, init)).text();
    }
    expect(server.handshakes()).toBe(1);
  });

  test("a body that cannot be unpacked ends each time", async () => {
    // Node's fetch of 20 and 22 waited for ever, one time in ten.
    server.reset([{ headers: { "content-encoding": "gzip" }, body: "this is no gzip" }]);
    const init: object = { dispatcher: open(ours()).dispatcher() };
    for (let count = 0; count < 80; count++) {
      const response = await fetch(`${server.url}/x`, init);
      await expect(response.text()).rejects.toThrow("terminated");
    }
  });

  test("its failures are in kubectl's words, too", async () => {
    const gone = await startServer({ identity });
    await gone.close();
    const init: object = { dispatcher: open(ours({ host: gone.url })).dispatcher() };
    const address = `127.0.0.1:${gone.port}`;
    const failure = await fetch(`${gone.url}/x`, init).catch((error: unknown) => error);
    // Across Jest's realms, Node knows the cause for an error by its text only.
    expect(String((failure as Error).cause)).toContain(`dial tcp ${address}: connect: connection refused`);
  });

  test("the headers of a request can be had by themselves", async () => {
    const impersonate = { userName: "jane", uid: "", groups: ["a", "b"], extra: new Map() };
    const headers = await open(ours({ bearerToken: "T", impersonate })).headers();
    expect([...headers]).toEqual([
      ["authorization", "Bearer T"],
      ["impersonate-group", "a, b"],
      ["impersonate-user", "jane"],
    ]);
  });

  test("options for Node's https hold all of the TLS settings", async () => {
    const me = await authority.issue({ commonName: "me" });
    const tls = newTlsClientConfig({
      caData: Buffer.from(authority.certificate),
      certData: Buffer.from(me.certificate),
      keyData: Buffer.from(me.key),
      serverName: "api.test",
    });
    const options = await open(ours({ tls, bearerToken: "T" }), machine()).httpsOptions();
    expect(options).toMatchObject({
      servername: "api.test",
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      headers: { Authorization: "Bearer T" },
    });
    expect([
      options.ca?.length,
      options.cert?.includes("CERTIFICATE"),
      options.key?.includes("PRIVATE KEY"),
    ]).toEqual([1, true, true]);
  });
});
