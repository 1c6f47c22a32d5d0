import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createAuthority } from "../support/certificates.ts";
import { runBin } from "../support/run-bin.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-get-contexts-"));
const first = join(folder, "first.yaml");
const second = join(folder, "more", "second.yaml");
const expires = "2099-01-02T03:04:05Z";

beforeAll(async () => {
  const authority = await createAuthority();
  const notAfter = new Date("2099-01-02T03:04:05Z");
  const issued = await authority.issue({ commonName: "me", hosts: ["localhost"], notAfter });
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "more", "client.pem"), issued.certificate);
  writeFileSync(
    first,
    `current-context: b
clusters: [{name: c, cluster: {server: "https://u:s3cr3t@host:6443"}}]
users:
- {name: plugin, user: {exec: {command: aws, args: [s3cr3t], apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}}
- {name: data, user: {client-certificate-data: ${Buffer.from(issued.certificate).toString("base64")}, token: s3cr3t}}
contexts:
- {name: b, context: {cluster: c, user: plugin, namespace: shop}}
- name: a
  context: {cluster: c, user: data}
`,
  );
  writeFileSync(
    second,
    `contexts:
- {name: z, context: {cluster: nope, user: file}}
- {name: a, context: {cluster: shadowed, user: file}}
users:
- {name: file, user: {client-certificate: client.pem, client-key: client.key, username: me, password: s3cr3t}}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const result = runBin(["get-contexts", ...args], {
    env: { HOME: folder, KUBECONFIG: [first, second].join(delimiter) },
    cwd: folder,
  });
  expect(result.stdout + result.stderr).not.toContain("s3cr3t");
  return result;
}

const PLAIN = `CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE
          a      c         data       
*         b      c         plugin     shop
          z      nope      file       
`;

test("kubectl's own outputs are what they were", () => {
  expect(run().stdout).toBe(PLAIN);
  expect(run("--sort-by=name").stdout).toBe(PLAIN);
  expect(run("-o", "name").stdout).toBe("a\nb\nz\n");
  expect(run("-o", "xml")).toMatchObject({
    exitCode: 1,
    stdout: "",
    stderr: "error: --output xml is not available in kcfg get-contexts; resetting to default output format\n",
  });
});

test("-o wide adds the server, the credentials, the expiry, and the file and line", () => {
  const rows = run("-o", "wide")
    .stdout.split("\n")
    .map((line) => line.split(/ {2,}/));
  expect(rows).toEqual([
    ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE", "SERVER", "AUTH", "EXPIRES", "ORIGIN"],
    ["", "a", "c", "data", "https://REDACTED@host:6443", "certificate,token", expires, `${first}:8`],
    ["*", "b", "c", "plugin", "shop", "https://REDACTED@host:6443", "exec:aws", `${first}:7`],
    ["", "z", "nope", "file", "certificate,basic", expires, `${second}:2`],
    [""],
  ]);
  expect(run("-o", "wide", "--no-headers").stdout.split("\n")).toHaveLength(4);
});

test("-o json and yaml are for programs", () => {
  const document = JSON.parse(run("-o", "json").stdout) as object;
  expect(document).toEqual({
    contexts: [
      {
        name: "a",
        current: false,
        cluster: "c",
        user: "data",
        namespace: "",
        server: "https://REDACTED@host:6443",
        auth: ["certificate", "token"],
        certificateExpires: expires,
        file: first,
        line: 8,
      },
      {
        name: "b",
        current: true,
        cluster: "c",
        user: "plugin",
        namespace: "shop",
        server: "https://REDACTED@host:6443",
        auth: ["exec"],
        plugin: "aws",
        file: first,
        line: 7,
      },
      {
        name: "z",
        current: false,
        cluster: "nope",
        user: "file",
        namespace: "",
        server: "",
        auth: ["certificate", "basic"],
        certificateExpires: expires,
        file: second,
        line: 2,
      },
    ],
  });
  expect(run("-o", "yaml", "b").stdout).toContain("- auth:\n  - exec\n");
  expect(run("-o", "json", "--kubeconfig", join(folder, "none")).stdout).toBe('{\n  "contexts": []\n}\n');
});

test.each([
  ["name", "a b z"],
  ["cluster", "a b z"],
  ["user", "a z b"],
  ["namespace", "a z b"],
  ["server", "z a b"],
  ["auth", "z a b"],
  ["expires", "a z b"],
  ["file", "b a z"],
])("--sort-by %s", (order, names) => {
  expect(run("-o", "name", "--sort-by", order).stdout.trim().split("\n").join(" ")).toBe(names);
  const table = run("--sort-by", order, "--no-headers").stdout.trimEnd().split("\n");
  expect(table.map((line) => line.slice(1).trim().split(" ")[0]).join(" ")).toBe(names);
});

test("what is asked for and is not there is an error, after the rest", () => {
  expect(run("-o", "wide", "--sort-by=age")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(
      'error: --sort-by must be name, cluster, user, namespace, server, auth, expires or file, not "age"\n',
    ) as unknown,
  });
  const { exitCode, stdout, stderr } = run("-o", "json", "nope", "b");
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "error: context nope not found\n" });
  expect((JSON.parse(stdout) as { readonly contexts: unknown[] }).contexts).toHaveLength(1);
});
