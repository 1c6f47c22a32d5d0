import { AuthProviderConfig } from "../../src/api/auth-info.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { Reply, SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, machine, open, sent, trusting } from "./open.ts";

let authority: Authority;
let providerAuthority: Authority;
let server: TestServer;
let provider: TestServer;

beforeAll(async () => {
  [authority, providerAuthority] = await Promise.all([createAuthority(), createAuthority("provider")]);
  const hosts = ["127.0.0.1"];
  server = await startServer({ identity: await authority.issue({ commonName: "server", hosts }) });
  provider = await startServer({
    identity: await providerAuthority.issue({ commonName: "login", hosts }),
  });
});

beforeEach(() => server.reset([{}]));

afterEach(closeAll);

afterAll(() => Promise.all([server.close(), provider.close()]));

/** An ID token that expires at a time, in seconds since 1970. */
function token(expiry: number): string {
  return `e30.${Buffer.from(JSON.stringify({ exp: expiry })).toString("base64url")}.sig`;
}

function json(value: unknown): Reply {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** Has the provider tell where tokens are, and answer there as the test says. */
function answering(answer: (request: SeenRequest) => Reply): void {
  provider.reset((request) =>
    request.target === "/realm/.well-known/openid-configuration"
      ? json({ token_endpoint: `${provider.url}/tokens?x=1` })
      : answer(request),
  );
}

function settings(changes: Record<string, string> = {}): AuthProviderConfig {
  const config = new Map(
    Object.entries({
      "idp-issuer-url": `${provider.url}/realm/`,
      "idp-certificate-authority-data": Buffer.from(providerAuthority.certificate).toString("base64"),
      "client-id": "kub&ernetes",
      "client-secret": "s/cret",
      "id-token": token(1e9),
      "refresh-token": "refresh-1",
      ...changes,
    }),
  );
  return new AuthProviderConfig({ name: "oidc", config });
}

function connected(kept: ReadonlyMap<string, string>[], authProvider = settings()): ReturnType<typeof open> {
  return open({ host: server.url, tls: trusting(authority.certificate), authProvider }, machine(), {
    persistAuthProvider: (renewed) => void kept.push(renewed),
  });
}

describe("the token of an oidc auth-provider", () => {
  test("is renewed when it has expired, once for all requests, and kept with the new refresh token", async () => {
    answering(() => json({ access_token: "a", id_token: token(4e9), refresh_token: "refresh-2" }));
    const kept: ReadonlyMap<string, string>[] = [];
    const connection = connected(kept);
    await Promise.all([connection.fetch("/a"), connection.fetch("/b")]);
    await connection.fetch("/c");
    expect(sent(server, "authorization")).toEqual([`Bearer ${token(4e9)}`]);
    expect(provider.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "GET /realm/.well-known/openid-configuration",
      "POST /tokens?x=1",
    ]);
    expect(provider.requests[1]?.body).toBe("grant_type=refresh_token&refresh_token=refresh-1");
    const [, basic = ""] = sent(provider, "authorization")[0]?.split(" ") ?? [];
    expect(Buffer.from(basic, "base64").toString()).toBe("kub%26ernetes:s%2Fcret");
    expect(
      kept.map((each) => [each.get("id-token"), each.get("refresh-token"), each.get("client-id")]),
    ).toEqual([[token(4e9), "refresh-2", "kub&ernetes"]]);
  });

  test("is asked for with the client's name in the form, where a header will not do", async () => {
    answering(({ headers }) =>
      headers.some(([name]) => name === "Authorization")
        ? { status: 401 }
        : json({ access_token: "a", id_token: token(4e9) }),
    );
    const kept: ReadonlyMap<string, string>[] = [];
    await connected(kept).fetch("/x");
    expect(new URLSearchParams(provider.requests.at(-1)?.body)).toEqual(
      new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: "refresh-1",
        client_id: "kub&ernetes",
        client_secret: "s/cret",
      }),
    );
    expect(kept[0]?.get("refresh-token")).toBe("refresh-1");
  });

  test.each<[string, Reply, string]>([
    [
      "refuses",
      { status: 400, body: '{"error":"invalid_grant"}' },
      "failed to refresh token: oauth2: cannot fetch token: status 400",
    ],
    ["gives none", json({ access_token: "a" }), "token response did not contain an id_token"],
    [
      "gives no access token, which kubectl asks for",
      json({ id_token: token(4e9) }),
      "failed to refresh token: oauth2: server response missing access_token",
    ],
    ["answers nonsense", { body: "<html>" }, "oidc: the provider's answer is not JSON"],
  ])("is an error of the request when the provider %s", async (_name, reply, want) => {
    answering(() => reply);
    await expect(connected([]).fetch("/x")).rejects.toMatchObject({
      message: expect.stringContaining(want) as unknown,
      server: `127.0.0.1:${server.port}`,
    });
    expect(server.requests).toEqual([]);
  });

  test("is not asked for of a provider that cannot be trusted", async () => {
    const data = Buffer.from(authority.certificate).toString("base64");
    const connection = connected([], settings({ "idp-certificate-authority-data": data }));
    await expect(connection.fetch("/x")).rejects.toThrow("certificate signed by unknown authority");
  });

  test("is not renewed when there is no place to keep it", async () => {
    answering(() => json({ access_token: "a", id_token: token(4e9) }));
    const connection = open({
      host: server.url,
      tls: trusting(authority.certificate),
      authProvider: settings(),
    });
    await expect(connection.fetch("/x")).rejects.toThrow("the id-token has expired");
    expect(provider.requests).toEqual([]);
  });

  test("is not used when it cannot be kept", async () => {
    answering(() => json({ access_token: "a", id_token: token(4e9) }));
    const connection = open(
      { host: server.url, tls: trusting(authority.certificate), authProvider: settings() },
      machine(),
      { persistAuthProvider: () => Promise.reject(new Error("disk full")) },
    );
    await expect(connection.fetch("/x")).rejects.toThrow("could not persist new tokens: disk full");
    expect(server.requests).toEqual([]);
  });
});
