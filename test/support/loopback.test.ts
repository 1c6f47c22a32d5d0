import { createConnection } from "node:net";
import { request as httpsRequest } from "node:https";
import { connect as http2Connect } from "node:http2";
import { ProxyAgent } from "undici";
import type { Authority } from "./certificates.ts";
import { createAuthority } from "./certificates.ts";
import { startConnectProxy } from "./connect-proxy.ts";
import { startServer } from "./https-server.ts";
import { startSocksProxy } from "./socks-proxy.ts";

let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority();
});

function get(
  url: string,
  options: Readonly<Record<string, unknown>>,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    httpsRequest(url, { agent: false, ...options }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode, body }));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}

describe("the HTTPS server of the tests", () => {
  test("tells what arrived, by what name it was called and who called", async () => {
    const server = await startServer({
      identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "api.test"] }),
      clientAuthorities: authority.certificate,
      reply: [{ status: 401, body: "no" }, { body: "yes" }],
    });
    const client = await authority.issue({ commonName: "jane", organizations: ["dev"], usage: "client" });
    const options = {
      ca: authority.certificate,
      cert: client.certificate,
      key: client.key,
      servername: "api.test",
      headers: { "X-One": "1" },
    };
    expect(await get(`${server.url}/a?b=c`, options)).toEqual({ status: 401, body: "no" });
    expect(await get(`${server.url}/a`, { ca: authority.certificate })).toEqual({ status: 200, body: "yes" });
    expect(server.requests).toEqual([
      expect.objectContaining({
        method: "GET",
        target: "/a?b=c",
        httpVersion: "1.1",
        headers: expect.arrayContaining([["X-One", "1"]]),
        tls: { serverName: "api.test", clientCertificate: "jane" },
      }),
      expect.objectContaining({ tls: { serverName: "", clientCertificate: "" } }),
    ]);
    expect([server.connections(), server.handshakes()]).toEqual([2, 2]);
    await server.close();
  });

  test("refuses to be trusted with an expired certificate or by another authority", async () => {
    const expired = await startServer({
      identity: await authority.issue({
        commonName: "server",
        hosts: ["127.0.0.1"],
        notBefore: new Date(Date.now() - 1e9),
        notAfter: new Date(Date.now() - 1e6),
      }),
    });
    await expect(get(expired.url, { ca: authority.certificate })).rejects.toMatchObject({
      code: "CERT_HAS_EXPIRED",
    });
    const other = await createAuthority("other CA");
    await expect(get(expired.url, { ca: other.certificate })).rejects.toBeDefined();
    await expired.close();
  });

  test("speaks HTTP/2 if it is told to", async () => {
    const server = await startServer({
      http2: true,
      identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
    });
    const session = http2Connect(server.url, { ca: authority.certificate });
    const body = await new Promise<string>((resolve, reject) => {
      let text = "";
      session
        .request({ ":path": "/x", authorization: "Bearer t" })
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("end", () => resolve(text))
        .on("error", reject);
    });
    session.close();
    expect(body).toBe('{"ok":true}\n');
    expect(server.requests[0]).toMatchObject({ httpVersion: "2.0", connection: 1, target: "/x" });
    await server.close();
  });
});

describe("the proxies of the tests", () => {
  test("the CONNECT proxy leads any name to loopback and wants its password", async () => {
    const server = await startServer({
      identity: await authority.issue({ commonName: "server", hosts: ["api.test"] }),
    });
    const proxy = await startConnectProxy({ credentials: "u:p" });
    const fetchThrough = async (token: string): Promise<number> => {
      const dispatcher = new ProxyAgent({
        uri: proxy.url,
        token,
        requestTls: { ca: authority.certificate },
      });
      try {
        const { statusCode, body } = await dispatcher.request({
          origin: `https://api.test:${server.port}`,
          path: "/x",
          method: "GET",
        });
        await body.dump();
        return statusCode;
      } finally {
        await dispatcher.close();
      }
    };
    expect(await fetchThrough(`Basic ${btoa("u:p")}`)).toBe(200);
    await expect(fetchThrough(`Basic ${btoa("u:x")}`)).rejects.toThrow("407");
    expect(proxy.requests[0]).toMatchObject({ kind: "connect", target: `api.test:${server.port}` });
    expect(server.requests).toHaveLength(1);
    await proxy.close();
    await server.close();
  });

  test("the SOCKS proxy leads any name to loopback and wants its password", async () => {
    const server = await startServer();
    const proxy = await startSocksProxy({ credentials: "u:p" });
    const socket = createConnection(proxy.port, "127.0.0.1");
    const port = [server.port >> 8, server.port & 0xff];
    const say = async (bytes: readonly number[]): Promise<Buffer> => {
      socket.write(Buffer.from(bytes));
      return new Promise((resolve) => {
        socket.once("data", resolve);
      });
    };
    expect([...(await say([5, 2, 0, 2]))]).toEqual([5, 2]);
    expect([...(await say([1, 1, 0x75, 1, 0x70]))]).toEqual([1, 0]);
    expect((await say([5, 1, 0, 3, 4, ...Buffer.from("api."), ...port]))[1]).toBe(0);
    const answer = await say([...Buffer.from("GET /x HTTP/1.0\r\n\r\n")]);
    expect(answer.toString()).toContain("200 OK");
    expect(proxy.requests).toEqual([
      { methods: [0, 2], credentials: "u:p", addressType: "domain", host: "api.", port: server.port },
    ]);
    socket.destroy();
    await proxy.close();
    await server.close();
  });
});
