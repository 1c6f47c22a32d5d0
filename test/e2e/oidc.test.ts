import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { startBin } from "../support/start-bin.ts";
import { testUnless } from "../support/unless.ts";

let authority: Authority;
let server: TestServer;
let provider: TestServer;
let folder: string;
let config: string;

const OLD = token(1e9);
const NEW = token(4_000_000_000);

/** An ID token that expires at a time, in seconds since 1970. */
function token(expiry: number): string {
  return `e30.${Buffer.from(JSON.stringify({ exp: expiry })).toString("base64url")}.sig`;
}

beforeAll(async () => {
  authority = await createAuthority();
  const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  [server, provider] = await Promise.all([startServer({ identity }), startServer({ identity })]);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-oidc-"));
  config = join(folder, "config");
  server.reset([{ body: "{}" }]);
  let renewals = 0;
  provider.reset(({ target }: SeenRequest) => {
    const headers = { "content-type": "application/json" };
    if (target === "/.well-known/openid-configuration") {
      return {
        headers,
        body: JSON.stringify({ issuer: provider.url, token_endpoint: `${provider.url}/token` }),
      };
    }
    renewals += 1;
    const answer = { id_token: NEW, access_token: "a", refresh_token: `refresh-${renewals + 1}` };
    return { headers, body: JSON.stringify(answer) };
  });
  writeFileSync(config, kubeconfig(), { mode: 0o600 });
});

afterEach(() => rmSync(folder, { recursive: true }));

afterAll(() => Promise.all([server.close(), provider.close()]));

function kubeconfig(idToken = OLD, refreshToken = "refresh-1"): string {
  const ca = Buffer.from(authority.certificate).toString("base64");
  return `# mine, do not touch
apiVersion: v1
kind: Config
current-context: x
clusters:
- name: c
  cluster: {server: "${server.url}", certificate-authority-data: ${ca}} # the only one
users:
# logged in by hand
- name: u
  user:
    auth-provider:
      name: oidc
      config:
        idp-issuer-url: ${provider.url}
        idp-certificate-authority-data: ${ca}
        client-id: kubernetes # ours
        id-token: ${idToken}
        refresh-token: ${refreshToken}
- name: other
  user: {token: abc}
contexts:
- {name: x, context: {cluster: c, user: u}}
`;
}

function lastAuthorization(): string | undefined {
  return server.requests.at(-1)?.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
}

const run = (...args: readonly string[]) => startBin(args, { env: { KUBECONFIG: config } });

describe("an expired id-token", () => {
  test("is renewed by kcfg raw, and written back with all comments", async () => {
    expect(await run("raw", "/version")).toEqual({ stdout: "{}", stderr: "", exitCode: 0 });
    expect(lastAuthorization()).toBe(`Bearer ${NEW}`);
    expect(readFileSync(config, "utf8")).toBe(kubeconfig(NEW, "refresh-2"));
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["config"]);
    // What was written is good for the next one.
    provider.reset([{ status: 500 }]);
    expect((await run("raw", "/version")).exitCode).toBe(0);
    expect(provider.requests).toEqual([]);
  });

  test("is renewed by kcfg credential, which prints it with its expiry", async () => {
    const { stdout, stderr, exitCode } = await run("credential");
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "ExecCredential",
      status: { token: NEW, expirationTimestamp: "2096-10-02T07:06:40Z" },
    });
    expect(readFileSync(config, "utf8")).toBe(kubeconfig(NEW, "refresh-2"));
  });

  test("is renewed for a user that a flag chooses, in the file that has the user", async () => {
    const first = join(folder, "first");
    const context = `contexts:\n- {name: second, context: {cluster: c, user: other}}\ncurrent-context: second\n`;
    writeFileSync(first, context);
    const env = { KUBECONFIG: `${first}:${config}` };
    expect(await startBin(["raw", "/version", "--user", "u"], { env })).toMatchObject({
      stderr: "",
      exitCode: 0,
    });
    expect(lastAuthorization()).toBe(`Bearer ${NEW}`);
    expect(readFileSync(config, "utf8")).toBe(kubeconfig(NEW, "refresh-2"));
    expect(readFileSync(first, "utf8")).toBe(context);
  });

  test("is not used when the file cannot be written, and says so", async () => {
    writeFileSync(`${config}.lock`, "");
    const { stderr, exitCode } = await run("raw", "/version");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("could not persist new tokens: ");
    expect(server.requests).toEqual([]);
    expect(readFileSync(config, "utf8")).toBe(kubeconfig());
  }, 60_000);

  test("says that the provider refused", async () => {
    provider.reset([{ status: 500 }]);
    const { stderr, exitCode } = await run("raw", "/version");
    expect([exitCode, stderr]).toEqual([
      1,
      "Unable to connect to the server: oidc: failed to query metadata endpoint: status 500\n",
    ]);
    expect(readFileSync(config, "utf8")).toBe(kubeconfig());
  });

  test("is given to no client that may be for another cluster, and is not renewed for it", async () => {
    const info = { kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1", spec: {} };
    const env = {
      HOME: userInfo().homedir,
      KUBECONFIG: config,
      KUBERNETES_EXEC_INFO: JSON.stringify(info),
    };
    const { stdout, stderr, exitCode } = await startBin(["credential"], { env });
    expect([stdout, exitCode]).toEqual(["", 1]);
    expect(stderr).toContain("is stored in a kubeconfig");
    expect(provider.requests).toEqual([]);
  });

  describe.each(["1.35.2", "1.36.3"])("with kubectl %s", (version) => {
    const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryFolder, ".cache", "kubectl");
    const kubectl = join(cache, `kubectl-${version}`);
    testUnless(existsSync(kubectl) ? undefined : "npm run test:kubectl fetches it")(
      "has the same request sent and the same tokens kept",
      async () => {
        const env = { HOME: folder, KUBECONFIG: config };
        const { stdout } = await promisify(execFile)(kubectl, ["get", "--raw", "/version"], { env });
        expect(stdout).toBe("{}");
        const asked = (): unknown =>
          provider.requests.map(({ method, target, body }) => [method, target, body]);
        const kept = async (): Promise<string> => (await run("view", "--raw", "-o", "json")).stdout;
        const [theirs, theirTokens] = [asked(), await kept()];
        expect(lastAuthorization()).toBe(`Bearer ${NEW}`);
        provider.reset(undefined);
        writeFileSync(config, kubeconfig());
        provider.reset(({ target }: SeenRequest) => ({
          headers: { "content-type": "application/json" },
          body: JSON.stringify(
            target === "/token"
              ? { id_token: NEW, refresh_token: "refresh-2", access_token: "a" }
              : { issuer: provider.url, token_endpoint: `${provider.url}/token` },
          ),
        }));
        await run("raw", "/version");
        expect([asked(), await kept()]).toEqual([theirs, theirTokens]);
      },
    );
  });
});
