import type { Reply } from "../../support/https-server.ts";
import type { Random } from "../random/random.ts";
import { randomFrom } from "../random/random.ts";
import { credential, execUser, printing, wire } from "./cases/build.ts";
import type { ProxySpec, ServerSpec, WireCase } from "./wire-case.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Returns a random client, server and request: credentials, TLS, proxies, flags, variables, a path and a response. */
export function randomWireCase(seed: number): WireCase {
  const random = randomFrom(seed);
  const plain = random.chance(0.15);
  const server: ServerSpec = {
    ...(plain && { plain: true as const }),
    ...(random.chance(0.1) && { identity: random.pick(["named", "other", "expired"] as const) }),
    reply: [randomReply(random)],
  };
  const proxy = random.chance(0.35) ? randomProxy(random) : undefined;
  const user = randomUser(random);
  const cluster = {
    ...randomAddress(random, plain, proxy !== undefined, "exec" in user),
    ...(proxy !== undefined && random.chance(0.6) && { "proxy-url": proxy.url }),
    ...randomTls(random, plain),
    ...(random.chance(0.1) && { "disable-compression": true }),
  };
  return wire(`random request ${seed}`, {
    cluster,
    user,
    files: {
      token: random.pick(["from-file\n", " from-file", "from-file"]),
      plugin: printing(randomCredential(random)),
    },
    env: proxy === undefined ? {} : randomProxyVariables(random, proxy.url),
    flags: randomFlags(random),
    path: randomPath(random),
    servers: { server },
    proxies: proxy === undefined ? {} : { proxy: proxy.spec },
  });
}

/**
 * Returns a random address. Names that only a proxy resolves are rare without one: each is a query to the name server.
 * A user in the address takes precedence over a plugin, which kubectl then runs within the TLS handshake or not at all,
 * and kcfg before it.
 */
function randomAddress(random: Random, plain: boolean, hasProxy: boolean, hasPlugin: boolean): Fields {
  const scheme = plain ? "http" : "https";
  const name = random.pick(["127.0.0.1", "127.0.0.1", "localhost", ...(hasProxy ? ["api.test"] : [])]);
  const prefix = random.pick(["", "", "", "/", "/prefix", "/a/b/", "/a b", "/a%2Fb", "/%C3%A9/?q#f"]);
  const user = !hasPlugin && random.chance(0.04) ? "who:what@" : "";
  return {
    server: `${scheme}://${user}${name}:@{server.port}${prefix}`,
    ...(plain && { "certificate-authority-data": null }),
  };
}

function randomTls(random: Random, plain: boolean): Fields {
  return {
    ...(random.chance(0.1) &&
      !plain && { "certificate-authority-data": null, "insecure-skip-tls-verify": true }),
    ...(random.chance(0.1) && {
      "certificate-authority-data": null,
      "certificate-authority": random.pick([
        "pki/ca.crt",
        "$ROOT/pki/both-ca.crt",
        "pki/other-ca.crt",
        "pki/renewed-ca.crt",
        "pki/former-ca.crt",
      ]),
    }),
    ...(random.chance(0.1) && {
      "tls-server-name": random.pick(["named.test", "api.test", "a.wild.test", "nope.test"]),
    }),
  };
}

function randomProxy(random: Random): { readonly spec: ProxySpec; readonly url: string } {
  const kind = random.pick(["http", "http", "https", "socks5"] as const);
  const user = random.pick(["", "", "u:p", "u%20v:p%3Aq"]);
  const credentials =
    user === "" ? undefined : random.chance(0.8) ? decodeURIComponent(user) : "nobody:knows";
  return {
    spec: { kind, ...(credentials !== undefined && { credentials }) },
    url: `${kind}://${user === "" ? "" : `${user}@`}127.0.0.1:@{proxy.port}`,
  };
}

function randomProxyVariables(random: Random, url: string): WireCase["env"] {
  return {
    ...(random.chance(0.7) && { [random.pick(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])]: url }),
    ...(random.chance(0.3) && {
      [random.pick(["NO_PROXY", "no_proxy"])]: random.pick(["127.0.0.1", "x.test, y", "10.0.0.0/8", "test."]),
    }),
  };
}

function randomUser(random: Random): Fields {
  const credentials: readonly Fields[] = [
    { token: "abc" },
    { tokenFile: "token" },
    { tokenFile: "$ROOT/nope", token: "abc" },
    { username: "jane", password: "geheim" },
    { "client-certificate-data": "@{jane.crt}", "client-key-data": "@{jane.key}" },
    { "client-certificate": "pki/john.crt", "client-key": "$ROOT/pki/john.key" },
    execUser({ provideClusterInfo: random.chance(0.5), args: random.some(["a", "b c"], 0.3) }),
    execUser({ interactiveMode: random.pick(["Never", "IfAvailable", "IfAvailable", "Always"]) }),
  ];
  const first = random.pick(credentials);
  return {
    ...first,
    ...(random.chance(0.1) && random.pick(credentials)),
    ...(random.chance(0.3) && randomImpersonation(random)),
  };
}

