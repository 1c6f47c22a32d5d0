import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuthProviderConfig } from "../../src/api/auth-info.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { DENY_ALL, NO_POLICY } from "../../src/api/plugin-policy.ts";
import type { RestConfigFields } from "../../src/api/rest-config.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { thrownBy } from "../support/fake-host.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, complaint, machine, open, sent, trusting } from "./open.ts";

let authority: Authority;
let server: TestServer;
let me: Identity;
let folder: string;

beforeAll(async () => {
  authority = await createAuthority();
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
  me = await authority.issue({ commonName: "me" });
  folder = mkdtempSync(join(tmpdir(), "kcfg-credentials-"));
});

beforeEach(() => server.reset([{}]));

afterEach(closeAll);

afterAll(() => {
  rmSync(folder, { recursive: true });
  return server.close();
});

function ours(fields: Partial<RestConfigFields> = {}): Partial<RestConfigFields> {
  return { host: server.url, tls: trusting(authority.certificate), ...fields };
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** An ID token that expires at a time, in seconds since 1970. */
function token(expiry: number): string {
  return `e30.${Buffer.from(JSON.stringify({ exp: expiry })).toString("base64url")}.sig`;
}

/** A plugin that answers with a status; `RUNS` in it becomes the number of its runs. */
function plugin(name: string, status: object): ExecConfig {
  const answer = {
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1",
    status,
  };
  const command = join(folder, name);
  const script = `#!/bin/sh
echo run >> "$0.runs"
runs=$(wc -l < "$0.runs" | tr -d ' ')
sed "s/RUNS/$runs/" <<'END'
${JSON.stringify(answer)}
END
`;
  writeFileSync(command, script, { mode: 0o755 });
  return new ExecConfig({ command, apiVersion: answer.apiVersion, interactiveMode: "Never" });
}

describe("the credentials of a request are those that kubectl uses", () => {
  const execProvider = new ExecConfig({
    command: "/nonexistent",
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
  });
  test.each<[string, Partial<RestConfigFields>, readonly string[]]>([
    ["none", {}, []],
    ["a token", { bearerToken: "T" }, ["Bearer T"]],
    ["basic auth", { username: "ü", password: "p:w" }, ["Basic w7w6cDp3"]],
    ["a user without a password", { username: "b" }, ["Basic Yjo="]],
    ["a password without a user", { password: "p" }, []],
    ["a token before a plugin", { bearerToken: "T", execProvider }, ["Bearer T"]],
    ["basic auth before a plugin", { username: "u", password: "p", execProvider }, ["Basic dTpw"]],
  ])("%s", async (_name, fields, want) => {
    expect(await complaint(ours(fields))).toBe("");
    expect(sent(server, "authorization")).toEqual(want);
  });

  test("those in the server's URL before all others", async () => {
    const host = server.url.replace("//", "//u:p@");
    expect(await complaint(ours({ host, bearerToken: "T" }))).toBe("");
    expect(sent(server, "authorization")).toEqual(["Basic dTpw"]);
  });

  test("a client certificate before a plugin", async () => {
    const tls = trusting(authority.certificate, {
      certData: Buffer.from(me.certificate),
      keyData: Buffer.from(me.key),
    });
    expect(await complaint(ours({ tls, execProvider }))).toBe("");
    expect(server.requests[0]?.tls?.clientCertificate).toBe("me");
  });

  test("a client certificate and a token at once", async () => {
    const tls = trusting(authority.certificate, {
      certFile: file("cert.pem", me.certificate),
      keyData: Buffer.from(me.key),
    });
    expect(await complaint(ours({ tls, bearerToken: "T" }))).toBe("");
    expect([server.requests[0]?.tls?.clientCertificate, sent(server, "authorization")]).toEqual([
      "me",
      ["Bearer T"],
    ]);
  });

  test("none but those in the URL for a server without TLS, and no plugin runs for it", async () => {
    const plain = await startServer();
    const impersonate = { userName: "jane", uid: "", groups: [], extra: new Map() };
    expect(await complaint({ host: plain.url, bearerToken: "T", impersonate })).toBe("");
    expect([sent(plain, "authorization"), sent(plain, "impersonate-user")]).toEqual([[], ["jane"]]);
    expect(await complaint({ host: plain.url, execProvider })).toBe("");
    await plain.close();
  });

  test.each<[string, Partial<RestConfigFields>, string]>([
    [
      "a token and basic auth",
      { bearerToken: "T", username: "u" },
      "username/password or bearer token may be set, but not both",
    ],
    [
      "a plugin and an auth-provider",
      { execProvider, authProvider: new AuthProviderConfig({ name: "oidc" }) },
      "execProvider and authProvider cannot be used in combination",
    ],
    [
      "a plugin that no version is known of, even beside a token",
      {
        bearerToken: "T",
        execProvider: execProvider.with({ apiVersion: "client.authentication.k8s.io/v9" }),
      },
      'exec plugin: invalid apiVersion "client.authentication.k8s.io/v9"',
    ],
  ])("not %s", (_name, fields, want) => {
    expect(thrownBy(() => open(ours(fields)))).toMatchObject({ message: want });
  });
});

describe("auth-providers", () => {
  test.each([
    ["foo", 'no Auth Provider found for name "foo"'],
    ["oidc", "Must provide idp-issuer-url"],
    ["gcp", "The gcp auth plugin has been removed."],
    ["azure", "The azure auth plugin has been removed."],
  ])("%s is refused as in kubectl, even beside a token", async (name, want) => {
    const authProvider = new AuthProviderConfig({ name });
    expect((await complaint(ours({ authProvider, bearerToken: "T" }))).split("\n")[0]).toBe(`error: ${want}`);
  });

  const settings = { "idp-issuer-url": "https://127.0.0.1:1", "client-id": "x" };
  test.each([
    [{ "id-token": token(4e9) }, ""],
    [{}, "No valid id-token, and cannot refresh without refresh-token"],
    [{ "id-token": token(1e9) }, "No valid id-token, and cannot refresh without refresh-token"],
    [{ "id-token": "a" }, "ID Token is not a valid JWT"],
    [{ "id-token": token(1e9), "refresh-token": "r" }, expect.stringContaining("exec plugin")],
  ])("oidc with %j sends its token or says why not", async (more, want) => {
    const config = new Map<string, string>(Object.entries({ ...settings, ...more }));
    const message = await complaint(ours({ authProvider: new AuthProviderConfig({ name: "oidc", config }) }));
    expect(message.replace("Unable to connect to the server: ", "")).toEqual(want);
    expect(sent(server, "authorization")).toEqual(want === "" ? [`Bearer ${token(4e9)}`] : []);
  });
});

describe("a token file", () => {
  test("goes before a token, is trimmed, and is read again after a minute", async () => {
    let now = 0;
    const bearerTokenFile = file("token", " one \n");
    const connection = open(
      ours({ bearerToken: "T", bearerTokenFile }),
      machine({ now: () => Date.now() + now }),
    );
    const next = async (): Promise<readonly string[]> => {
      await (await connection.fetch("/x")).text();
      return sent(server, "authorization");
    };
    expect(await next()).toEqual(["Bearer one"]);
    file("token", "two");
    now += 40_000;
    expect(await next()).toEqual(["Bearer one"]);
    now += 20_000;
    expect(await next()).toEqual(["Bearer two"]);
    file("token", "");
    now += 60_000;
    expect(await next()).toEqual(["Bearer two"]);
    file("token", "three");
    await connection.invalidate();
    expect(await next()).toEqual(["Bearer three"]);
  });

  test("that cannot be read leaves the token", async () => {
    expect(await complaint(ours({ bearerToken: "T", bearerTokenFile: join(folder, "none") }))).toBe("");
    expect(sent(server, "authorization")).toEqual(["Bearer T"]);
  });

  test.each([
    ["none", 'failed to read token file "F": open F: no such file or directory'],
    ["empty", 'read empty token from file "F"'],
  ])("that is %s is an error without a token", async (name, want) => {
    const bearerTokenFile = name === "none" ? join(folder, name) : file(name, " \n");
    const message = await complaint(ours({ bearerTokenFile }));
    expect(message).toBe(`error: ${want.replaceAll("F", bearerTokenFile)}`);
  });
});

describe("files of certificates are read again", () => {
  test("the client's, and connections with the old one are closed", async () => {
    let now = 0;
    const you = await authority.issue({ commonName: "you" });
    const tls = trusting(authority.certificate, {
      certFile: file("c.pem", me.certificate),
      keyFile: file("k.pem", me.key),
    });
    const connection = open(ours({ tls }), machine({ now: () => Date.now() + now }));
    const next = async (): Promise<unknown> => {
      await (await connection.fetch("/x")).text();
      return server.requests.at(-1)?.tls?.clientCertificate;
    };
    expect([await next(), await next(), server.handshakes()]).toEqual(["me", "me", 1]);
    file("c.pem", you.certificate);
    now += 2000;
    expect([await next(), server.handshakes()]).toEqual(["me", 1]);
    file("k.pem", you.key);
    now += 2000;
    expect([await next(), await next(), server.handshakes()]).toEqual(["you", "you", 2]);
  });

  test("the authorities", async () => {
    let now = 0;
    const stranger = await createAuthority("stranger");
    const caFile = file("ca.pem", authority.certificate);
    const connection = open(
      { host: server.url, tls: trusting("", { caFile, caData: undefined }) },
      machine({ now: () => Date.now() + now }),
    );
    await (await connection.fetch("/x")).text();
    file("ca.pem", stranger.certificate);
    await (await connection.fetch("/x")).text();
    now += 5 * 60_000;
    await expect(connection.fetch("/x")).rejects.toThrow("certificate signed by unknown authority");
    file("ca.pem", "garbage");
    now += 5 * 60_000;
    await expect(connection.fetch("/x")).rejects.toThrow("certificate signed by unknown authority");
    file("ca.pem", authority.certificate);
    now += 5 * 60_000;
    expect((await connection.fetch("/x")).status).toBe(200);
  });

  test("a CA file that is empty trusts nobody, and one that is missing is an error", async () => {
    const empty = trusting("", { caData: undefined, caFile: file("empty.pem", "") });
    expect(await complaint({ host: server.url, tls: empty })).toContain("signed by unknown authority");
    const path = join(folder, "missing.pem");
    expect(
      await complaint({ host: server.url, tls: trusting("", { caData: undefined, caFile: path }) }),
    ).toBe(`error: open ${path}: no such file or directory`);
  });
});

describe("a plugin", () => {
  test("gives a token for all requests, and another after a 401, which is not sent again", async () => {
    const connection = open(ours({ execProvider: plugin("renewing", { token: "token-RUNS" }) }), machine(), {
      pluginPolicy: NO_POLICY,
    });
    server.reset([{}, {}, { status: 401 }, {}]);
    const seen: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      const { status } = await connection.fetch("/x");
      seen.push([status, ...sent(server, "authorization")]);
    }
    expect(seen).toEqual([
      [200, "Bearer token-1"],
      [200, "Bearer token-1"],
      [401, "Bearer token-1"],
      [200, "Bearer token-2"],
    ]);
  });

  test("runs once for all connections that call it in the same way", async () => {
    const execProvider = plugin("shared", { token: "token-RUNS" });
    const host = machine();
    const [one, two] = [0, 1].map(() => open(ours({ execProvider }), host, { pluginPolicy: NO_POLICY }));
    await Promise.all([one, two, one, two].map(async (connection) => connection?.fetch("/x")));
    await one?.close();
    await two?.fetch("/y");
    expect(
      server.requests.flatMap(({ headers }) => headers.filter(([name]) => name === "Authorization")),
    ).toEqual(Array.from({ length: 5 }, () => ["Authorization", "Bearer token-1"]));
  });

  test("gives a client certificate, and connections with an old one are closed", async () => {
    const execProvider = plugin("certificate", {
      clientCertificateData: me.certificate,
      clientKeyData: me.key,
    });
    const connection = open(ours({ execProvider }), machine(), { pluginPolicy: NO_POLICY });
    await (await connection.fetch("/x")).text();
    expect(server.requests[0]?.tls?.clientCertificate).toBe("me");
    const you = await authority.issue({ commonName: "you" });
    plugin("certificate", { clientCertificateData: you.certificate, clientKeyData: you.key });
    await connection.invalidate();
    await (await connection.fetch("/x")).text();
    expect([server.requests[1]?.tls?.clientCertificate, server.handshakes()]).toEqual(["you", 2]);
  });

  test("that fails after a 401 is told of, and what it gave before is sent again", async () => {
    const execProvider = plugin("failing", { token: "T" });
    const warnings: string[] = [];
    const connection = open(ours({ execProvider }), machine(), {
      pluginPolicy: NO_POLICY,
      warn: (warning) => void warnings.push(warning),
    });
    await connection.fetch("/x");
    writeFileSync(execProvider.command, "#!/bin/sh\necho s3cr3t\nexit 3\n", { mode: 0o755 });
    server.reset([{ status: 401 }, {}]);
    expect((await connection.fetch("/x")).status).toBe(401);
    expect(warnings).toEqual([
      `refreshing credentials: exec: executable ${execProvider.command} failed with exit code 3`,
    ]);
    expect((await connection.fetch("/x")).status).toBe(200);
    expect([warnings.length, sent(server, "authorization")]).toEqual([1, ["Bearer T"]]);
  });

  test("that the policy does not allow is an error of the request", async () => {
    const execProvider = plugin("denied", { token: "T" });
    const pluginPolicy = { credentialPluginPolicy: DENY_ALL } as const;
    const connection = open(ours({ execProvider }), machine(), { pluginPolicy });
    await expect(connection.fetch("/x")).rejects.toMatchObject({
      message: expect.stringMatching(
        /^getting credentials: plugin ".*" not allowed: policy set to "DenyAll"$/,
      ) as unknown,
      server: `127.0.0.1:${server.port}`,
      cause: { code: "PluginPolicy" },
    });
    expect(server.requests).toEqual([]);
  });

  test("is judged by the user's kuberc, if no policy is given", async () => {
    const kuberc = file(
      "kuberc",
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    );
    const execProvider = plugin("judged", { token: "T" });
    const connection = open(ours({ execProvider }), machine({ env: { KUBERC: kuberc } }));
    await expect(connection.fetch("/x")).rejects.toThrow('not allowed: policy set to "DenyAll"');
  });

  test("that hangs can be aborted", async () => {
    const command = join(folder, "hangs");
    writeFileSync(command, "#!/bin/sh\nsleep 30\n", { mode: 0o755 });
    const execProvider = new ExecConfig({
      command,
      apiVersion: "client.authentication.k8s.io/v1",
      interactiveMode: "Never",
    });
    const connection = open(ours({ execProvider }), machine(), { pluginPolicy: NO_POLICY });
    const start = Date.now();
    await expect(connection.fetch("/x", { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(Date.now() - start).toBeLessThan(5000);
  });
});
