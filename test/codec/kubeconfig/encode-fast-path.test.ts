import type { ExecInteractiveMode } from "../../../src/api/exec.ts";
import * as fc from "fast-check";
import { AuthInfo, AuthProviderConfig } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import { newConfig, newContext } from "../../../src/api/config.ts";
import type { Config } from "../../../src/api/config.ts";
import { ExecConfig } from "../../../src/api/exec.ts";
import { encodeFastPath } from "../../../src/codec/kubeconfig/encode-fast-path.ts";
import { encodeConfig } from "../../../src/codec/kubeconfig/encode-config.ts";
import { configToV1 } from "../../../src/codec/kubeconfig/to-v1.ts";
import { writeYaml } from "../../../src/yaml/write.ts";

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("", "a", "c-1", "https://h:6443", "Y29udGV4dA==") },
  fc.constantFrom(
    "y",
    "0777",
    "1e3",
    "- x",
    "a: b",
    "a #b",
    " lead",
    "trail ",
    "two\nlines",
    "two\nlines\n\n",
  ),
  fc.constantFrom(
    "\u2028",
    "x\u2028",
    "x\n\u2029",
    "\ud800",
    "\u0085",
    "\u007f",
    "\t",
    "#",
    "'",
    '"',
    "null",
    "~",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.nat(30).map((n) => "word ".repeat(n) + "end"),
);
const texts = fc.array(text, { maxLength: 3 });
const bytes = fc.option(fc.uint8Array({ maxLength: 80 }), { nil: undefined });
const extensions = fc.oneof(
  { weight: 6, arbitrary: fc.constant(new Map()) },
  text.map((name) => new Map([[name, new Map([["k", name]])]])),
);

const cluster = fc
  .record({
    server: text,
    tlsServerName: text,
    insecureSkipTlsVerify: fc.boolean(),
    certificateAuthority: text,
    certificateAuthorityData: bytes,
    proxyUrl: text,
    disableCompression: fc.boolean(),
    extensions,
  })
  .map((fields) => new Cluster(fields));

const context = fc.record({ cluster: text, authInfo: text, namespace: text, extensions }).map(newContext);

const exec = fc
  .record({
    command: text,
    args: fc.option(texts, { nil: undefined }),
    env: fc.option(fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }), { nil: undefined }),
    apiVersion: text,
    installHint: text,
    provideClusterInfo: fc.boolean(),
    interactiveMode: text as fc.Arbitrary<ExecInteractiveMode>,
  })
  .map((fields) => new ExecConfig(fields));

const user = fc
  .record(
    {
      clientCertificate: text,
      clientCertificateData: bytes,
      clientKey: text,
      clientKeyData: bytes,
      token: text,
      tokenFile: text,
      impersonate: text,
      impersonateUid: text,
      impersonateGroups: texts,
      impersonateUserExtra: fc.oneof(
        { weight: 5, arbitrary: fc.constant(new Map()) },
        fc.tuple(text, texts).map((entry) => new Map([entry])),
      ),
      username: text,
      password: text,
      exec,
      extensions,
      authProvider: fc.constantFrom(
        undefined,
        undefined,
        new AuthProviderConfig({ name: "p", config: new Map([["k", "v"]]) }),
      ),
    },
    { requiredKeys: [] },
  )
  .map((fields) => new AuthInfo(fields));

const entries = <T>(entry: fc.Arbitrary<T>): fc.Arbitrary<Map<string, T>> =>
  fc.array(fc.tuple(text, entry), { maxLength: 3 }).map((list) => new Map(list));

const config = fc
  .record({
    clusters: entries(cluster),
    contexts: entries(context),
    authInfos: entries(user),
    currentContext: text,
    extensions,
    preferences: fc.record({ colors: fc.constantFrom(false, false, false, true), extensions }),
  })
  .map(newConfig);

/** The text, or what kubectl says about a value that it cannot print. */
function outcome(write: () => string): string {
  try {
    return write();
  } catch (error) {
    return String(error);
  }
}

const longWay = (value: Config): string => outcome(() => writeYaml(configToV1(value)));

describe("writing a config the short way", () => {
  test("gives what the detour over generic values gives", () => {
    fc.assert(
      fc.property(config, (value) => {
        expect(outcome(() => encodeConfig(value))).toBe(longWay(value));
      }),
      { numRuns: Number(process.env["KCFG_FUZZ_RUNS"] ?? 2000) },
    );
  });

  test("is taken for a usual config, and not where it would not be the same", () => {
    const usual = newConfig({ clusters: new Map([["c", new Cluster({ server: "s" })]]) });
    expect(encodeFastPath(usual)).toBe(longWay(usual));
    expect(encodeFastPath({ ...usual, currentContext: "a\u0085b" })).toBeUndefined();
    expect(encodeFastPath({ ...usual, extensions: new Map([["e", 1]]) })).toBeUndefined();
  });
});
