import type { TlsClientConfig } from "../../src/api/rest-config.ts";
import { newTlsClientConfig } from "../../src/api/rest-config.ts";
import { formatGoUrl } from "../../src/go/url.ts";
import { hostOfServer, isTransportTls, serverUrl } from "../../src/clientcmd/server-url.ts";
import { thrownBy } from "../support/fake-host.ts";

const at = (host: string, tls: Partial<TlsClientConfig> = {}) => ({ host, tls: newTlsClientConfig(tls) });

describe("whether a server is spoken to by TLS", () => {
  test.each<[source: string, host: string, tls: Partial<TlsClientConfig>, isTls: boolean]>([
    ["config_test.go TestIsConfigTransportTLS 0", "", {}, false],
    ["config_test.go TestIsConfigTransportTLS 1", "https://localhost", {}, true],
    ["config_test.go TestIsConfigTransportTLS 2", "localhost", { certFile: "foo" }, true],
    ["config_test.go TestIsConfigTransportTLS 3", "///:://localhost", { certFile: "foo" }, false],
    ["config_test.go TestIsConfigTransportTLS 4", "1.2.3.4:567", { insecure: true }, true],
    ["data of a CA", "h", { caData: Uint8Array.of(1) }, true],
    ["no data of a CA", "h", { caData: new Uint8Array() }, false],
    ["a spelling in capitals", "HTTPS://h", {}, true],
    ["a scheme that is no host's", "https:h", { insecure: true }, false],
  ])("%s", (_source, host, tls, isTls) => {
    expect(isTransportTls(at(host, tls))).toBe(isTls);
  });
});

describe("the URL of a server", () => {
  test.each([
    ["127.0.0.1", "http://127.0.0.1"],
    ["127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["foo.bar.com", "http://foo.bar.com"],
    ["http://host/prefix", "http://host/prefix"],
    ["http://host", "http://host"],
    ["", "http://localhost"],
  ])("url_utils_test.go TestValidatesHostParameter %s", (host, url) => {
    expect(formatGoUrl(serverUrl(at(host)))).toBe(url);
  });

  test.each([
    [
      "url_utils_test.go TestValidatesHostParameter",
      "host/server",
      'host must be a URL or a host:port pair: "host/server"',
    ],
    [
      "a user is not shown",
      "u:secret@host/server",
      'host must be a URL or a host:port pair: "REDACTED@host/server"',
    ],
    ["a host that is none", "a b", 'invalid character " " in host name'],
    ["an escape after a password", "http://u:secret@h/%zz", "invalid URL escape"],
  ])("%s: is refused", (_source, host, message) => {
    const error = thrownBy(() => serverUrl(at(host)));
    expect(error).toMatchObject({ name: "ConnectionError", message });
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
  });
});

describe("the address of a cluster loses query and fragment where it is a URL with a path", () => {
  test.each([
    ["https://h/p?q=1", "https://h/p"],
    ["https://h/p?", "https://h/p?"],
    ["https://h/p#f", "https://h/p%23f"],
    ["https://h?q", "https://h?q"],
    ["https://h/?q", "https://h/?q"],
    ["HTTPS://h/a b", "https://h/a%20b"],
    ["h/p?q", "h/p?q"],
    ["/p?q", "/p"],
    ["https:h/p?q", "https:h/p?q"],
    ["https://h/%zz?q", "https://h/%zz?q"],
  ])("%s", (server, host) => {
    expect(hostOfServer(server)).toBe(host);
  });
});
