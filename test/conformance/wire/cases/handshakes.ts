import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

const http = { proxies: { proxy: { kind: "http" } } } as const;
const socks = { proxies: { proxy: { kind: "socks5" } } } as const;
const international = { servers: { server: { identity: "international" } } } as const;
const plain = { servers: { server: { plain: true } } } as const;
const at = (host: string) => ({ server: `https://${host}:@{server.port}`, "proxy-url": "@{proxy}" });
const plainAt = (host: string) => ({ ...at(host), server: `http://${host}:@{server.port}` });

/** Cipher suites of OpenSSL, by its names: with a key exchange by RSA, by Diffie-Hellman, and by elliptic curves. */
const ciphers = [
  "AES128-GCM-SHA256",
  "AES256-SHA",
  "DHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "ECDHE-RSA-AES256-SHA384",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-RSA-AES256-SHA",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-RSA-CHACHA20-POLY1305",
];

/** Names in other scripts than Latin, addresses with a zone, cipher suites, and client certificates that are none. */
export const handshakes: readonly WireCase[] = [
  ...["bücher.test", "BÜCHER.test", "bu\u0308cher.test", "xn--bcher-kva.test", "bücher.test."].flatMap(
    (host) => [
      wire(`an http proxy is asked for ${JSON.stringify(host)}`, {
        ...international,
        ...http,
        cluster: at(host),
      }),
      wire(`a socks5 proxy is asked for ${JSON.stringify(host)}`, {
        ...international,
        ...socks,
        cluster: at(host),
      }),
      wire(`an http proxy forwards plain HTTP for ${JSON.stringify(host)}`, {
        ...plain,
        ...http,
        cluster: plainAt(host),
      }),
    ],
  ),
  ...[
    "例え.test",
    "faß.test",
    "ελλάς.test",
    "a\u200db.test",
    "-ü-.test",
    "ü_x.test",
    "ü..test",
    "пример.xn--p1ai.test",
    "ab--ü.test",
  ].map((host) =>
    wire(`a plain socks5 proxy is asked for ${JSON.stringify(host)}`, {
      ...plain,
      ...socks,
      cluster: plainAt(host),
    }),
  ),
  wire("a name in another script that nobody knows is told as it is looked up", {
    cluster: { server: "https://bücher.invalid:1" },
  }),
  wire("a proxy by a name in another script is looked up as such", {
    cluster: { "proxy-url": "http://pröxy.invalid:1" },
  }),
  wire("a certificate for another name is told by the name that was asked for", {
    ...http,
    cluster: at("bücher.test"),
  }),
  wire("tls-server-name in another script is called as it is", {
    ...international,
    cluster: { "tls-server-name": "bücher.test" },
  }),
  ...["bücher.test", "xn--bcher-kva.test", ".test"].map((noProxy) =>
    wire(`NO_PROXY=${noProxy} is compared with the name that is looked up`, {
      ...international,
      ...http,
      cluster: { server: "https://bücher.test:@{server.port}" },
      env: { HTTPS_PROXY: "@{proxy}", NO_PROXY: noProxy },
    }),
  ),
  ...["[::1%25lo]", "[fe80::1%25nowhere]", "[::1%lo]", "[::1%25]"].map((host) =>
    wire(`the server ${host} is judged`, { cluster: { server: `https://${host}:1` } }),
  ),
  wire("an http proxy is asked for an address with its zone", { ...http, cluster: at("[::1%25lo]") }),
  wire("a socks5 proxy is asked for an address with its zone", { ...socks, cluster: at("[::1%25lo]") }),
  wire("an http proxy forwards plain HTTP for an address with its zone", {
    ...plain,
    ...http,
    cluster: plainAt("[::1%25lo]"),
  }),
  ...ciphers.map((suite) =>
    wire(`a server that knows ${suite} alone is judged`, {
      servers: { server: { identity: "rsa", ciphers: suite } },
    }),
  ),
  ...(["api", "other", "named"] as const).map((identity) =>
    wire(
      `a client certificate and a key in files that are no pair, to a server with the certificate of ${identity}`,
      {
        servers: { server: { identity } },
        user: { "client-certificate": "$ROOT/pki/jane.crt", "client-key": "$ROOT/pki/john.key" },
      },
    ),
  ),
  wire("a client certificate and a key in files that are no pair, to a server that is not there", {
    cluster: { server: "https://127.0.0.1:1" },
    user: { "client-certificate": "$ROOT/pki/jane.crt", "client-key": "$ROOT/pki/john.key" },
  }),
  wire("a client certificate file that is none, to a server that is not trusted", {
    servers: { server: { identity: "other" } },
    files: { none: "none" },
    user: { "client-certificate": "$ROOT/none", "client-key": "$ROOT/pki/john.key" },
  }),
];
