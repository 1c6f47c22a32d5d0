import { get } from "node:https";
import { inspect } from "node:util";
import * as kcfg from "../../src/index.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { sent } from "./open.ts";

let authority: Authority;
let server: TestServer;
const opened: kcfg.Connection[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
});
beforeEach(() => server.reset([{}]));
afterEach(() => Promise.all(opened.splice(0).map((connection) => connection.close())));
afterAll(() => server.close());

function open(fields: kcfg.RestConfigInput): kcfg.Connection {
  const tls = { caData: Buffer.from(authority.certificate) };
  const connection = kcfg.connect({ host: server.url, tls, ...fields });
  opened.push(connection);
  return connection;
}

/** A login that gives another token each time. */
function login(): { readonly bearerToken: () => Promise<string>; readonly calls: () => number } {
  let calls = 0;
  return { bearerToken: () => Promise.resolve(`s3cr3t-${++calls}`), calls: () => calls };
}

/** A login that does not end. */
const endless = () => new Promise<string>(() => undefined);

describe("a function as bearerToken", () => {
  test("is asked for each request, by every way in", async () => {
    const { bearerToken } = login();
    const connection = open({ bearerToken });
    await (await connection.fetch("/a")).text();
    expect(sent(server, "authorization")).toEqual(["Bearer s3cr3t-1"]);
    await (await fetch(`${server.url}/b`, { dispatcher: connection.dispatcher() })).text();
    expect(sent(server, "authorization")).toEqual(["Bearer s3cr3t-2"]);
    const options = await connection.httpsOptions();
    await new Promise<void>((resolve, reject) => {
      get(`${server.url}/c`, options, (answer) => answer.resume().on("end", resolve)).on("error", reject);
    });
    expect(sent(server, "authorization")).toEqual(["Bearer s3cr3t-3"]);
    expect((await connection.headers()).get("authorization")).toBe("Bearer s3cr3t-4");
  });

  test("may return a string at once", async () => {
    await (await open({ bearerToken: () => "now" }).fetch("/x")).text();
    expect(sent(server, "authorization")).toEqual(["Bearer now"]);
  });

  test("takes the place of what a kubeconfig resolves to", async () => {
    const config = kcfg.newConfig({
      clusters: new Map([
        [
          "c",
          new kcfg.Cluster({
            server: server.url,
            certificateAuthorityData: Buffer.from(authority.certificate),
          }),
        ],
      ]),
      contexts: new Map([["x", kcfg.newContext({ cluster: "c", authInfo: "u" })]]),
      authInfos: new Map([["u", new kcfg.AuthInfo({ username: "me", password: "p" })]]),
      currentContext: "x",
    });
    const { bearerToken } = login();
    const client = await kcfg.connectToCluster({
      config,
      wrapConfig: (resolved) => kcfg.anonymousClientConfig(resolved).with({ bearerToken }),
    });
    opened.push(client);
    await (await client.fetch("/x")).text();
    expect(sent(server, "authorization")).toEqual(["Bearer s3cr3t-1"]);
  });

  test("is asked again after a 401, whose request is not sent again", async () => {
    const { bearerToken, calls } = login();
    const connection = open({ bearerToken });
    server.reset([{ status: 401 }, {}]);
    expect((await connection.fetch("/x")).status).toBe(401);
    expect(server.requests.length).toBe(1);
    expect((await connection.fetch("/x")).status).toBe(200);
    expect(calls()).toBe(2);
  });

  test.each<[what: string, bearerToken: () => string | Promise<string>, message: string]>([
    [
      "throws",
      () => {
        throw new Error("log in first");
      },
      "getting credentials: log in first",
    ],
    ["is rejected", () => Promise.reject(new Error("log in first")), "getting credentials: log in first"],
    ["has none", () => "", "getting credentials: the function bearerToken returned no token"],
    [
      "returns nothing",
      () => undefined as never,
      "getting credentials: the function bearerToken returned no token",
    ],
  ])("that %s fails the request, and nothing is sent", async (_what, bearerToken, message) => {
    const connection = open({ bearerToken });
    for (const request of [
      () => connection.fetch("/x"),
      () => connection.headers(),
      () => connection.httpsOptions(),
    ]) {
      const error: unknown = await request().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(kcfg.ConnectionError);
      expect(kcfg.kubectlMessage(error)).toBe(`Unable to connect to the server: ${message}`);
    }
    expect(server.requests).toEqual([]);
  });

  test("that does not end is given up with the signal, and with the time of a request", async () => {
    await expect(
      open({ bearerToken: endless }).fetch("/x", { signal: AbortSignal.timeout(50) }),
    ).rejects.toThrow("aborted");
    await expect(open({ bearerToken: endless, timeout: 50 }).fetch("/x")).rejects.toThrow(
      "Client.Timeout exceeded",
    );
  });

  test("is not called for a server without TLS", async () => {
    const { bearerToken, calls } = login();
    const plain = await startServer();
    try {
      await (await open({ host: plain.url, bearerToken, tls: undefined }).fetch("/x")).text();
      expect([sent(plain, "authorization"), calls()]).toEqual([[], 0]);
    } finally {
      await plain.close();
    }
  });

  test.each<[fields: kcfg.RestConfigInput, message: string]>([
    [{ username: "me" }, "may be set, but not both"],
    [{ bearerTokenFile: "/token" }, "may be set, but not both"],
    [{ bearerToken: 5 as never }, "RestConfig: bearerToken must be a string, or a function that returns one"],
  ])("is refused by name with %j", (fields, message) => {
    expect(() => open({ bearerToken: () => "t", ...fields })).toThrow(message);
  });

  test("is hidden, and kept by copies", () => {
    const config = new kcfg.RestConfig({ bearerToken: () => "s3cr3t" });
    expect(inspect(config)).toContain("bearerToken: 'REDACTED'");
    expect(JSON.stringify(config)).toContain('"bearerToken":"REDACTED"');
    expect(config.with({ userAgent: "x" }).bearerToken).toBe(config.bearerToken);
  });
});

test("an anonymous config keeps how the server is reached, and nothing of who asks", () => {
  const caData = Buffer.from("ca");
  const config = new kcfg.RestConfig({
    host: "https://me:s3cr3t@h:6443/prefix",
    username: "me",
    password: "s3cr3t",
    bearerToken: "s3cr3t",
    bearerTokenFile: "/t",
    impersonate: { userName: "jane" },
    authProvider: { name: "oidc" },
    execProvider: { command: "plug" },
    tls: { caData, serverName: "n", certData: caData, keyData: caData, certFile: "/c", keyFile: "/k" },
    userAgent: "shop",
    timeout: 5,
    proxyUrl: "http://proxy",
    disableCompression: true,
  });
  expect(kcfg.anonymousClientConfig(config)).toEqual(
    new kcfg.RestConfig({
      host: "https://h:6443/prefix",
      tls: { caData, serverName: "n" },
      userAgent: "shop",
      timeout: 5,
      proxyUrl: "http://proxy",
      disableCompression: true,
    }),
  );
});
