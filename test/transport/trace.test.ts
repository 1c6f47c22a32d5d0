import type { TraceEvent } from "../../src/transport/trace.ts";
import { maskedHeaders } from "../../src/transport/trace.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, machine, open, trusting } from "./open.ts";

let authority: Authority;
let server: TestServer;

beforeAll(async () => {
  authority = await createAuthority();
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1", "localhost"] }),
  });
});
beforeEach(() => server.reset([{}]));
afterEach(closeAll);
afterAll(() => server.close());

async function traced(fields: object, path = "/x"): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  const connection = open({ host: server.url, tls: trusting(authority.certificate), ...fields }, machine(), {
    trace: (event) => void events.push(event),
  });
  await connection
    .fetch(path)
    .then((response) => response.text())
    .catch(() => "");
  return events;
}

describe("a connection tells what it does", () => {
  test("a request, the connection for it, the answer", async () => {
    const events = await traced({
      bearerToken: "s3cr3t",
      impersonate: { userName: "jane", uid: "", groups: [], extra: new Map() },
    });
    const time = expect.any(Number) as unknown;
    const url = `${server.url}/x`;
    expect(events).toEqual([
      {
        kind: "request",
        method: "GET",
        url,
        headers: [
          ["Accept", "application/json, */*"],
          ["Authorization", "Bearer <masked>"],
          ["Impersonate-User", "jane"],
          ["User-Agent", expect.stringMatching(/^kcfg\//) as unknown],
        ],
      },
      { kind: "dial", address: `127.0.0.1:${server.port}`, milliseconds: time },
      { kind: "handshake", milliseconds: time },
      expect.objectContaining({
        kind: "response",
        method: "GET",
        url,
        status: 200,
        statusLine: "200 OK",
      }) as unknown,
    ]);
    expect(JSON.stringify(events)).not.toContain("s3cr3t");
  });

  test("names that are looked up", async () => {
    const events = await traced({ host: server.url.replace("127.0.0.1", "localhost") });
    expect(events.find(({ kind }) => kind === "lookup")).toMatchObject({ host: "localhost" });
  });

  test("a connection that fails", async () => {
    const events = await traced({ host: "https://127.0.0.1:1" });
    expect(events).toEqual([
      expect.objectContaining({ kind: "request" }) as unknown,
      expect.objectContaining({
        kind: "dial",
        address: "127.0.0.1:1",
        fault: "dial tcp 127.0.0.1:1: connect: connection refused",
      }) as unknown,
      expect.objectContaining({ kind: "response", status: 0, statusLine: "", headers: [] }) as unknown,
    ]);
  });

  test("a request that is sent again", async () => {
    server.reset([{ status: 429, headers: { "Retry-After": "0" } }, {}]);
    const events = await traced({});
    expect(events.find(({ kind }) => kind === "retry")).toMatchObject({ attempt: 1, delay: 0 });
    expect(events.filter(({ kind }) => kind === "request")).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ kind: "response", status: 200 });
  });

  test("a request that is not sent again for a number that Go cannot hold", async () => {
    server.reset([{ status: 429, headers: { "Retry-After": "99999999999999999999" } }, {}]);
    const events = await traced({});
    expect(events.at(-1)).toMatchObject({ kind: "response", status: 429 });
  });
});

test.each([
  ["Authorization", "Bearer abc", "Bearer <masked>"],
  ["authorization", "BASIC abc def", "BASIC <masked>"],
  ["Authorization", "Bearer", "Bearer"],
  ["Authorization", "abc", "<masked>"],
  ["Authorization", "Own abc", "<masked>"],
  ["Authorization", "", ""],
  ["Proxy-Authorization", "Basic abc", "Basic <masked>"],
  ["Cookie", "id=abc", "<masked>"],
  ["Set-Cookie", "id=abc", "<masked>"],
  ["Accept", "abc", "abc"],
])("of the header %s: %s it tells %s", (name, value, told) => {
  expect(maskedHeaders([[name, value]])).toEqual([[name, told]]);
});
