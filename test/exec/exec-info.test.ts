import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  encodeExecCredential,
  loadExecCredential,
  pluginPrompter,
  readExecInfo,
} from "../../src/exec-plugin.ts";
import { memoryHost } from "../../src/testing.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import type { Outcome } from "./outcome.ts";
import { comparableError } from "./outcome.ts";
import { pluginOutputs } from "./plugin-outputs.ts";

const V1 = "client.authentication.k8s.io/v1";
const FIELDS = new Set(["token", "clientCertificateData", "clientKeyData"]);
const VERSIONS = [V1, "client.authentication.k8s.io/v1beta1"];

function credential(spec: object, apiVersion = V1): string {
  return JSON.stringify({ kind: "ExecCredential", apiVersion, spec });
}

function read(value: string | undefined): unknown {
  return readExecInfo({ host: memoryHost({ env: { KUBERNETES_EXEC_INFO: value } }) });
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

describe("what the client asks is read as client-go's LoadExecCredential does", () => {
  // The cases of client-go's own test.
  test.each(VERSIONS)("%s with a cluster", (apiVersion) => {
    const cluster = {
      server: "https://some-server/some/path",
      "tls-server-name": "some-server-name",
      "insecure-skip-tls-verify": true,
      "certificate-authority-data": Buffer.from("some-ca-data").toString("base64"),
      "proxy-url": "https://some-proxy-url:12345",
      config: { apiVersion: "group/v1", kind: "PluginConfig", spec: { names: ["marshmallow", "zelda"] } },
    };
    const info = loadExecCredential(credential({ cluster, interactive: true }, apiVersion));
    expect(info).toMatchObject({ apiVersion, interactive: true });
    const { host, tls, proxyUrl, bearerToken } = info.restConfig;
    expect({ host, proxyUrl, bearerToken }).toEqual({
      host: "https://some-server/some/path",
      proxyUrl: "https://some-proxy-url:12345",
      bearerToken: "",
    });
    expect(tls).toMatchObject({ insecure: true, serverName: "some-server-name" });
    expect(Buffer.from(tls.caData ?? []).toString()).toBe("some-ca-data");
    expect(info.cluster.config).toEqual(
      new Map<string, unknown>([
        ["apiVersion", "group/v1"],
        ["kind", "PluginConfig"],
        ["spec", new Map([["names", ["marshmallow", "zelda"]]])],
      ]),
    );
    const { config: _, ...without } = cluster;
    expect(loadExecCredential(credential({ cluster: without }, apiVersion)).cluster.config).toBeUndefined();
  });

  test.each([
    [
      credential({ cluster: { "proxy-url": "invalid- url\n" } }),
      "cannot create rest.Config: cannot parse proxy URL: net/url: invalid control character in URL",
    ],
    [credential({}), "ExecCredential does not contain cluster information"],
    [
      '{"kind":"Status","apiVersion":"v1"}',
      "invalid group/kind: wanted ExecCredential.client.authentication.k8s.io, got Status",
    ],
    [
      `{"kind":"ListOptions","apiVersion":"${V1}"}`,
      "invalid group/kind: wanted ExecCredential.client.authentication.k8s.io, got ListOptions.client.authentication.k8s.io",
    ],
    ["bad data", "decode: couldn't get version/kind; an ExecCredential must be a mapping, not text"],
    [`{"apiVersion":"${V1}"}`, "decode: Object 'Kind' is missing"],
    ['{"kind":"ExecCredential"}', "decode: Object 'apiVersion' is missing"],
    [
      credential({}, "client.authentication.k8s.io/v1alpha1"),
      'decode: no kind "ExecCredential" is registered for version "client.authentication.k8s.io/v1alpha1"',
    ],
    [credential({ interactive: "s3cr3t" }), "decode: spec.interactive must be a boolean, not text"],
  ])("%s is refused", (data, message) => {
    expect(messageOf(() => loadExecCredential(data))).toBe(`ExecPluginError: ${message}`);
  });

  test("from the environment, where the cluster may be missing", () => {
    expect(read(credential({ interactive: false }))).toEqual({
      apiVersion: V1,
      interactive: false,
      cluster: undefined,
      restConfig: undefined,
    });
    for (const value of [undefined, ""]) {
      expect(messageOf(() => read(value))).toBe(
        "ExecPluginError: KUBERNETES_EXEC_INFO env var is unset or empty",
      );
    }
  });

  test("inspecting it shows no password", () => {
    const cluster = {
      server: "https://u:s3cr3t@h",
      "proxy-url": "http://u:s3cr3t@p",
      config: { key: "s3cr3t" },
    };
    const info = loadExecCredential(credential({ cluster }));
    expect(inspect(info, { depth: 9 }) + JSON.stringify(info)).not.toContain("s3cr3t");
    expect(info.cluster.server).toBe("https://u:s3cr3t@h");
  });
});

describe("a credential is written if kubectl takes it", () => {
  const rows = Object.entries(pluginOutputs).flatMap(([about, outputs]) => {
    const file = join(repositoryRoot(), "test", "exec", "vectors", `${about}.json`);
    const { vectors } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly vectors: readonly { readonly kubectl: Outcome }[];
    };
    return outputs.flatMap(({ name, stdout, apiVersion }, at) => {
      const status = statusIn(stdout, apiVersion);
      const kubectl = vectors[at]?.kubectl;
      return status === undefined || kubectl === undefined
        ? []
        : [[`${about}: ${name}`, { status, apiVersion, kubectl }] as const];
    });
  });

  test("there are many recorded answers", () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  test.each(rows)("%s", (_name, { status, apiVersion, kubectl }) => {
    const said = messageOf(() => encodeExecCredential({ apiVersion }, status));
    if ("error" in kubectl) {
      expect(comparableError(said.replace(/^\w+: /, "getting credentials: "))).toBe(kubectl.error);
    } else if ("unsendable" in kubectl) {
      expect(said).toBe('ExecPluginError: net/http: invalid header field value for "Authorization"');
    } else {
      expect(said).toBe("no error");
    }
  });

  test.each([
    [{ token: "t", expirationTimestamp: new Date("2026-01-31T15:04:05.678Z") }],
    [{ token: "t", expirationTimestamp: Date.UTC(2026, 0, 31, 15, 4, 5) }],
    [{ token: "t", expirationTimestamp: "2026-01-31T16:04:05+01:00" }],
  ])("with its expiry to the second: %j", (status) => {
    expect(encodeExecCredential({ apiVersion: V1 }, status)).toBe(
      `{"kind":"ExecCredential","apiVersion":"${V1}","spec":{"interactive":false},` +
        '"status":{"expirationTimestamp":"2026-01-31T15:04:05Z","token":"t"}}\n',
    );
  });

  test.each([
    [{ token: "t", expirationTimestamp: "s3cr3t" }, "ExecPluginError: expirationTimestamp must be a time"],
    [{ token: "t", expirationTimestamp: Number.NaN }, "ExecPluginError: expirationTimestamp must be a time"],
    [{ token: "t", expirationTimestamp: 1e15 }, "ExecPluginError: expirationTimestamp must be a time"],
    [{ tokn: "s3cr3t" }, 'TypeError: encodeExecCredential: unknown option "tokn"; did you mean "token"?'],
    [{ token: 1 }, 'TypeError: encodeExecCredential: option "token" must be a string, not a number'],
    [
      { token: "s3cr3t\r\nX: y" },
      'ExecPluginError: net/http: invalid header field value for "Authorization"',
    ],
    [{ token: undefined }, "ExecPluginError: exec plugin didn't return a token or cert/key pair"],
  ])("and %j is refused", (status, message) => {
    const said = messageOf(() => encodeExecCredential({ apiVersion: V1 }, status as object));
    expect(said).toContain(message);
    expect(said).not.toContain("s3cr3t");
  });

  test("and no other version", () => {
    expect(messageOf(() => encodeExecCredential({ apiVersion: "v9" }, { token: "t" }))).toBe(
      'ExecPluginError: exec plugin: invalid apiVersion "v9"',
    );
  });
});

/** The status in an output that holds nothing else that could be refused, and only strings. */
function statusIn(stdout: string, apiVersion: string): Record<string, string> | undefined {
  try {
    const { status, ...rest } = JSON.parse(stdout) as { readonly status?: object };
    const plain = { kind: "ExecCredential", apiVersion, spec: { interactive: false } };
    const fields = Object.entries(status ?? {});
    const isPlain = fields.every(([name, value]) => FIELDS.has(name) && typeof value === "string");
    return JSON.stringify(rest) === JSON.stringify(plain) && fields.length > 0 && isPlain
      ? Object.fromEntries(fields)
      : undefined;
  } catch {
    return undefined;
  }
}

test("a plugin asks its user only where the client gives it standard input", async () => {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  expect(messageOf(() => pluginPrompter({ interactive: false }, write))).toContain(
    "standard input is not available to this plugin",
  );
  const prompter = pluginPrompter({ interactive: true }, write, { host: memoryHost({}) });
  await expect(prompter.askSecret("Password")).rejects.toThrow("error reading input for Password");
  expect(written).toEqual(["Please enter Password: "]);
});

test.each([
  ["a string", "v1", "encodeExecCredential: the options must be a plain object, not a string"],
  ["null", null, "encodeExecCredential: the options must be a plain object, not null"],
  ["a misspelt field", { tokn: "t" }, 'encodeExecCredential: unknown option "tokn"; did you mean "token"?'],
])("%s in the place of a credential is refused by name", (_, wrong, message) => {
  expect(() =>
    encodeExecCredential({ apiVersion: "client.authentication.k8s.io/v1" }, wrong as never),
  ).toThrow(new TypeError(message));
});
