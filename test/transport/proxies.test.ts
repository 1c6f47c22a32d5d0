import type { RestConfigFields } from "../../src/api/rest-config.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { ConnectProxy } from "../support/connect-proxy.ts";
import { startConnectProxy } from "../support/connect-proxy.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import type { SocksProxy } from "../support/socks-proxy.ts";
import { startSocksProxy } from "../support/socks-proxy.ts";
import { startTcpServer } from "../support/tcp-answers.ts";
import { closeAll, complaint, machine, open, sent, trusting } from "./open.ts";

const PREFIX = "Unable to connect to the server: ";

let authority: Authority;
let identity: Identity;
let server: TestServer;
let plain: TestServer;
let proxy: ConnectProxy;
let strict: ConnectProxy;
let secure: ConnectProxy;
let socks: SocksProxy;
let strictSocks: SocksProxy;

beforeAll(async () => {
  authority = await createAuthority();
  identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "api.test"] });
  const ofProxy = await authority.issue({ commonName: "proxy", hosts: ["127.0.0.1"] });
  server = await startServer({ identity });
  plain = await startServer();
  proxy = await startConnectProxy();
  strict = await startConnectProxy({ credentials: "u:p w" });
  secure = await startConnectProxy({ identity: ofProxy });
  socks = await startSocksProxy();
  strictSocks = await startSocksProxy({ credentials: "u:p w" });
});

afterEach(async () => {
  await closeAll();
  for (const each of [server, plain, proxy, strict, secure, socks, strictSocks]) {
    each.reset();
  }
});

afterAll(() =>
  Promise.all([server, plain, proxy, strict, secure, socks, strictSocks].map((each) => each.close())),
);

function ours(fields: Partial<RestConfigFields> = {}): Partial<RestConfigFields> {
  return { host: `https://api.test:${server.port}`, tls: trusting(authority.certificate), ...fields };
}

describe("an HTTP proxy", () => {
  test("is asked for a tunnel as kubectl asks, and told nothing of the request", async () => {
    expect(await complaint(ours({ proxyUrl: proxy.url, bearerToken: "T" }))).toBe("");
    const target = `api.test:${server.port}`;
    expect(proxy.requests).toEqual([
      {
        kind: "connect",
        target,
        headers: [
          ["Host", target],
          ["User-Agent", "Go-http-client/1.1"],
        ],
      },
    ]);
    expect(server.requests[0]?.tls?.serverName).toBe("api.test");
    expect(sent(server, "authorization")).toEqual(["Bearer T"]);
  });

  test("is told user and password", async () => {
    expect(await complaint(ours({ proxyUrl: strict.url.replace("//", "//u:p%20w@") }))).toBe("");
    expect(new Map(strict.requests[0]?.headers).get("Proxy-Authorization")).toBe("Basic dTpwIHc=");
  });

  test("is told a user alone", async () => {
    expect(await complaint(ours({ proxyUrl: proxy.url.replace("//", "//u@") }))).toBe("");
    expect(new Map(proxy.requests[0]?.headers).get("Proxy-Authorization")).toBe("Basic dTo=");
  });

  test("is used for a loopback address, too", async () => {
    expect(await complaint(ours({ host: server.url, proxyUrl: proxy.url }))).toBe("");
    expect(proxy.requests.map(({ target }) => target)).toEqual([`127.0.0.1:${server.port}`]);
  });

  test("may be spoken to by TLS", async () => {
    expect(await complaint(ours({ proxyUrl: secure.url }))).toBe("");
    expect(secure.requests).toHaveLength(1);
  });

  test("then has to have the TLS server name, as in kubectl", async () => {
    const tls = trusting(authority.certificate, { serverName: "api.test" });
    expect(await complaint(ours({ tls, proxyUrl: secure.url }))).toBe(
      `${PREFIX}proxyconnect tcp: tls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match api.test`,
    );
  });

  test("forwards plain requests, and is told its credentials with each", async () => {
    const host = `http://api.test:${plain.port}/p`;
    const proxyUrl = strict.url.replace("//", "//u:p%20w@");
    expect(await complaint({ host, proxyUrl })).toBe("");
    expect(plain.requests.map(({ target }) => target)).toEqual(["/p/x"]);
    expect(strict.requests.map(({ kind, target }) => [kind, target])).toEqual([
      ["forward", `http://api.test:${plain.port}/p/x`],
    ]);
    expect(sent(plain, "proxy-authorization")).toEqual([]);
  });

  test.each(["\n\n", "\nX: y\r\n\n", "\r\nX: y\n\r\n"])(
    "may end the lines of its answer without a carriage return: %j",
    async (end) => {
      const lax = await startTcpServer((socket) => socket.write(`HTTP/1.1 403 Nope${end}`));
      try {
        expect(await complaint(ours({ proxyUrl: lax.url }))).toBe(`${PREFIX}Nope`);
      } finally {
        lax.close();
      }
    },
  );

  test("that refuses is told of in kubectl's words", async () => {
    expect(await complaint(ours({ proxyUrl: strict.url }))).toBe(`${PREFIX}Proxy Authentication Required`);
    expect(await complaint(ours({ host: "https://api.test:1", proxyUrl: proxy.url }))).toBe(
      `${PREFIX}Bad Gateway`,
    );
  });

  test("that cannot be reached is told of in kubectl's words", async () => {
    const proxyUrl = "http://127.0.0.1:1";
    expect(await complaint(ours({ proxyUrl }))).toBe(
      `The connection to the server api.test:${server.port} was refused - did you specify the right host or port?`,
    );
    await expect(open(ours({ proxyUrl })).fetch("/x")).rejects.toThrow(
      "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused",
    );
  });
});

