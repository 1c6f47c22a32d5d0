import { inspect, isDeepStrictEqual } from "node:util";
import * as kcfg from "../../src/index.ts";
import { fakeHost } from "../support/fake-host.ts";

const SECRETS = [
  "s3cr3t-token",
  "s3cr3t-password",
  "s3cr3t-arg",
  "s3cr3t-env",
  "s3cr3t-id",
  "s3cr3t-extension",
];
const key = Buffer.from("s3cr3t-key").toString("base64");
const TEXT = `
preferences: {colors: true, extensions: [{name: p, extension: s3cr3t-extension}]}
extensions: [{name: top, extension: {a: s3cr3t-extension}}]
clusters:
- {name: c, cluster: {server: "https://u:s3cr3t-password@h", certificate-authority-data: YWJj, extensions: [{name: e, extension: s3cr3t-extension}]}}
users:
- {name: t, user: {token: s3cr3t-token, client-certificate-data: YWJj, client-key-data: ${key}, as: jane, as-user-extra: {scope: [view]}}}
- {name: b, user: {username: me, password: s3cr3t-password}}
- {name: x, user: {exec: {command: plug, apiVersion: v, args: [s3cr3t-arg], env: [{name: E, value: s3cr3t-env}]}}}
- {name: o, user: {auth-provider: {name: oidc, config: {id-token: s3cr3t-id}}}}
contexts:
- {name: dev, context: {cluster: c, user: t, namespace: shop, extensions: [{name: e, extension: s3cr3t-extension}]}}
- {name: __proto__, context: {cluster: c, user: t}}
current-context: dev
`;
const host = fakeHost({ files: { "/k": TEXT, "/other": "current-context: dev\n" } });
const rules = { explicitPath: "/k", host };

function hasSecret(text: string): boolean {
  return [...SECRETS, key, "115,51,99,114"].some((secret) => text.includes(secret));
}

const config = kcfg.decodeConfig(TEXT, "/k");
const direct = kcfg.newDefaultClientConfig(config, { host });

test.each<[what: string, made: kcfg.Config]>([
  ["decoded", config],
  ["loaded", kcfg.loadConfig(rules)],
  ["loaded from several files", kcfg.loadConfig({ precedence: ["/other", "/k"], host })],
  ["with its origins", kcfg.loadOrigins(rules).config],
  ["with paths resolved", kcfg.resolveLocalPaths(config, { host })],
  ["flattened", kcfg.flattenConfig(config, { host })],
  ["minified", kcfg.minifyConfig(config)],
  ["redacted", kcfg.redactSecrets(config)],
  ["shortened", kcfg.shortenConfig(config)],
  ["of a client config", direct.rawConfig()],
  ["with overrides", direct.mergedRawConfig()],
  ["copied with a change", { ...config, currentContext: "dev" }],
  [
    "made by hand",
    kcfg.newConfig({ ...config, clusters: new Map(config.clusters), extensions: new Map(config.extensions) }),
  ],
])("a config that was %s is a readable JSON document without secrets", (_what, made) => {
  const text = JSON.stringify(made);
  expect(JSON.parse(text)).toMatchObject({
    currentContext: "dev",
    clusters: { c: { server: expect.stringContaining("h") as unknown, extensions: { e: "REDACTED" } } },
    authInfos: {
      t: {
        token: "REDACTED",
        clientCertificateData: "DATA+OMITTED",
        impersonateUserExtra: { scope: "REDACTED" },
      },
    },
    contexts: { dev: { cluster: "c", namespace: "shop", extensions: { e: "REDACTED" } } },
    extensions: { top: "REDACTED" },
    preferences: { extensions: { p: "REDACTED" } },
  });
  expect(hasSecret(text)).toBe(false);
  expect(hasSecret(inspect(made, { depth: 20 }))).toBe(false);
  expect(text).not.toContain('"type":"Buffer"');
});

test("all users and their plugins are in it", () => {
  expect(JSON.parse(JSON.stringify(config.authInfos))).toMatchObject({
    b: { username: "me", password: "REDACTED" },
    x: { exec: { command: "plug", args: ["REDACTED"], env: [{ name: "E", value: "REDACTED" }] } },
    o: { authProvider: { name: "oidc", config: { "id-token": "REDACTED" } } },
  });
  expect(Object.keys(JSON.parse(JSON.stringify(config.contexts)) as object)).toContain("__proto__");
});

test("a rest config and overrides are readable, too", async () => {
  const rest = await direct.clientConfig();
  expect(JSON.parse(JSON.stringify(rest))).toMatchObject({
    host: "https://REDACTED@h",
    bearerToken: "REDACTED",
    tls: { caData: "DATA+OMITTED", keyData: "REDACTED" },
    impersonate: { extra: {} },
  });
  const overrides = new kcfg.ConfigOverrides({
    authInfo: { token: "s3cr3t-token" },
    cluster: { server: "https://h" },
  });
  expect(hasSecret(JSON.stringify([rest, overrides]))).toBe(false);
  const extra = new Map([["scopes", ["view"]]]);
  expect(JSON.stringify(new kcfg.RestConfig({ impersonate: { userName: "jane", extra } }))).toContain(
    '{"scopes":"REDACTED"}',
  );
});

test("the maps remain maps like any other", () => {
  expect(config.clusters).toEqual(new Map(config.clusters));
  expect(isDeepStrictEqual(config.extensions, new Map(config.extensions))).toBe(true);
  expect(kcfg.encodeConfig(config)).toContain("s3cr3t-extension");
});
