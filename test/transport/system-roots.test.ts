import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemRoots } from "../../src/transport/system-roots.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { fakeHost } from "../support/fake-host.ts";
import { startServer } from "../support/https-server.ts";
import { closeAll, complaint, machine } from "./open.ts";

let one: Authority;
let other: Authority;

beforeAll(async () => {
  [one, other] = await Promise.all([createAuthority("one"), createAuthority("other")]);
});

/** Whom a machine trusts, by number. */
function trusted(machineOf: Parameters<typeof fakeHost>[0]): readonly string[] | undefined {
  const names = new Map([
    [one.certificate.trim(), "one"],
    [other.certificate.trim(), "other"],
  ]);
  return systemRoots(fakeHost(machineOf))?.map((root) => names.get(root.trim()) ?? "somebody else");
}

describe("the system's authorities are those that Go finds", () => {
  test("in the first of its usual files", () => {
    const files = {
      "/etc/ssl/certs/ca-certificates.crt": `${one.certificate}\n${other.certificate}\n`,
      "/etc/ssl/cert.pem": "",
    };
    expect(trusted({ files })).toEqual(["one", "other"]);
    expect(trusted({ files: { "/etc/ssl/cert.pem": one.certificate } })).toEqual(["one"]);
  });

  test("in its usual folders", () => {
    expect(trusted({ files: { "/etc/pki/tls/certs/x.pem": one.certificate } })).toEqual(["one"]);
  });

  test("in the file that SSL_CERT_FILE names, and no other", () => {
    const files = { "/etc/ssl/cert.pem": one.certificate, "/mine": other.certificate };
    expect(trusted({ files, env: { SSL_CERT_FILE: "/mine" } })).toEqual(["other"]);
    expect(trusted({ files, env: { SSL_CERT_FILE: "/none" } })).toEqual([]);
  });

  test("in the folders that SSL_CERT_DIR names, beside a usual file", () => {
    const files = { "/etc/ssl/cert.pem": one.certificate, "/b/x": other.certificate, "/b/y": "junk" };
    expect(trusted({ files, env: { SSL_CERT_DIR: "/a:/b" } })).toEqual(["one", "other"]);
  });

  test("and in the file that NODE_EXTRA_CA_CERTS names, as for the rest of a Node program", () => {
    const files = { "/etc/ssl/cert.pem": one.certificate, "/extra": `# mine\n${other.certificate}` };
    expect(trusted({ files, env: { NODE_EXTRA_CA_CERTS: "/extra" } })).toEqual(["one", "other"]);
    expect(trusted({ files, env: { NODE_EXTRA_CA_CERTS: "/none" } })).toEqual(["one"]);
    const env = { NODE_EXTRA_CA_CERTS: "/extra", SSL_CERT_FILE: "/none" };
    expect(trusted({ files, env })).toEqual(["other"]);
  });

  test("which are looked for once, however many connections there are", () => {
    const host = fakeHost({ files: { "/etc/ssl/cert.pem": one.certificate } });
    let reads = 0;
    const readFile: typeof host.fs.readFile = (...args) => {
      reads += 1;
      return host.fs.readFile(...args);
    };
    const counting = { ...host, fs: { ...host.fs, readFile } };
    const first = systemRoots(counting);
    const before = reads;
    expect(before).toBeGreaterThan(0);
    expect(systemRoots(counting)).toBe(first);
    expect(reads).toBe(before);
  });

  test("and where there are none, Node's own are left to do", () => {
    expect(trusted({})).toBeUndefined();
  });
});

test("a server is trusted if the system trusts its authority and nothing else is said", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-roots-"));
  const file = join(folder, "ca.pem");
  writeFileSync(file, one.certificate);
  const server = await startServer({
    identity: await one.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
  expect(await complaint({ host: server.url }, machine({ env: { SSL_CERT_FILE: file } }))).toBe("");
  await closeAll();
  await server.close();
  rmSync(folder, { recursive: true });
});
