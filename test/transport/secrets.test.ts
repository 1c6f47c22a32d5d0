import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { AuthProviderConfig } from "../../src/api/auth-info.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import type { RestConfigFields } from "../../src/api/rest-config.ts";
import { connectionMessage } from "../../src/transport/connection-message.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { startConnectProxy } from "../support/connect-proxy.ts";
import type { Reply } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { startSocksProxy } from "../support/socks-proxy.ts";
import { closeAll, machine, open, trusting } from "./open.ts";

const MARK = "s3cr3t";
const MARKS = [MARK, encodeURIComponent(MARK), Buffer.from(`u:${MARK}`).toString("base64")];

let authority: Authority;
let identity: Identity;
let stranger: Authority;
let folder: string;

beforeAll(async () => {
  authority = await createAuthority();
  stranger = await createAuthority("stranger");
  identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  folder = mkdtempSync(join(tmpdir(), "kcfg-secrets-"));
});

afterEach(closeAll);

afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that a person or a log may see of a value, causes and hidden properties included. */
function shown(value: unknown): string {
  const texts = [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value, (_key, each: unknown) => (each instanceof Map ? [...each] : each)),
    String(value),
    connectionMessage(value) ?? "",
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(
      error.message,
      error.stack ?? "",
      inspect(Object.getOwnPropertyDescriptors(error), { depth: 20 }),
    );
  }
  return texts.join("\n");
}

function expectNoSecret(value: unknown): void {
  const text = shown(value);
  for (const mark of [...MARKS, identity.key.split("\n")[1] ?? ""]) {
    expect(text).not.toContain(mark);
  }
}

