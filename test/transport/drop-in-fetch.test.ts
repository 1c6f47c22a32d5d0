import { createAuthority } from "../support/certificates.ts";
import type { Authority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import type { TestServer } from "../support/https-server.ts";
import { closeAll, open, sent, trusting } from "./open.ts";

let authority: Authority;
let server: TestServer;

beforeAll(async () => {
  authority = await createAuthority();
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
});
beforeEach(() => server.reset([{ body: "here" }]));
afterEach(closeAll);
afterAll(() => server.close());

function connected(path = "", fields: Parameters<typeof open>[0] = {}): ReturnType<typeof open> {
  const tls = trusting(authority.certificate);
  return open({ host: `${server.url}${path}`, tls, bearerToken: "t", ...fields });
}

/** The last request that the server got, in a line. */
function last(): string {
  const { method = "", target = "", body = "" } = server.requests.at(-1) ?? {};
  return `${method} ${target} ${body}`.trim();
}

describe("a connection's fetch", () => {
  test("works without the connection, as the global one", async () => {
    const { fetch } = connected();
    const standIn: typeof globalThis.fetch = fetch;
    expect(await (await standIn("/api")).text()).toBe("here");
    expect(sent(server, "authorization")).toEqual(["Bearer t"]);
  });

  test.each<[string, (url: string) => string | URL | Request, string]>([
    ["a path", () => "/api?b=1&a=2", "GET /prefix/api?a=2&b=1"],
    ["a path without a slash", () => "api", "GET /prefix/api"],
    [
      "the text of a URL, which is sent as it is",
      (url) => `${url}/prefix/a%2Fb?b=1&a=2#c`,
      "GET /prefix/a%2Fb?b=1&a=2",
    ],
    ["a URL", (url) => new URL(`${url}/prefix/x`), "GET /prefix/x"],
    ["a URL in capitals", (url) => `${url.toUpperCase()}/x`, "GET /x"],
    ["a URL without a scheme", (url) => `${url.replace("https:", "")}/x`, "GET /x"],
    ["a Request", (url) => new Request(`${url}/prefix/x`, { method: "DELETE" }), "DELETE /prefix/x"],
    ["a Request with a body", (url) => new Request(`${url}/x`, { method: "POST", body: "{}" }), "POST /x {}"],
  ])("takes %s", async (_name, input, want) => {
    const response = await connected("/prefix").fetch(input(server.url));
    expect(await response.text()).toBe("here");
    expect(last()).toBe(want);
    expect(sent(server, "authorization")).toEqual(["Bearer t"]);
  });

  test("sends what a Request says, and what init changes of it", async () => {
    const request = new Request(`${server.url}/x`, {
      method: "PUT",
      body: "old",
      headers: { "content-type": "application/yaml", "x-own": "1" },
    });
    await connected().fetch(request);
    expect([
      last(),
      sent(server, "content-type"),
      sent(server, "x-own"),
      sent(server, "content-length"),
    ]).toEqual(["PUT /x old", ["application/yaml"], ["1"], ["3"]]);
    const again = new Request(`${server.url}/x`, { method: "PUT", body: "old", headers: { "x-own": "1" } });
    await connected().fetch(again, { body: "new", headers: { "x-own": "2" }, method: undefined as never });
    expect([last(), sent(server, "x-own")]).toEqual(["PUT /x new", ["2"]]);
  });

  test("sends a Request again when the server asks for that", async () => {
    server.reset([{ status: 429, headers: { "retry-after": "0" } }, { body: "here" }]);
    await connected().fetch(new Request(`${server.url}/x`, { method: "POST", body: "{}" }));
    expect(server.requests.map(({ body }) => body)).toEqual(["{}", "{}"]);
  });

  test("ends with the signal of a Request, and with that of init before it", async () => {
    server.reset([{ delay: 20_000 }]);
    const controller = new AbortController();
    const pending = connected().fetch(new Request(`${server.url}/x`, { signal: controller.signal }));
    setTimeout(() => controller.abort(new Error("enough")), 100);
    await expect(pending).rejects.toThrow("enough");
    const own = AbortSignal.abort(new Error("before"));
    await expect(connected().fetch(new Request(`${server.url}/x`), { signal: own })).rejects.toThrow(
      "before",
    );
  });

  test.each<[string, string | URL | Request, string]>([
    ["another host", "https://other.example/x", "https://other.example"],
    ["another port", "https://127.0.0.1:1/x", "https://127.0.0.1:1"],
    ["another scheme", "http://127.0.0.1/x", "http://127.0.0.1"],
    ["a URL", new URL("https://other.example/x"), "https://other.example"],
    ["a Request", new Request("https://other.example/x"), "https://other.example"],
    ["a host without a scheme", "//other.example/x", "https://other.example"],
    ["a host after backslashes", "\\\\other.example/x", "https://other.example"],
    ["a host with a secret", "https://u:s3cr3t@other.example/x", "https://other.example"],
    ["a scheme without a host", "data:text/plain,x", "the scheme data:"],
    ["no URL", "https://[/x", "no valid URL"],
  ])("refuses %s by name, and sends nothing", async (_name, input, named) => {
    const error = await connected()
      .fetch(input)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "ConnectionError",
      message: `the request is for ${named}, and this connection is to ${server.url}`,
    });
    expect(server.requests).toEqual([]);
  });

  test("refuses a user name and password in a URL without telling them", async () => {
    const error = await connected()
      .fetch(server.url.replace("//", "//u:s3cr3t@"))
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("has a user name or password");
    expect(String(error)).not.toContain("s3cr3t");
    expect(server.requests).toEqual([]);
  });
});
