import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePem } from "../../src/go/pem.ts";
import { CERTIFICATES, KEYS } from "../fuzz/der-seeds.ts";
import { runEmbedding, survived } from "../support/embedding-program.ts";
import { startBin } from "../support/start-bin.ts";

const der = (base64: string | undefined): Buffer => Buffer.from(base64 ?? "", "base64");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const certificate = encodePem("CERTIFICATE", der(CERTIFICATES["prime256v1"]));

/** The private scalar reaches to the end of the structure: 32 bytes say that they are 102. */
function longScalar(): Buffer {
  const key = der(KEYS["prime256v1, PKCS #8"]);
  key[key.indexOf(Buffer.from([2, 1, 1, 4, 0x20])) + 4] = 0x66;
  return key;
}

/** The first parameter of a DSA key is gone. */
function brokenDsa(): Buffer {
  const key = der(KEYS["dsa, PKCS #8"]);
  key[key.indexOf(Buffer.from([0x02, 0x81, 0x81]))] = 0x05;
  return key;
}

const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ["an EC key whose scalar is 102 bytes long", longScalar()],
  ["a malformed DSA key", brokenDsa()],
  ["an EC key with a curve in numbers", der(KEYS["explicit, PKCS #8"])],
];

/** kubectl 1.36.3 says the same. */
const WORDS = "tls: failed to parse private key";

describe.each(HOSTILE)("%s", (_name, key) => {
  const pem = encodePem("PRIVATE KEY", key);
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kcfg-keys-"));
    const status = { clientCertificateData: certificate, clientKeyData: pem };
    const credential = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status };
    const plugin = join(folder, "plugin");
    writeFileSync(plugin, `#!/bin/sh\ncat <<'E'\n${JSON.stringify(credential)}\nE\n`);
    chmodSync(plugin, 0o755);
    writeFileSync(join(folder, "c.pem"), certificate);
    writeFileSync(join(folder, "k.pem"), pem, { mode: 0o600 });
    const users = {
      data: { "client-certificate-data": base64(certificate), "client-key-data": base64(pem) },
      file: { "client-certificate": "c.pem", "client-key": "k.pem" },
      exec: { exec: { apiVersion: credential.apiVersion, command: plugin, interactiveMode: "Never" } },
    };
    writeFileSync(
      join(folder, "config"),
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "data",
        clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:9" } }],
        contexts: Object.keys(users).map((name) => ({ name, context: { cluster: "c", user: name } })),
        users: Object.entries(users).map(([name, user]) => ({ name, user })),
      }),
      { mode: 0o600 },
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const kcfg = (...args: readonly string[]): ReturnType<typeof startBin> =>
    startBin([...args, "--kubeconfig", join(folder, "config")]);

  test.each([
    ["data", `error: ${WORDS}\n`],
    [
      "exec",
      `Unable to connect to the server: getting credentials: exec: failed parsing client key/certificate: ${WORDS}\n`,
    ],
  ])("fails a request in kubectl's words, from %s", async (context, stderr) => {
    const run = await kcfg("raw", "/", "--context", context);
    expect([run.exitCode, run.stderr.replace("exec: failed", "failed")]).toEqual([
      1,
      stderr.replace("exec: failed", "failed"),
    ]);
  });

  test.each([
    ["raw", "/", "--context", "file"],
    ["credential", "--context", "exec"],
    ["doctor"],
    ["export"],
    ["resolve"],
    ["explain"],
    ["view", "--minify", "--flatten"],
  ])("ends %s %s in order", async (...args) => {
    const { exitCode, stderr } = await kcfg(...args);
    // A signal has no exit code; 134 is what a shell makes of SIGABRT.
    expect([0, 1, 2]).toContain(exitCode);
    expect(stderr).not.toMatch(/Assertion failed|Native stack trace|\n\s+at /);
  });

  test("rejects a request of a program that embeds the library", async () => {
    const program = `
      const tls = kcfg.newTlsClientConfig({ certData: Buffer.from(args[0]), keyData: Buffer.from(args[1]) });
      try { await client({ host: "https://127.0.0.1:9", tls }).fetch("/x"); } catch (e) { console.log(told(e)); }`;
    expect(await runEmbedding(program, [certificate, pem])).toEqual({
      ...survived,
      stdout: `ConnectionError: ${WORDS}\nalive\n`,
    });
  });
});
