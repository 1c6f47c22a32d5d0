import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { runEmbedding, survived } from "../support/embedding-program.ts";
import { oddCertificate } from "../support/odd-certificates.ts";
import { startBin } from "../support/start-bin.ts";
import type { TcpServer } from "../support/tcp-answers.ts";
import { endless, startTcpServer } from "../support/tcp-answers.ts";

/** The servers are in this process, and whoever asks them is in a child: a crash is seen as what it is. */
const servers: { close: () => unknown }[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function tcp(answer: Parameters<typeof startTcpServer>[0] | string): Promise<TcpServer> {
  const server = await startTcpServer(
    typeof answer === "string" ? (socket) => socket.end(answer, "latin1") : answer,
  );
  servers.push(server);
  return server;
}

async function https(certificate: {
  readonly certificate: string;
  readonly key: string;
}): Promise<TestServer> {
  const server = await startServer({ identity: certificate });
  servers.push(server);
  return server;
}

const FETCH = `try { const r = await client({ host: args[0] }).fetch("/x"); console.log(r.status, await r.text()); } catch (e) { console.log(told(e)); }`;

describe("a program that embeds the library lives on, and hears of it by a rejection, when a server", () => {
  test.each([
    [
      "has a status that HTTP does not have, and lies of gzip",
      "HTTP/1.1 600 X\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
      "status 600",
    ],
    ["has the status 999", "HTTP/1.1 999 X\r\nContent-Length: 5\r\n\r\nhello", "status 999"],
    ["has the status 0", "HTTP/1.1 000 X\r\n\r\n", "ConnectionError: EOF"],
    [
      "sends no gzip where it says so",
      `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 50\r\n\r\n${"h".repeat(50)}`,
      "gzip: invalid header",
    ],
    [
      "breaks a gzip body off",
      `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n${gzipSync("x".repeat(500)).toString("latin1").slice(0, 20)}`,
      "unexpected EOF",
    ],
    ["sends less than it says", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "unexpected EOF"],
    ["ends with an interim answer", "HTTP/1.1 103 E\r\nLink: x\r\n\r\n", "unexpected EOF"],
    [
      "speaks SSH",
      "SSH-2.0-OpenSSH_9\r\n",
      'net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9"',
    ],
    [
      "speaks TLS",
      "\x15\x03\x01\x00\x02\x02\x16",
      'malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02\\x16"',
    ],
    [
      "has two lengths",
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nok\n",
      "ConnectionError",
    ],
    [
      "has a chunk of no size",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok",
      "invalid byte in chunk length",
    ],
  ])("%s", async (_name, answer, words) => {
    const { url } = await tcp(answer);
    const run = await runEmbedding(FETCH, [url]);
    expect(run).toMatchObject({ ...survived, stdout: expect.stringContaining(words) as string });
    expect(run.stdout).toMatch(/^ConnectionError: /);
  });

  test.each([
    [
      "has a reason phrase of any bytes",
      "HTTP/1.1 200 \xff\u20ac\x01\r\nContent-Length: 3\r\n\r\nok\n",
      "200 ok\n",
    ],
    [
      "has interim answers first",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nX: y\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n",
      "200 ok\n",
    ],
    ["packs nothing", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", "200 \n"],
  ])("but %s, which is an answer", async (_name, answer, stdout) => {
    const { url } = await tcp(answer);
    expect(await runEmbedding(FETCH, [url])).toMatchObject({
      ...survived,
      stdout: expect.stringContaining(stdout) as string,
    });
  });

  const packed = gzipSync(Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 7919) % 251)));
  const beginning = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length + 9}\r\n\r\n${packed.toString("latin1")}`;
  test.each([
    [
      "aborted",
      `const stop = new AbortController();
       console.log((await client({ host: args[0] }).fetch("/x", { signal: stop.signal })).ok);
       stop.abort();
       await wait(200);`,
    ],
    [
      "out of time",
      `console.log((await client({ host: args[0], timeout: 3000 }).fetch("/x")).ok); await wait(3200);`,
    ],
    [
      "closed with its connection",
      `const c = client({ host: args[0] }); console.log((await c.fetch("/x")).ok); await c.close(); await wait(200);`,
    ],
    [
      "reset by the server",
      `console.log((await client({ host: args[0] }).fetch("/reset")).ok); await wait(800);`,
    ],
  ])("has an answer packed, whose body is %s before anybody reads it", async (name, program) => {
    const { url } = await tcp((socket) => {
      socket.write(beginning, "latin1");
      setTimeout(() => socket.resetAndDestroy(), name.startsWith("reset") ? 500 : 10_000).unref();
    });
    expect(await runEmbedding(program, [url])).toEqual({ ...survived, stdout: "true\nalive\n" });
  });

  test("has an answer packed, and reading it after it was aborted rejects with the reason", async () => {
    const { url } = await tcp((socket) => void socket.write(beginning, "latin1"));
    const program = `
      const stop = new AbortController();
      const r = await client({ host: args[0] }).fetch("/x", { signal: stop.signal });
      stop.abort(new Error("enough"));
      await wait(100);
      try { await r.text(); } catch (e) { console.log(told(e)); }`;
    const run = await runEmbedding(program, [url]);
    expect(run).toMatchObject(survived);
    expect(run.stdout).toBe("Error: enough\nalive\n");
  });
});

describe("what a server sends without end is not read without end:", () => {
  const MEGABYTE = 1024 * 1024;

  test.each([
    [
      "the body of a redirect",
      "HTTP/1.1 302 F\r\nLocation: ftp://x/\r\nTransfer-Encoding: chunked\r\n\r\n",
      `400\r\n${"x".repeat(1024)}\r\n`,
      "unsupported protocol scheme",
    ],
    [
      "interim answers",
      "",
      `HTTP/1.1 103 E\r\nLink: ${"x".repeat(8000)}\r\n\r\n`,
      "net/http: server response headers exceeded 10485760 bytes; aborted",
    ],
    [
      "headers",
      "HTTP/1.1 200 OK\r\n",
      `X: ${"x".repeat(8000)}\r\n`,
      "net/http: server response headers exceeded 10485760 bytes; aborted",
    ],
  ])("%s", async (_name, head, piece, words) => {
    const server = await tcp(endless(head, piece));
    const run = await runEmbedding(FETCH, [server.url]);
    expect(run).toMatchObject({ ...survived, stdout: expect.stringContaining(words) as string });
    expect(server.written()).toBeLessThan(20 * MEGABYTE);
  });

  const CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  const OK = `HTTP/1.1 200 OK\r\n${CHUNKED}`;
  const EXCEEDED = "net/http: server response headers exceeded 10485760 bytes; aborted";
  const LONG_TRAILER = "http: suspiciously long trailer after chunked body";
  const X = "x".repeat(8192);

  /** Expected words: kubectl 1.36.3 against the same servers. */
  const FRAMING = [
    ["trailers", `${OK}3\r\nabc\r\n0\r\n`, "X: y\r\n".repeat(1000), LONG_TRAILER],
    ["trailers of an error", `HTTP/1.1 500 X\r\n${CHUNKED}0\r\n`, "X: y\r\n".repeat(1000), LONG_TRAILER],
    ["a trailer", `${OK}0\r\nX: `, X, LONG_TRAILER],
    ["an extension of a chunk", `${OK}3\r\nabc\r\n5;`, X, "header line too long"],
    ["an extension of an error's chunk", `HTTP/1.1 500 X\r\n${CHUNKED}5;`, X, "header line too long"],
    ["zeros in the size of a chunk", OK, "0".repeat(8192), "header line too long"],
    ["digits in the size of a chunk", OK, "1".repeat(8192), "header line too long"],
    ["spaces after the size of a chunk", `${OK}5`, " ".repeat(8192), "header line too long"],
    [
      "extensions of small chunks",
      OK,
      `1;${"x".repeat(100)}\r\na\r\n`,
      "chunked encoding contains too much non-data",
    ],
    ["empty lines before the answer", "", "\r\n".repeat(1000), 'malformed HTTP response ""'],
    ["line ends before the answer", "", "\n".repeat(8192), 'malformed HTTP response ""'],
    ["spaces before the answer", "", " ".repeat(8192), "malformed HTTP status code"],
    ["a header", "HTTP/1.1 200 OK\r\nX: ", X, EXCEEDED],
    ["spaces before the value of a header", "HTTP/1.1 200 OK\r\nX:", " ".repeat(8192), EXCEEDED],
    ["the name of a header", "HTTP/1.1 200 OK\r\n", X, EXCEEDED],
    ["short headers", "HTTP/1.1 200 OK\r\n", "X:\r\n".repeat(1000), EXCEEDED],
    ["a reason phrase", "HTTP/1.1 200 ", X, EXCEEDED],
    ["digits of a status", "HTTP/1.1 ", "2".repeat(8192), EXCEEDED],
    ["a folded header", "HTTP/1.1 200 OK\r\nX: a\r\n", " b\r\n".repeat(2000), "malformed HTTP response"],
    ["100 Continue", "", "HTTP/1.1 100 Continue\r\n\r\n".repeat(300), EXCEEDED],
  ] as const;

  test.each(FRAMING)("%s, however it is asked for", async (_name, head, piece, words) => {
    const server = await tcp(endless(head, piece));
    const program = `
      const { get } = await import("node:http");
      const c = client({ host: args[0] });
      const url = args[0] + "/x";
      const ways = [
        async () => (await c.fetch("/x")).text(),
        async () => (await fetch(url, { dispatcher: c.dispatcher() })).text(),
        async () => {
          const { agent, headers } = await c.httpsOptions();
          await new Promise((done, fail) => {
            get(url, { agent, headers }, (r) => r.on("error", fail).on("end", done).resume()).on("error", fail);
          });
        },
      ];
      const ends = [];
      for (const way of ways) ends.push(await way().then(() => "no error", (e) => told(e.cause ?? e)));
      console.log(JSON.stringify({ ends, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
    const run = await runEmbedding(program, [server.url]);
    expect(run).toMatchObject(survived);
    const { ends, megabytes } = JSON.parse(run.stdout.split("\n", 1)[0] ?? "") as {
      readonly ends: readonly string[];
      readonly megabytes: number;
    };
    expect(ends).toEqual([
      expect.stringContaining(words),
      expect.stringContaining(words),
      // Node's own parser refuses some of it first, in its own words.
      expect.stringMatching(/^(?:ConnectionError|Error): /),
    ]);
    expect(megabytes).toBeLessThan(300);
    expect(server.written()).toBeLessThan(50 * MEGABYTE);
  });

  test.each([
    ["trailers", "200 OK", "3\r\nabc\r\n0\r\n", "X: y\r\n".repeat(1000), `error: ${LONG_TRAILER}\n`],
    [
      "trailers of an error",
      "500 X",
      "0\r\n",
      "X: y\r\n".repeat(1000),
      `error: unexpected error when reading response body. Please retry. Original error: ${LONG_TRAILER}\n`,
    ],
    ["an extension of a chunk", "200 OK", "3\r\nabc\r\n5;", X, "error: header line too long\n"],
  ])("%s, which raw gives up in kubectl's words", async (_name, status, chunks, piece, words) => {
    const server = await tcp(endless(`HTTP/1.1 ${status}\r\n${CHUNKED}${chunks}`, piece));
    const { exitCode, stdout, stderr } = await startBin(["raw", "/", "--server", server.url]);
    expect([exitCode, stdout, stderr]).toEqual([1, chunks.startsWith("3") ? "abc" : "", words]);
  });

  test.each([
    ["an extension of 4 KiB", `3;${"x".repeat(4091)}\r\nabc\r\n0\r\n\r\n`, "200 abc"],
    ["an extension of a byte more", `3;${"x".repeat(4092)}\r\nabc\r\n0\r\n\r\n`, "header line too long"],
    ["trailers of 4 KiB", `3\r\nabc\r\n0\r\nX: ${"y".repeat(4089)}\r\n\r\n`, "200 abc"],
    ["trailers of a byte more", `3\r\nabc\r\n0\r\nX: ${"y".repeat(4090)}\r\n\r\n`, LONG_TRAILER],
    ["chunks of a byte", `${"1\r\nx\r\n".repeat(9000)}0\r\n\r\n`, `200 ${"x".repeat(9000)}`],
  ])("and %s as in Go, in whatever pieces it comes", async (_name, body, words) => {
    for (const size of [Infinity, 3]) {
      const { url } = await tcp((socket) => void inPieces(socket, `${OK}${body}`, size));
      const run = await runEmbedding(FETCH, [url]);
      expect(run).toMatchObject({ ...survived, stdout: expect.stringContaining(`${words}\n`) as string });
    }
  });

  test("the answer of a proxy that is asked for a tunnel", async () => {
    const proxy = await tcp(endless("HTTP/1.1 200 OK\r\n", "X: y\r\n".repeat(1000)));
    const program = `
      try { await client({ host: "https://127.0.0.1:1", proxyUrl: args[0] }).fetch("/x"); } catch (e) { console.log(told(e)); }`;
    expect(await runEmbedding(program, [proxy.url])).toEqual({
      ...survived,
      stdout: "ConnectionError: unexpected EOF\nalive\n",
    });
    expect(proxy.written()).toBeLessThan(20 * MEGABYTE);
  });

  test("the body of an answer that asks to come again, which is aborted at once", async () => {
    const server = await tcp((socket) =>
      socket.write("HTTP/1.1 503 S\r\nRetry-After: 30\r\nContent-Length: 9\r\n\r\nhalf"),
    );
    const program = `
      const start = Date.now();
      try { await client({ host: args[0] }).fetch("/x", { signal: AbortSignal.timeout(1000) }); }
      catch (e) { console.log(e.name, Date.now() - start < 5000); }`;
    expect(await runEmbedding(program, [server.url])).toEqual({
      ...survived,
      stdout: "TimeoutError true\nalive\n",
    });
  });

  test("the body of an error, of which raw tells the beginning", async () => {
    const server = await tcp(
      endless(
        "HTTP/1.1 500 S\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        `400\r\n${"x".repeat(1024)}\r\n`,
      ),
    );
    const { exitCode, stderr } = await startBin(["raw", "/", "--server", server.url]);
    expect([exitCode, stderr.slice(0, 80)]).toEqual([
      1,
      `Error from server (InternalError): an error on the server ("${"x".repeat(20)}`,
    ]);
    expect(server.written()).toBeLessThan(40 * MEGABYTE);
  });
});

