import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

const httpProxy = { proxies: { proxy: { kind: "http" } } } as const;
const httpsProxy = { proxies: { proxy: { kind: "https" } } } as const;
const socks = { proxies: { proxy: { kind: "socks5" } } } as const;
const named = { server: "https://api.test:@{server.port}" };
const plain = { servers: { server: { plain: true } } } as const;
const plainNamed = { server: "http://api.test:@{server.port}", "certificate-authority-data": null };
const through = (user: string): string => `http://${user}@127.0.0.1:@{proxy.port}`;

/** Which proxy is used, what it receives, and what the server receives through it. */
export const proxies: readonly WireCase[] = [
  wire("a proxy-url is used", { ...httpProxy, cluster: { "proxy-url": "@{proxy}" } }),
  wire("a proxy-url is used for a loopback server too, and leaves the name to the proxy", {
    ...httpProxy,
    cluster: { ...named, "proxy-url": "@{proxy}" },
  }),
  wire("tls-server-name is called through a proxy", {
    ...httpProxy,
    servers: { server: { identity: "named" } },
    cluster: { "tls-server-name": "named.test", "proxy-url": "@{proxy}" },
  }),
  wire("a proxy-url with user and password authenticates", {
    proxies: { proxy: { kind: "http", credentials: "u:p" } },
    cluster: { "proxy-url": through("u:p") },
  }),
  wire("a proxy-url's password is decoded", {
    proxies: { proxy: { kind: "http", credentials: "u s:p@:/\u00e9" } },
    cluster: { "proxy-url": through("u%20s:p%40%3a%2F%C3%A9") },
  }),
  wire("a proxy-url with a user alone authenticates", {
    proxies: { proxy: { kind: "http", credentials: "u:" } },
    cluster: { "proxy-url": through("u") },
  }),
  wire("a proxy that wants a password that it does not get is told", {
    proxies: { proxy: { kind: "http", credentials: "u:p" } },
    cluster: { "proxy-url": "@{proxy}" },
  }),
  wire("a proxy that refuses is told", {
    proxies: { proxy: { kind: "http", refuse: 503 } },
    cluster: { "proxy-url": "@{proxy}" },
  }),
  wire("a proxy that forbids is told", {
    proxies: { proxy: { kind: "http", refuse: 403 } },
    cluster: { "proxy-url": "@{proxy}" },
  }),
  wire("a proxy that nobody answers for is told", { cluster: { "proxy-url": "http://127.0.0.1:1" } }),
  wire("an https proxy is used, and trusted by the cluster's authority", {
    ...httpsProxy,
    cluster: { "proxy-url": "@{proxy}" },
  }),
  wire("an https proxy is not called by tls-server-name", {
    ...httpsProxy,
    servers: { server: { identity: "named" } },
    cluster: { "tls-server-name": "named.test", "proxy-url": "@{proxy}" },
  }),
  wire("an https proxy of another authority is not trusted", {
    proxies: { proxy: { kind: "https", identity: "other" } },
    cluster: { "proxy-url": "@{proxy}" },
  }),
  wire("an https proxy of another authority is trusted by an insecure client", {
    proxies: { proxy: { kind: "https", identity: "other" } },
    cluster: {
      "proxy-url": "@{proxy}",
      "certificate-authority-data": null,
      "insecure-skip-tls-verify": true,
    },
  }),
  wire("an https proxy with user and password authenticates", {
    proxies: { proxy: { kind: "https", credentials: "u:p" } },
    cluster: { "proxy-url": "https://u:p@127.0.0.1:@{proxy.port}" },
  }),
  wire("a socks5 proxy is used", { ...socks, cluster: { "proxy-url": "@{proxy}" } }),
  wire("a socks5 proxy is left to find the name", {
    ...socks,
    cluster: { ...named, "proxy-url": "@{proxy}" },
  }),
  wire("a socks5 proxy with user and password authenticates", {
    proxies: { proxy: { kind: "socks5", credentials: "u:p q" } },
    cluster: { "proxy-url": "socks5://u:p%20q@127.0.0.1:@{proxy.port}" },
  }),
  wire("a socks5 proxy with the wrong password is told", {
    proxies: { proxy: { kind: "socks5", credentials: "u:p" } },
    cluster: { "proxy-url": "socks5://u:x@127.0.0.1:@{proxy.port}" },
  }),
  wire("a socks5 proxy that wants a password that it does not get is told", {
    proxies: { proxy: { kind: "socks5", credentials: "u:p" } },
    cluster: { "proxy-url": "@{proxy}" },
  }),
  ...[1, 2, 3, 4, 5, 7].map((refuse) =>
    wire(`a socks5 proxy that refuses with ${refuse} is told`, {
      proxies: { proxy: { kind: "socks5", refuse } },
      cluster: { "proxy-url": "@{proxy}" },
    }),
  ),
  wire("a socks5 proxy carries plain HTTP", {
    ...socks,
    ...plain,
    cluster: { ...plainNamed, "proxy-url": "@{proxy}" },
  }),
  wire("an http proxy forwards plain HTTP", {
    ...httpProxy,
    ...plain,
    cluster: { ...plainNamed, "proxy-url": "@{proxy}" },
  }),
  wire("an http proxy that wants a password forwards plain HTTP", {
    proxies: { proxy: { kind: "http", credentials: "u:p" } },
    ...plain,
    cluster: { ...plainNamed, "proxy-url": through("u:p") },
  }),
  ...[
    "socks5h://127.0.0.1:1",
    "socks4://127.0.0.1:1",
    "socks://127.0.0.1:1",
    "ftp://127.0.0.1:1",
    "127.0.0.1:1",
    "localhost:1",
    "proxy.test",
    "http://",
    "http:///x",
    "//127.0.0.1:1",
    "http://a b:1",
    "http://127.0.0.1:x",
    "http://u:p@[::1:1",
    "%zz",
    "HTTP://127.0.0.1:1",
  ].map((url) => wire(`the proxy-url ${url} is judged`, { cluster: { "proxy-url": url } })),
  wire("a path in a proxy-url does not matter", {
    ...httpProxy,
    cluster: { "proxy-url": "@{proxy}/some/path?a=b#c" },
  }),
  ...["HTTPS_PROXY", "https_proxy"].map((variable) =>
    wire(`${variable} is used for https`, { ...httpProxy, cluster: named, env: { [variable]: "@{proxy}" } }),
  ),
  wire("HTTPS_PROXY without a scheme is an http proxy", {
    ...httpProxy,
    cluster: named,
    env: { HTTPS_PROXY: "127.0.0.1:@{proxy.port}" },
  }),
  wire("HTTPS_PROXY with user and password authenticates", {
    proxies: { proxy: { kind: "http", credentials: "u:p" } },
    cluster: named,
    env: { HTTPS_PROXY: through("u:p") },
  }),
  wire("HTTPS_PROXY may be a socks5 proxy", { ...socks, cluster: named, env: { HTTPS_PROXY: "@{proxy}" } }),
  wire("HTTPS_PROXY may be a socks5h proxy", {
    ...socks,
    cluster: named,
    env: { HTTPS_PROXY: "socks5h://127.0.0.1:@{proxy.port}" },
  }),
  wire("HTTPS_PROXY may be an https proxy", {
    ...httpsProxy,
    cluster: named,
    env: { HTTPS_PROXY: "@{proxy}" },
  }),
  wire("HTTPS_PROXY that makes no sense is told", { cluster: named, env: { HTTPS_PROXY: "http://a b" } }),
  wire("HTTPS_PROXY of a strange scheme is told", {
    cluster: named,
    env: { HTTPS_PROXY: "ftp://127.0.0.1:1" },
  }),
  wire("HTTPS_PROXY goes before https_proxy", {
    ...httpProxy,
    cluster: named,
    env: { HTTPS_PROXY: "@{proxy}", https_proxy: "http://127.0.0.1:1" },
  }),
  wire("an empty HTTPS_PROXY leaves https_proxy", {
    ...httpProxy,
    cluster: named,
    env: { HTTPS_PROXY: "", https_proxy: "@{proxy}" },
  }),
  wire("HTTP_PROXY is not used for https", {
    cluster: { server: "https://localhost:@{server.port}" },
    env: { HTTP_PROXY: "http://127.0.0.1:1" },
  }),
  wire("HTTP_PROXY is used for plain HTTP", {
    ...httpProxy,
    ...plain,
    cluster: plainNamed,
    env: { HTTP_PROXY: "@{proxy}" },
  }),
  wire("HTTP_PROXY is not used under CGI", {
    ...httpProxy,
    ...plain,
    cluster: plainNamed,
    env: { HTTP_PROXY: "@{proxy}", REQUEST_METHOD: "GET" },
  }),
  wire("ALL_PROXY is not used", {
    env: { ALL_PROXY: "http://127.0.0.1:1", all_proxy: "http://127.0.0.1:1" },
  }),
  wire("HTTPS_PROXY is not used for a loopback address", { env: { HTTPS_PROXY: "http://127.0.0.1:1" } }),
  wire("HTTPS_PROXY is not used for localhost", {
    cluster: { server: "https://localhost:@{server.port}" },
    env: { HTTPS_PROXY: "http://127.0.0.1:1" },
  }),
  wire("a proxy-url goes before HTTPS_PROXY, and before NO_PROXY", {
    ...httpProxy,
    cluster: { ...named, "proxy-url": "@{proxy}" },
    env: { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "*" },
  }),
  ...(
    [
      ["*", "a.api.test"],
      ["api.test", "a.api.test"],
      [".test", "a.api.test"],
      [".api.test", "api.test"],
      ["*.api.test", "a.api.test"],
      ["a.api.test:1", "a.api.test"],
      ["a.api.test:@{server.port}", "a.api.test"],
      ["A.API.TEST", "a.api.test"],
      ["a.api.test", "A.api.test"],
      ["pi.test", "a.api.test"],
      ["x, api.test ,y", "a.api.test"],
      ["x;api.test", "a.api.test"],
      // This is the one address in addition to those of loopback, which are never proxied, that leads to this machine.
      ["0.0.0.0/8", "0.0.0.0"],
      ["0.0.0.0", "0.0.0.0"],
      ["0.0.0.0:@{server.port}", "0.0.0.0"],
      ["0.0.0.0:1", "0.0.0.0"],
      ["0.0.0.1", "0.0.0.0"],
      ["0.", "0.0.0.0"],
      ["10.0.0.0/8", "0.0.0.0"],
      ["0.0.0.0/33", "0.0.0.0"],
      ["", "a.api.test"],
      [".", "a.api.test"],
      ["api.test.", "a.api.test"],
      ["*api.test", "a.api.test"],
    ] as const
  ).map(([list, host]) =>
    // Where the proxy must not be used, the name cannot be found.
    wire(`NO_PROXY=${list} is heeded for ${host}`, {
      ...httpProxy,
      cluster: { server: `https://${host}:@{server.port}`, "tls-server-name": "api.test" },
      env: { HTTPS_PROXY: "@{proxy}", NO_PROXY: list },
      flags: ["--request-timeout=2s"],
    }),
  ),
  wire("no_proxy is heeded too", {
    ...httpProxy,
    cluster: named,
    env: { HTTPS_PROXY: "@{proxy}", no_proxy: "api.test" },
  }),
  wire("--proxy-url is no flag", { flags: ["--proxy-url=http://127.0.0.1:1"] }),
];