async function failure(fields: Partial<RestConfigFields>, init?: RequestInit): Promise<unknown> {
  try {
    const response = await open(fields, machine(), { pluginPolicy: NO_POLICY }).fetch("/x", init);
    await response.text();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}

function plugin(script: string): ExecConfig {
  const command = join(folder, `plugin-${Math.random()}`);
  writeFileSync(command, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return new ExecConfig({
    command,
    args: [MARK],
    env: [{ name: "SECRET", value: MARK }],
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
  });
}

describe("nothing secret can be seen", () => {
  const credentials: readonly (readonly [string, () => Partial<RestConfigFields>])[] = [
    ["a token", () => ({ bearerToken: MARK })],
    ["a password", () => ({ username: "u", password: MARK })],
    [
      "a client key",
      () => ({
        tls: trusting(authority.certificate, {
          certData: Buffer.from(identity.certificate),
          keyData: Buffer.from(identity.key),
        }),
      }),
    ],
    ["a proxy's password", () => ({ proxyUrl: `http://u:${MARK}@127.0.0.1:1` })],
    ["a SOCKS proxy's password", () => ({ proxyUrl: `socks5://u:${MARK}@127.0.0.1:1` })],
    ["a password in the server's URL", () => ({ host: `https://u:${MARK}@127.0.0.1:1` })],
    ["a plugin's arguments", () => ({ execProvider: plugin("exit 1") })],
    [
      "an auth-provider's tokens",
      () => ({
        authProvider: new AuthProviderConfig({
          name: "oidc",
          config: new Map([
            ["idp-issuer-url", "https://127.0.0.1:1"],
            ["client-id", "c"],
            ["id-token", `e30.${Buffer.from('{"exp":4000000000}').toString("base64url")}.${MARK}`],
            ["refresh-token", MARK],
          ]),
        }),
      }),
    ],
  ];

  test.each(credentials)("in a connection with %s", async (_name, fields) => {
    const connection = open(
      { host: "https://127.0.0.1:1", tls: trusting(authority.certificate), ...fields() },
      machine(),
      { pluginPolicy: NO_POLICY },
    );
    expectNoSecret(connection);
    expectNoSecret(connection.dispatcher());
    expectNoSecret(await connection.fetch("/x").catch((error: unknown) => error));
    const options = await connection.httpsOptions().catch(() => undefined);
    expectNoSecret(options);
    expectNoSecret(options?.agent);
  });

  const all = (): Partial<RestConfigFields> => ({ bearerToken: MARK, tls: trusting(authority.certificate) });

  test("when the server is not trusted", async () => {
    const server = await startServer({ identity });
    expectNoSecret(await failure({ ...all(), host: server.url, tls: trusting(stranger.certificate) }));
    await server.close();
  });

  const replies: readonly (readonly [string, Reply])[] = [
    ["closes the connection", { abort: "before" }],
    ["breaks its answer off", { abort: "within", body: "0123456789" }],
    ["redirects to nowhere", { status: 302, headers: { location: "ftp://127.0.0.1" } }],
    ["does not answer in time", { delay: 3000 }],
  ];
  test.each(replies)("when the server %s", async (_name, reply) => {
    const server = await startServer({ identity, reply: [reply] });
    expectNoSecret(await failure({ ...all(), host: server.url, timeout: 400 }));
    await server.close();
  });

  test("when a header cannot be sent", async () => {
    const error = await failure({ ...all(), host: "https://127.0.0.1:1", bearerToken: `${MARK}\n` });
    expectNoSecret(error);
    expect((error as Error).message).toBe('net/http: invalid header field value for "Authorization"');
  });

  test("when a proxy refuses", async () => {
    const proxy = await startConnectProxy({ credentials: "other" });
    const socks = await startSocksProxy({ credentials: "other" });
    for (const url of [proxy.url, socks.url]) {
      const proxyUrl = url.replace("//", `//u:${MARK}@`);
      expectNoSecret(await failure({ ...all(), host: "https://127.0.0.1:1", proxyUrl }));
    }
    await Promise.all([proxy.close(), socks.close()]);
  });

  test("when a proxy's URL is none", async () => {
    expectNoSecret(await failure({ ...all(), host: "https://127.0.0.1:1", proxyUrl: `ftp://u:${MARK}@h` }));
    expectNoSecret(
      await failure({ ...all(), host: "https://127.0.0.1:1", proxyUrl: `http://u:${MARK}@a b` }),
    );
  });

  test("when a server's URL is none", async () => {
    for (const host of [
      `ftp://u:${MARK}@h`,
      `https://u:${MARK}@a b:1`,
      `https://u:${MARK}@h:99999`,
      `u:${MARK}@h/x`,
    ]) {
      expectNoSecret(await failure({ ...all(), host }));
    }
  });

  test.each([
    ["prints no JSON", `echo ${MARK}`],
    ["prints another kind", `echo '{"kind":"${MARK}"}'`],
    [
      "prints a bad key",
      `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"${MARK}","clientKeyData":"${MARK}"}}'`,
    ],
    ["fails", "exit 3"],
  ])("when a plugin %s", async (_name, script) => {
    expectNoSecret(
      await failure({
        host: "https://127.0.0.1:1",
        tls: trusting(authority.certificate),
        execProvider: plugin(script),
      }),
    );
  });

  test("when a key cannot be used", async () => {
    const tls = trusting(authority.certificate, {
      certData: Buffer.from(identity.certificate),
      keyData: Buffer.from(`-----BEGIN PRIVATE KEY-----\n${MARK}\n-----END PRIVATE KEY-----\n`),
    });
    expectNoSecret(await failure({ host: "https://127.0.0.1:1", tls }));
  });

  test("when an ID token cannot be read", async () => {
    const config = new Map([
      ["idp-issuer-url", "https://127.0.0.1:1"],
      ["client-id", "c"],
      ["id-token", `a.${MARK}.c`],
    ]);
    const authProvider = new AuthProviderConfig({ name: "oidc", config });
    expectNoSecret(
      await failure({ host: "https://127.0.0.1:1", tls: trusting(authority.certificate), authProvider }),
    );
  });
});
