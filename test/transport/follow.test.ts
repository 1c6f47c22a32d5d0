import type { Outgoing } from "../../src/transport/follow.ts";
import { followRedirect, MAX_REQUESTS } from "../../src/transport/follow.ts";

const body = new TextEncoder().encode("b");

function request(fields: Partial<Outgoing> = {}): Outgoing {
  return {
    method: "GET",
    origin: "https://api.test:6443",
    host: "api.test:6443",
    path: "/x?y=1",
    headers: [],
    body: null,
    ...fields,
  };
}

function follow(
  location: string | undefined,
  status = 302,
  fields: Partial<Outgoing> = {},
): Outgoing | undefined {
  return followRedirect(request(fields), status, location, "https://api.test:6443");
}

test.each([300, 301, 302, 303, 304, 305, 306, 307, 308, 309, 200, 404])("an answer of %d", (status) => {
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  expect(follow("/y", status)?.path).toBe(isRedirect ? "/y" : undefined);
});

test("an answer without a place is no redirect", () => {
  expect([follow(undefined), follow("")]).toEqual([undefined, undefined]);
});

test("ten requests are sent at most, as in Go", () => {
  expect(MAX_REQUESTS).toBe(10);
});

describe("method and body", () => {
  test.each([
    [301, "POST", "GET", null],
    [302, "PUT", "GET", null],
    [303, "DELETE", "GET", null],
    [307, "POST", "POST", body],
    [308, "PATCH", "PATCH", body],
    [301, "HEAD", "HEAD", null],
    [303, "HEAD", "HEAD", null],
    [307, "HEAD", "HEAD", body],
  ])("after %d a %s becomes a %s", (status, method, newMethod, newBody) => {
    const next = follow("/y", status, { method, body });
    expect([next?.method, next?.body]).toEqual([newMethod, newBody]);
  });

  test("a stream cannot be sent again: only a redirect that drops it is followed", () => {
    const stream = new ReadableStream<Uint8Array>();
    expect([307, 308].map((status) => follow("/y", status, { method: "POST", body: stream }))).toEqual([
      undefined,
      undefined,
    ]);
    expect(follow("/y", 302, { method: "POST", body: stream })?.body).toBeNull();
  });

  test("no body is sent again as none", () => {
    expect(follow("/y", 307, { method: "POST" })).toMatchObject({ method: "POST", body: null });
  });
});

describe("the place", () => {
  test.each([
    ["/y", "https://api.test:6443", "/y"],
    ["y?z=1", "https://api.test:6443", "/y?z=1"],
    ["?z=1", "https://api.test:6443", "/x?z=1"],
    ["//other.test/y", "https://other.test", "/y"],
    ["http://api.test:6443/y", "http://api.test:6443", "/y"],
    ["HTTPS://API.TEST:6443/y#part", "https://api.test:6443", "/y"],
  ])("%s", (location, origin, path) => {
    expect(follow(location)).toMatchObject({ origin, path });
  });

  test.each([
    ["ftp://api.test/y", 'unsupported protocol scheme "ftp"'],
    ["file:///etc/passwd", 'unsupported protocol scheme "file"'],
    ["https://[", 'failed to parse Location header "https://["'],
  ])("%s is refused", (location, message) => {
    expect(() => follow(location)).toThrow(message);
  });

  test("the Host of the server stays with it, and goes to no other", () => {
    const named = { host: "name.of.its.own" };
    expect(follow("/y", 302, named)?.host).toBe("name.of.its.own");
    expect(follow("https://other.test:1/y", 302, named)?.host).toBe("other.test:1");
  });
});

describe("headers", () => {
  const secret = [
    "Authorization",
    "cookie",
    "Cookie2",
    "WWW-Authenticate",
    "Impersonate-User",
    "impersonate-extra-a",
  ];
  const ofBody = ["Content-Type", "content-length", "Content-Encoding", "content-language"];
  const plain = ["accept", "x-impersonate-not", "not-authorization"];
  const headers = [...secret, ...ofBody, ...plain].map((name) => [name, "1"] as const);

  const namesAfter = (location: string, status: number): readonly (string | undefined)[] | undefined =>
    follow(location, status, { method: "POST", body, headers })?.headers.map(([name]) => name);

  test("the server itself gets all of them", () => {
    expect(namesAfter("/y", 307)).toEqual([...secret, ...ofBody, ...plain, "Referer"]);
  });

  test("those of a body go with the body", () => {
    expect(namesAfter("/y", 302)).toEqual([...secret, ...plain, "Referer"]);
  });

  test.each([
    ["another host", "https://other.test:6443/y"],
    ["another port", "https://api.test:6444/y"],
    ["a host below", "https://sub.api.test:6443/y"],
  ])("%s gets no credentials, be they the caller's own", (_name, location) => {
    expect(namesAfter(location, 307)).toEqual([...ofBody, ...plain, "Referer"]);
  });

  test("the same host without TLS gets no credentials, nor the address", () => {
    expect(namesAfter("http://api.test:6443/y", 307)).toEqual([...ofBody, ...plain]);
  });

  test.each([
    ["https://api.test:6443", "https://other.test/y", "https://api.test:6443/x?y=1"],
    ["https://api.test:6443", "http://other.test/y", undefined],
    ["http://api.test:8080", "http://other.test/y", "http://api.test:8080/x?y=1"],
    ["http://api.test:8080", "https://other.test/y", "http://api.test:8080/x?y=1"],
  ])("the address of %s is told to %s: %s", (origin, location, referer) => {
    const next = follow(location, 302, { origin, headers: [["REFERER", "https://old.test/"]] });
    expect(next?.headers).toEqual(referer === undefined ? [] : [["Referer", referer]]);
  });
});