describe("a SOCKS5 proxy", () => {
  test("is left to resolve the name", async () => {
    expect(await complaint(ours({ proxyUrl: socks.url }))).toBe("");
    expect(socks.requests).toEqual([
      { methods: [0], addressType: "domain", host: "api.test", port: server.port },
    ]);
    expect(server.requests[0]?.tls?.serverName).toBe("api.test");
  });

  test("is given an address as such", async () => {
    expect(await complaint(ours({ host: server.url, proxyUrl: socks.url }))).toBe("");
    expect(socks.requests[0]).toMatchObject({ addressType: "IPv4", host: "127.0.0.1" });
  });

  test("is told user and password", async () => {
    expect(await complaint(ours({ proxyUrl: strictSocks.url.replace("//", "//u:p%20w@") }))).toBe("");
    expect(strictSocks.requests[0]).toMatchObject({ methods: [0, 2], credentials: "u:p w" });
  });

  test("takes plain requests, too", async () => {
    expect(await complaint({ host: plain.url, proxyUrl: socks.url })).toBe("");
    expect(plain.requests.map(({ target }) => target)).toEqual(["/x"]);
  });

  test.each([
    ["", "no acceptable authentication methods"],
    ["u:x@", "username/password authentication failed"],
  ])("that refuses %j is told of in kubectl's words", async (user, want) => {
    const proxyUrl = strictSocks.url.replace("//", `//${user}`);
    expect(await complaint(ours({ host: server.url, proxyUrl }))).toBe(
      `${PREFIX}socks connect tcp 127.0.0.1:${strictSocks.port}->127.0.0.1:${server.port}: ${want}`,
    );
  });

  test("that finds nobody is told of in kubectl's words", async () => {
    expect(await complaint(ours({ host: "https://127.0.0.1:1", proxyUrl: socks.url }))).toBe(
      "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    );
  });
});

describe("the proxy of the environment is that of Go", () => {
  test.each([
    ["HTTPS_PROXY", {}, true],
    ["https_proxy", {}, true],
    ["HTTP_PROXY", {}, false],
    ["ALL_PROXY", {}, false],
    ["HTTPS_PROXY", { NO_PROXY: "api.test" }, false],
    ["HTTPS_PROXY", { no_proxy: ".test" }, false],
    ["HTTPS_PROXY", { NO_PROXY: "other.test", no_proxy: "*" }, true],
    ["HTTPS_PROXY", { https_proxy: "http://127.0.0.1:1" }, true],
    ["HTTPS_PROXY", { REQUEST_METHOD: "GET" }, true],
  ])("%s for a TLS server, with %j: %s", async (name, env, isUsed) => {
    const host = machine({ env: { [name]: proxy.url, ...env } });
    // Without the proxy nobody knows the name.
    expect((await complaint(ours(), host)) === "").toBe(isUsed);
    expect(proxy.requests).toHaveLength(isUsed ? 1 : 0);
  });

  test("a host and port alone are an HTTP proxy", async () => {
    const host = machine({ env: { HTTPS_PROXY: `127.0.0.1:${proxy.port}` } });
    expect(await complaint(ours(), host)).toBe("");
    expect(proxy.requests).toHaveLength(1);
  });

  test("one of another scheme is an HTTP proxy, too", async () => {
    const host = machine({ env: { HTTPS_PROXY: proxy.url.replace("http", "ftp") } });
    expect(await complaint(ours(), host)).toBe("");
    expect(proxy.requests).toHaveLength(1);
  });

  test("a SOCKS proxy may have the scheme socks5h", async () => {
    const host = machine({ env: { HTTPS_PROXY: socks.url.replace("socks5", "socks5h") } });
    expect(await complaint(ours(), host)).toBe("");
    expect(socks.requests).toHaveLength(1);
  });

  test("a loopback address is not reached through it", async () => {
    const host = machine({ env: { HTTPS_PROXY: proxy.url } });
    expect(await complaint(ours({ host: server.url }), host)).toBe("");
    expect(proxy.requests).toEqual([]);
  });

  test("plain servers have their own", async () => {
    const host = machine({ env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: "http://127.0.0.1:1" } });
    expect(await complaint({ host: `http://api.test:${plain.port}` }, host)).toBe("");
    expect(proxy.requests.map(({ kind }) => kind)).toEqual(["forward"]);
  });

  test("which is not believed in a CGI program", async () => {
    const host = machine({ env: { HTTP_PROXY: proxy.url, REQUEST_METHOD: "GET" } });
    expect(await complaint({ host: `http://api.test:${plain.port}` }, host)).toBe(
      `${PREFIX}refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy`,
    );
  });
});

describe("Node's own clients go through the proxy, too", () => {
  test.each(["http", "socks5"])("by the dispatcher, %s", async (kind) => {
    const connection = open(ours({ proxyUrl: kind === "http" ? proxy.url : socks.url }));
    const init: object = { dispatcher: connection.dispatcher() };
    expect((await fetch(`https://api.test:${server.port}/x`, init)).status).toBe(200);
    expect(proxy.requests.length + socks.requests.length).toBe(1);
  });

  test("by the dispatcher, a plain request", async () => {
    const connection = open({ host: `http://api.test:${plain.port}`, proxyUrl: proxy.url });
    const init: object = { dispatcher: connection.dispatcher() };
    expect((await fetch(`http://api.test:${plain.port}/x`, init)).status).toBe(200);
    expect(proxy.requests.map(({ kind }) => kind)).toEqual(["forward"]);
  });
});