function randomImpersonation(random: Random): Fields {
  return {
    ...(random.chance(0.9) && { as: random.pick(["me", "system:serviceaccount:a:b"]) }),
    ...(random.chance(0.3) && { "as-uid": "7" }),
    ...(random.chance(0.5) && { "as-groups": random.some(["g", "h i", "j"], 0.6) }),
    ...(random.chance(0.5) && { "as-user-extra": { [random.pick(["a", "B/c", "d e"])]: ["1", "2"] } }),
  };
}

function randomCredential(random: Random): string {
  return random.pick([
    credential({ token: "from-plugin" }),
    credential({ token: "from-plugin", expirationTimestamp: "2999-01-01T00:00:00Z" }),
    credential({}),
    credential({ token: "from-plugin" }, "v1beta1"),
    '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"@{json jane.crt}","clientKeyData":"@{json jane.key}"}}',
  ]);
}

/** Flags that are compatible with most users and servers. */
const usualFlags: readonly string[] = [
  "--token=flag",
  "--as=you",
  "--server=@{server}/flag",
  "--tls-server-name=api.test",
  "--insecure-skip-tls-verify",
  "--certificate-authority=$ROOT/pki/ca.crt",
  "--disable-compression",
  "--request-timeout=30s",
  "--request-timeout=0",
  "--context=x",
  "--user=u",
  "--namespace=n",
];

/** Flags that prevent most requests. */
const oddFlags: readonly string[] = [
  "--username=flag",
  "--password=flag",
  "--as-group=k",
  "--as-uid=7",
  "--as-user-extra=k=v",
  "--client-certificate=$ROOT/pki/jane.crt",
  "--client-key=$ROOT/pki/jane.key",
  "--context=nope",
  "--cluster=nope",
  "extra",
];

function randomFlags(random: Random): readonly string[] {
  return [...random.some(usualFlags, 0.06), ...random.some(oddFlags, 0.01)];
}

const segments: readonly string[] = [
  "api",
  "v1",
  "",
  ".",
  "..",
  "%2F",
  "%2e",
  "a b",
  "\u00e9",
  "%C3%A9",
  "a;b",
  "a,b",
  "a=b",
  "(x)",
  "~",
  "*",
  "a+b",
  "100%25",
];

function randomPath(random: Random): string {
  const path = `/${random.times(random.below(5), () => random.pick(segments)).join("/")}`;
  const query = random.times(random.below(4), () =>
    random.pick([
      "limit=5",
      "b=2",
      "a=1",
      "a",
      "a=%20x",
      "a=b+c",
      "=x",
      "",
      "a=b=c",
      "timeout=1m",
      "\u00e9=\u00fc",
    ]),
  );
  return `${path}${query.length === 0 ? "" : `?${query.join("&")}`}${random.chance(0.05) ? "#f" : ""}`;
}

function randomReply(random: Random): Reply {
  if (random.chance(0.6)) {
    return { body: random.pick(["", "ok\n", "text ".repeat(300)]), gzip: random.chance(0.4) };
  }
  const status = random.pick([
    400, 401, 403, 404, 405, 406, 409, 410, 415, 418, 422, 429, 500, 502, 503, 504,
  ]);
  const type = random.pick([
    "application/json",
    "text/plain",
    "text/html; charset=utf-8",
    "application/yaml",
    "",
  ]);
  const reason = random.pick(["NotFound", "Forbidden", "Unauthorized", "Invalid", "Other", ""]);
  return {
    status,
    ...(type !== "" && { headers: { "content-type": type } }),
    body: random.pick([
      "",
      "some text\n",
      JSON.stringify({
        kind: "Status",
        apiVersion: "v1",
        status: "Failure",
        message: "why",
        reason,
        code: status,
      }),
      JSON.stringify({
        kind: "Status",
        apiVersion: "v1",
        status: "Failure",
        message: "why",
        reason,
        details: {
          kind: "Pod",
          name: "p",
          causes: random.some([{ field: "f", message: "m" }, { field: "g" }], 0.5),
        },
      }),
      JSON.stringify({
        kind: "Status",
        status: random.pick(["Failure", "Success"]),
        message: random.pick(["why", 1]),
      }),
    ]),
    gzip: random.chance(0.2),
  };
}
