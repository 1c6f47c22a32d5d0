import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { newTlsClientConfig } from "../../src/api/rest-config.ts";
import type { Authority, Identity, Wanted } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, complaint, trusting } from "./open.ts";

const DAY = 86_400_000;
const PREFIX = "Unable to connect to the server: ";
const UNVERIFIED = `${PREFIX}tls: failed to verify certificate: x509: `;

let authority: Authority;
let stranger: Authority;
let good: Identity;
const servers: (TestServer | { readonly close: () => unknown })[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  stranger = await createAuthority("stranger");
  good = await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "localhost", "api.test"] });
});

afterEach(async () => {
  await closeAll();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(wanted: Partial<Wanted>, issuer = authority): Promise<TestServer> {
  const identity = await issuer.issue({ commonName: "server", hosts: ["127.0.0.1"], ...wanted });
  const server = await startServer({ identity });
  servers.push(server);
  return server;
}

function ours(): ReturnType<typeof trusting> {
  return trusting(authority.certificate);
}

/** A server that treats its connections as the test says; its URL. */
async function serveRaw(
  onConnection: (socket: Socket) => void,
  create: (listener: (socket: Socket) => void) => Server = createServer,
): Promise<string> {
  const server = create((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  server.on("tlsClientError", () => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push({ close: () => server.close() });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a server that cannot be trusted is refused in kubectl's words", () => {
  test("one of another authority", async () => {
    const { url } = await serve({}, stranger);
    const message = await complaint({ host: url, tls: trusting(authority.certificate) });
    expect(message).toBe(`${UNVERIFIED}certificate signed by unknown authority`);
  });

  test("one of an authority that the system does not know", async () => {
    const { url } = await serve({});
    expect(await complaint({ host: url })).toBe(`${UNVERIFIED}certificate signed by unknown authority`);
  });

  test("any authority that has the name of the issuer, not only the first", async () => {
    // As after a renewal: the old one and the new one have the same name, and no key identifiers tell them apart.
    const renewed = await createAuthority();
    const { url } = await serve({}, renewed);
    const bundles = [
      [authority, renewed],
      [renewed, authority],
      [authority, stranger, authority, renewed],
    ];
    for (const bundle of bundles) {
      const pem = bundle.map(({ certificate }) => certificate).join("\n");
      expect(await complaint({ host: url, tls: trusting(pem) })).toBe("");
    }
    expect(await complaint({ host: url, tls: trusting(authority.certificate) })).toBe(
      `${UNVERIFIED}certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" ` +
        'while trying to verify candidate authority certificate "kcfg test CA")',
    );
  });

  test("one whose certificate has expired", async () => {
    const notAfter = new Date(Math.floor((Date.now() - DAY) / 1000) * 1000);
    const { url } = await serve({ notBefore: new Date(Date.now() - 9 * DAY), notAfter });
    const message = await complaint({ host: url, tls: trusting(authority.certificate) });
    const limit = notAfter.toISOString().replace(".000", "");
    expect(message.replace(/time \S+ is/, "time T is")).toBe(
      `${UNVERIFIED}certificate has expired or is not yet valid: current time T is after ${limit}`,
    );
  });

  test("one whose certificate is not valid yet", async () => {
    const { url } = await serve({ notBefore: new Date(Date.now() + DAY) });
    const message = await complaint({ host: url, tls: trusting(authority.certificate) });
    expect(message).toMatch(
      /x509: certificate has expired or is not yet valid: current time \S+ is before \S+$/,
    );
  });

  test("one whose certificate is for clients", async () => {
    const { url } = await serve({ usage: "client" });
    const message = await complaint({ host: url, tls: trusting(authority.certificate) });
    expect(message).toBe(`${UNVERIFIED}certificate specifies an incompatible key usage`);
  });

  const names = ["a.test", "*.b.test", "10.0.0.1", "::1"];
  test.each([
    [names, "", "certificate is valid for 10.0.0.1, ::1, not 127.0.0.1"],
    [names, "c.test", "certificate is valid for a.test, *.b.test, not c.test"],
    [names, "q.B.test", ""],
    [names, "A.test.", ""],
    [names, "q.q.b.test", "certificate is valid for a.test, *.b.test, not q.q.b.test"],
    [names, "10.0.0.1", ""],
    [["a.test"], "", "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"],
    [["127.0.0.1"], "api.test", "certificate is not valid for any names, but wanted to match api.test"],
    [[], "server", "certificate relies on legacy Common Name field, use SANs instead"],
    [[], "x", "certificate is not valid for any names, but wanted to match x"],
  ])("one with a certificate for %j, called %j", async (hosts, serverName, want) => {
    const { url } = await serve({ hosts });
    const message = await complaint({ host: url, tls: trusting(authority.certificate, { serverName }) });
    expect(message).toBe(want === "" ? "" : UNVERIFIED + want);
  });

  test("unless it is not to be checked", async () => {
    const { url } = await serve({ hosts: ["a.test"], notAfter: new Date(Date.now() - DAY) }, stranger);
    expect(await complaint({ host: url, tls: newTlsClientConfig({ insecure: true }) })).toBe("");
  });

  test("a certificate of the server itself in the bundle is trusted, and an authority without its own", async () => {
    const { url } = await serve({});
    expect(
      await complaint({ host: url, tls: trusting(stranger.certificate + authority.certificate) }),
    ).not.toBe("");
    const bundle = `# two\n${stranger.certificate}\n${authority.certificate}\n`;
    expect(await complaint({ host: url, tls: trusting(bundle) })).toBe("");
  });
});

describe("authorities that cannot be used are refused in kubectl's words", () => {
  const damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  test.each([
    ["no PEM", () => "not pem", "unable to parse bytes as PEM block"],
    ["a damaged certificate", () => damaged, "failed to parse certificate: x509: malformed certificate"],
    ["a key", () => good.key, "no valid certificate authority data seen"],
    ["half a certificate", () => authority.certificate.slice(0, 200), "unable to parse bytes as PEM block"],
    [
      "a certificate for OpenSSL alone",
      () => authority.certificate.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
      "no valid certificate authority data seen",
    ],
  ])("%s", async (_name, bundle, want) => {
    const message = await complaint({ host: "https://127.0.0.1:1", tls: trusting(bundle()) });
    expect(message).toBe(`error: unable to load root certificates: ${want}`);
  });

  test("a damaged certificate before a good one is passed over", async () => {
    const { url } = await serve({});
    expect(await complaint({ host: url, tls: trusting(damaged + authority.certificate) })).toBe("");
  });

  test("some, when the server is not to be checked", async () => {
    const both = trusting(authority.certificate, { insecure: true });
    expect(await complaint({ host: "https://127.0.0.1:1", tls: both })).toBe(
      "error: specifying a root certificates file with the insecure flag is not allowed",
    );
  });
});

describe("a client certificate that cannot be used is refused in kubectl's words", () => {
  const foo = "-----BEGIN FOO-----\nAAAA\n-----END FOO-----\n";
  test.each([
    ["no PEM", () => "x", () => good.key, "tls: failed to find any PEM data in certificate input"],
    ["a key without PEM", () => good.certificate, () => "y", "tls: failed to find any PEM data in key input"],
    [
      "the two swapped",
      () => good.key,
      () => good.certificate,
      "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
    ],
    [
      "a certificate as key",
      () => good.certificate,
      () => good.certificate,
      "tls: found a certificate rather than a key in the PEM for the private key",
    ],
    [
      "a damaged key",
      () => good.certificate,
      () => foo.replaceAll("FOO", "PRIVATE KEY"),
      "tls: failed to parse private key",
    ],
    [
      "a damaged certificate",
      () => foo.replaceAll("FOO", "CERTIFICATE"),
      () => good.key,
      "x509: malformed certificate",
    ],
  ])("%s", async (_name, certificate, key, want) => {
    const tls = trusting(authority.certificate, {
      certData: Buffer.from(certificate()),
      keyData: Buffer.from(key()),
    });
    expect(await complaint({ host: "https://127.0.0.1:1", tls })).toBe(`error: ${want}`);
  });

  test("a key of another certificate", async () => {
    const other = await stranger.issue({ commonName: "other" });
    const tls = trusting(authority.certificate, {
      certData: Buffer.from(good.certificate),
      keyData: Buffer.from(other.key),
    });
    expect(await complaint({ host: "https://127.0.0.1:1", tls })).toBe(
      "error: tls: private key does not match public key",
    );
  });
});

describe("a server that does not answer as it should is told of in kubectl's words", () => {
  test("nobody listens", async () => {
    expect(await complaint({ host: "https://127.0.0.1:1", tls: ours() })).toBe(
      "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    );
  });

  test("its name is unknown", async () => {
    expect(await complaint({ host: "https://nope.invalid:1", tls: ours() })).toMatch(
      /^Unable to connect to the server: dial tcp: lookup nope\.invalid: (no such host|server misbehaving)$/,
    );
  });

  test("it speaks plain HTTP", async () => {
    const plain = await startServer();
    servers.push(plain);
    expect(await complaint({ host: plain.url.replace("http", "https"), tls: ours() })).toBe(
      `${PREFIX}http: server gave HTTP response to HTTPS client`,
    );
  });

  test("it speaks TLS, and plain HTTP is spoken to it", async () => {
    const { url } = await serve({});
    expect(await complaint({ host: url.replace("https", "http") })).toBe(`${PREFIX}EOF`);
  });

  test("it insists on a client certificate", async () => {
    const address = await serveRaw(
      () => undefined,
      (listener) =>
        createTlsServer(
          {
            cert: good.certificate,
            key: good.key,
            ca: authority.certificate,
            requestCert: true,
            rejectUnauthorized: true,
          },
          listener,
        ),
    );
    expect(await complaint({ host: `https://${address}`, tls: ours() })).toBe(
      `${PREFIX}remote error: tls: certificate required`,
    );
  });

  test("it knows only old TLS", async () => {
    const address = await serveRaw(
      () => undefined,
      (listener) =>
        createTlsServer(
          {
            cert: good.certificate,
            key: good.key,
            minVersion: "TLSv1",
            maxVersion: "TLSv1.1",
            ciphers: "DEFAULT@SECLEVEL=0",
          },
          listener,
        ),
    );
    expect(await complaint({ host: `https://${address}`, tls: ours() })).toBe(
      `${PREFIX}remote error: tls: protocol version not supported`,
    );
  });

  test("it resets the connection", async () => {
    const address = await serveRaw((socket) => socket.on("data", () => socket.resetAndDestroy()));
    expect(await complaint({ host: `https://${address}`, tls: ours() })).toMatch(
      new RegExp(`^${PREFIX}read tcp 127\\.0\\.0\\.1:\\d+->${address}: read: connection reset by peer$`),
    );
  });

  test("it closes the connection instead of an answer", async () => {
    const identity = good;
    const server = await startServer({ identity, reply: [{ abort: "before" }] });
    servers.push(server);
    expect(await complaint({ host: server.url, tls: ours() })).toBe(`${PREFIX}EOF`);
  });

  test("it closes the connection within an answer", async () => {
    const server = await startServer({ identity: good, reply: [{ abort: "within", body: "0123456789" }] });
    servers.push(server);
    expect(await complaint({ host: server.url, tls: ours() })).toBe("error: unexpected EOF");
  });

  test("it takes too long to answer", async () => {
    const server = await startServer({ identity: good, reply: [{ delay: 3000 }] });
    servers.push(server);
    expect(await complaint({ host: server.url, tls: ours(), timeout: 300 })).toBe(
      `${PREFIX}net/http: request canceled (Client.Timeout exceeded while awaiting headers)`,
    );
  });

  test("it takes too long within an answer", async () => {
    const server = await startServer({ identity: good, reply: [{ pause: 3000, body: "0123456789" }] });
    servers.push(server);
    expect(await complaint({ host: server.url, tls: ours(), timeout: 300 })).toBe(
      "error: context deadline exceeded",
    );
  });

  test("it takes too long to shake hands", async () => {
    const address = await serveRaw(() => undefined);
    expect(await complaint({ host: `https://${address}`, tls: ours(), timeout: 300 })).toBe(
      `${PREFIX}context deadline exceeded`,
    );
  });
});
