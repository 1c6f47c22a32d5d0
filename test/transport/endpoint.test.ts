import { newTlsClientConfig } from "../../src/api/rest-config.ts";
import { endpointOf, requestTarget } from "../../src/transport/endpoint.ts";
import { thrownBy } from "../support/fake-host.ts";

function target(server: string, path: string, timeout = 0): string {
  return requestTarget(endpointOf({ host: server, tls: newTlsClientConfig() }), path, timeout);
}

describe("the target of a request is that of kubectl get --raw", () => {
  test.each([
    ["https://h", "/api", "/api"],
    ["https://h", "/", "/"],
    ["https://h", "", "/"],
    ["https://h", "/api?b=2&a=1&a=x%20y&c", "/api?a=1&a=x+y&b=2&c="],
    ["https://h", "https://evil.test/x?y=1", "/x?y=1"],
    ["https://h", "/x?a=%zz&b=1;c=2&d=3", "/x?d=3"],
    ["https://h", "/a%2Fb%20c", "/a/b%20c"],
    ["https://h", "/é!'()*[]", "/%C3%A9%21%27%28%29%2A%5B%5D"],
    ["https://h", "/a#fragment", "/a"],
    ["https://h/pre/fix/?q=1#f", "/a//b/../c/", "/pre/fix/a/c/"],
    ["https://h/p", "/", "/p/"],
    ["https://h/p", "", "/p"],
    ["https://h/p", "/../../etc", "/p/etc"],
    ["https://h/p", "../x", "/x"],
    ["HTTPS://h/%2f/ä", "/x", "/%C3%A4/x"],
    ["https://h/a%21", "/", "/a%21/"],
    ["https://h", "a:b/c", "/"],
  ])("of %s and %s it is %s", (server, path, want) => {
    expect(target(server, path)).toBe(want);
  });

  test("a timeout is told to the server, and replaces one in the path", () => {
    expect(target("https://h", "/x?timeout=9s&a=1", 5000)).toBe("/x?a=1&timeout=5s");
  });

  test.each([
    ["/%zz", 'invalid URL escape "%zz"'],
    [":x", "missing protocol scheme"],
    ["/\u0001", "net/url: invalid control character in URL"],
  ])("%s is refused in Go's words", (path, want) => {
    expect(thrownBy(() => target("https://h", path))).toMatchObject({ message: want });
  });
});

describe("the server is found as kubectl finds it", () => {
  test.each([
    ["https://127.0.0.1:6443", { secure: true, host: "127.0.0.1:6443", hostname: "127.0.0.1", port: 6443 }],
    ["https://[::1]", { secure: true, host: "[::1]", hostname: "::1", port: 443 }],
    ["https://LocalHost:1/", { host: "LocalHost:1", hostname: "LocalHost" }],
    ["127.0.0.1:8080", { secure: false, host: "127.0.0.1:8080", port: 8080 }],
    ["localhost", { secure: false, host: "localhost", port: 80 }],
    ["", { secure: false, host: "localhost" }],
  ])("in %s", (host, want) => {
    expect(endpointOf({ host, tls: newTlsClientConfig() })).toMatchObject(want);
  });

  test("a host without a scheme is spoken to by TLS if anything says that it speaks TLS", () => {
    expect(endpointOf({ host: "h", tls: newTlsClientConfig({ insecure: true }) }).secure).toBe(true);
  });

  test.each([
    ["ftp://127.0.0.1:1", 'unsupported protocol scheme "ftp"'],
    ["https://127.0.0.1:99999", "dial tcp: address 99999: invalid port"],
    ["127.0.0.1:1/path", 'host must be a URL or a host:port pair: "127.0.0.1:1/path"'],
  ])("%s is refused in kubectl's words", (host, want) => {
    expect(thrownBy(() => endpointOf({ host, tls: newTlsClientConfig() }))).toMatchObject({ message: want });
  });
});