/** Expected words: kubectl 1.36.3 against the same certificates. */
describe("the certificate of a server", () => {
  const PARSE = "Unable to connect to the server: tls: failed to parse certificate from server: ";
  const VERIFY = "Unable to connect to the server: tls: failed to verify certificate: ";
  test.each([
    [
      "with an IP address of 5 bytes",
      { names: "30078705 0102030405" },
      `${PARSE}x509: cannot parse IP address of length 5`,
    ],
    [
      "with an IP address of no bytes",
      { names: "30028700" },
      `${PARSE}x509: cannot parse IP address of length 0`,
    ],
    [
      "with an IP address of 17 bytes",
      { names: `30138711${"00".repeat(17)}` },
      `${PARSE}x509: cannot parse IP address of length 17`,
    ],
    ["with a name that is no ASCII", { names: "30048202c3a9" }, `${PARSE}x509: SAN dNSName is malformed`],
    [
      "with an alternative name of no known length",
      { names: "3009820161" },
      `${PARSE}x509: invalid subject alternative names`,
    ],
    [
      "with a URI that is none",
      { names: "300d860b687474703a2f2f5b3a3a31" },
      `${PARSE}x509: cannot parse URI "http://[::1": parse "http://[::1": missing ']' in host`,
    ],
    [
      "with an empty name",
      { names: "30028200", host: "localhost" },
      `${VERIFY}x509: certificate is not valid for any names, but wanted to match localhost`,
    ],
    [
      "for localhost. where localhost is asked for",
      { dns: ["localhost."], host: "localhost" },
      `${VERIFY}x509: certificate is valid for localhost., not localhost`,
    ],
    [
      "for * where localhost is asked for",
      { dns: ["*"], host: "localhost" },
      `${VERIFY}x509: certificate is valid for *, not localhost`,
    ],
    [
      "for localhost and a zero",
      { dns: ["localhost\0"], host: "localhost" },
      `${VERIFY}x509: certificate is valid for localhost\\x00, not localhost`,
    ],
    [
      "for 120 names",
      { dns: Array.from({ length: 120 }, (_, at) => `n${at}`), host: "localhost" },
      `${VERIFY}x509: certificate is valid for 120 names, but none matched localhost`,
    ],
    [
      "with a critical extension that nobody knows",
      { extensions: [["1.2.3.4", true, "0500"]] },
      `${VERIFY}x509: unhandled critical extension`,
    ],
    [
      "with a client's usage",
      { extensions: [["2.5.29.37", false, "300a06082b06010505070302"]] },
      `${VERIFY}x509: certificate specifies an incompatible key usage`,
    ],
    [
      "with Netscape's server gated crypto",
      { extensions: [["2.5.29.37", false, "300b06096086480186f8420401"]] },
      `${VERIFY}x509: certificate specifies an incompatible key usage`,
    ],
    [
      "with Microsoft's server gated crypto",
      { extensions: [["2.5.29.37", false, "300c060a2b0601040182370a0303"]] },
      `${VERIFY}x509: certificate specifies an incompatible key usage`,
    ],
    [
      "with any usage, of another authority",
      { extensions: [["2.5.29.37", false, "300606 04551d2500"]], trusted: false },
      `${VERIFY}x509: certificate signed by unknown authority`,
    ],
    [
      "with the usage of authorities alone, of another authority",
      { extensions: [["2.5.29.15", true, "03020204"]], trusted: false },
      `${VERIFY}x509: certificate signed by unknown authority`,
    ],
  ] as const)("%s is refused in kubectl's words", async (_name, wanted, words) => {
    const { host = "127.0.0.1", trusted = true } = wanted as { host?: string; trusted?: boolean };
    const made = await oddCertificate(wanted);
    const { port } = await https(made);
    const { exitCode, stderr } = await raw(`https://${host}:${port}`, trusted ? made.authority : made.other);
    expect([exitCode, stderr]).toEqual([1, `${words}\n`]);
  });

  test.each([
    ["with an IPv4 address in an IPv6 one", { names: `30128710${"00".repeat(10)}ffff7f000001` }],
    ["with any usage", { extensions: [["2.5.29.37", false, "30060604551d2500"]] }],
    ["with the usage of authorities alone", { extensions: [["2.5.29.15", true, "03020204"]] }],
    ["for LOCALHOST", { dns: ["LOCALHOST"], host: "localhost" }],
  ] as const)("%s is accepted, as by kubectl", async (_name, wanted) => {
    const { host = "127.0.0.1" } = wanted as { host?: string };
    const made = await oddCertificate(wanted);
    const { port } = await https(made);
    expect(await raw(`https://${host}:${port}`, made.authority)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("is looked at where nobody catches an exception, and the program lives on", async () => {
    const made = await oddCertificate({ names: "300787050102030405" });
    const { url } = await https(made);
    const program = `
      const tls = kcfg.newTlsClientConfig({ caData: Buffer.from(args[1]) });
      for (const config of [{ tls }, { tls: kcfg.newTlsClientConfig({ insecure: true }) }]) {
        const connection = client({ host: args[0], ...config });
        try { await connection.fetch("/x"); } catch (e) { console.log(told(e)); }
        try { await fetch(args[0] + "/x", { dispatcher: connection.dispatcher() }); } catch (e) { console.log(told(e.cause)); }
        const { checkServerIdentity } = await connection.httpsOptions();
        console.log(told(checkServerIdentity("x", { raw: Buffer.from("3000", "hex") })));
      }`;
    const run = await runEmbedding(program, [url, made.authority]);
    const words = "ConnectionError: tls: failed to parse certificate from server: x509:";
    expect(run).toMatchObject(survived);
    expect(run.stdout.replaceAll("cannot parse IP address of length 5", "IP")).toBe(
      `${`${words} IP\n${words} IP\n${words} malformed tbs certificate\n`.repeat(2)}alive\n`,
    );
  });
});

async function inPieces(socket: Socket, text: string, size: number): Promise<void> {
  socket.setNoDelay(true);
  for (let at = 0; at < text.length; at += size) {
    socket.write(text.slice(at, at + size), "latin1");
    // A long answer comes in small pieces at its beginning only, to be quick.
    await (at < 100 * size ? setImmediate() : undefined);
  }
}

function raw(server: string, authority: string): ReturnType<typeof startBin> {
  const data = Buffer.from(authority).toString("base64");
  const program = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server, "certificate-authority-data": data } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user: { token: "t" } }],
  });
  return inFile(program, (file) => startBin(["raw", "/", "--kubeconfig", file]));
}

async function inFile<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-hostile-"));
  try {
    writeFileSync(join(folder, "config"), text, { mode: 0o600 });
    return await use(join(folder, "config"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
