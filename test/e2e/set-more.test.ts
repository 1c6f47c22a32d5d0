import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../support/certificates.ts";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-set-more-"));
const config = join(folder, "config");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kcfg(...args: readonly string[]): Run {
  return runBin(args, { env: { HOME: folder, KUBECONFIG: config }, cwd: folder });
}

function start(text: string): void {
  writeFileSync(config, text);
}

function left(): string {
  return readFileSync(config, "utf8");
}

describe("the fields of a plugin are set, which kubectl cannot", () => {
  const START = `users:
- name: me # mine
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: aws # found in PATH
      interactiveMode: Never
      args:
      - s3cr3t
      env:
      - {name: AWS_PROFILE, value: dev}
`;

  test.each([
    ["users.me.exec.command", "gcloud", "command: gcloud # found in PATH"],
    [
      "users.me.exec.apiVersion",
      "client.authentication.k8s.io/v1beta1",
      "apiVersion: client.authentication.k8s.io/v1beta1",
    ],
    ["users.me.exec.args", 'get-token,"a,b"', "args:\n      - get-token\n      - a,b"],
    [
      "users.me.exec.env",
      "A=1,B=x=y",
      'env:\n      - {name: A, value: "1"}\n      - name: B\n        value: x=y',
    ],
    ["users.me.exec.env.AWS_PROFILE", "prod", "env:\n      - {name: AWS_PROFILE, value: prod}"],
    ["users.me.exec.installHint", "get it", "installHint: get it"],
    ["users.me.exec.interactiveMode", "Always", "interactiveMode: Always"],
    ["users.me.exec.provideClusterInfo", "true", "provideClusterInfo: true"],
  ])("%s %s", (property, value, wanted) => {
    start(START);
    expect(kcfg("set", property, value)).toEqual({
      exitCode: 0,
      stdout: `Property "${property}" set.\n`,
      stderr: "",
    });
    expect(left()).toContain(wanted);
    expect(left()).toContain("- name: me # mine\n");
  });

  test("in an entry that is not there yet, or has no plugin", () => {
    start("users:\n- name: me\n  user: {token: t}\n");
    expect(kcfg("set", "users.me.exec.command", "aws").exitCode).toBe(0);
    expect(kcfg("set", "users.you.a.b.exec.args", "x").exitCode).toBe(0);
    expect(kcfg("view", "-o", "jsonpath={.users[*].name} {.users[*].user.exec}").stdout).toBe(
      'me you.a.b {"args":null,"command":"aws","env":null,"provideClusterInfo":false} {"args":["x"],"command":"","env":null,"provideClusterInfo":false}',
    );
    expect(left()).not.toContain("null");
  });

  test("and unset", () => {
    start(START);
    for (const property of ["users.me.exec.args", "users.me.exec.env.AWS_PROFILE"]) {
      expect(kcfg("unset", property)).toMatchObject({
        exitCode: 0,
        stdout: `Property "${property}" unset.\n`,
      });
    }
    expect(left()).toBe(START.slice(0, START.indexOf("      args:")));
  });

  test.each([
    [
      "users.me.exec.interactiveMode",
      "s3cr3t",
      "invalid interactive mode type, can be only IfAvailable, Never, Always",
    ],
    ["users.me.exec.env", "s3cr3t", "invalid exec-env format: expected NAME=VALUE, separated by commas"],
    ["users.me.exec.nope", "s3cr3t", "unable to parse one or more field values of users.me.exec.nope"],
    [
      "users.me.exec.command.x",
      "s3cr3t",
      "unable to parse one or more field values of users.me.exec.command.x",
    ],
  ])("%s %s is refused", (property, value, message) => {
    start(START);
    expect(kcfg("set", property, value)).toEqual({ exitCode: 1, stdout: "", stderr: `error: ${message}\n` });
    expect(left()).toBe(START);
  });

  test("completion offers them", () => {
    start(START);
    const { stdout } = kcfg("__complete", "set", "users.me.exec.");
    expect(stdout).toContain("users.me.exec.command");
    expect(kcfg("__complete", "set", "users.me.exec.interactiveMode", "").stdout).toContain("IfAvailable");
  });
});

describe("--embed-certs refuses what is not PEM", () => {
  let certificate = "";
  let key = "";
  beforeAll(async () => {
    const authority = await createAuthority();
    const issued = await authority.issue({ commonName: "me", hosts: ["localhost"] });
    certificate = issued.certificate;
    key = issued.key;
  });

  test("and embeds PEM", () => {
    start("");
    writeFileSync(join(folder, "ca.pem"), `a comment\n${certificate}`);
    writeFileSync(join(folder, "key.pem"), key);
    expect(kcfg("set-cluster", "c", "--embed-certs", "--certificate-authority=ca.pem").exitCode).toBe(0);
    expect(
      kcfg("set-credentials", "u", "--embed-certs", "--client-certificate=ca.pem", "--client-key=key.pem")
        .exitCode,
    ).toBe(0);
    expect(left()).toContain(Buffer.from(`a comment\n${certificate}`).toString("base64"));
  });

  test.each([
    [
      "text",
      () => "hello\n",
      "set-cluster",
      "--certificate-authority",
      "no certificate in PEM (-----BEGIN CERTIFICATE-----)\n",
    ],
    [
      "nothing",
      () => "",
      "set-cluster",
      "--certificate-authority",
      "no certificate in PEM (-----BEGIN CERTIFICATE-----)\n",
    ],
    ["a key", () => key, "set-cluster", "--certificate-authority", ", but PRIVATE KEY\n"],
    ["a certificate", () => certificate, "set-credentials", "--client-key", ", but CERTIFICATE\n"],
    [
      "DER",
      () => Buffer.from(certificate.replaceAll(/-----.*-----|\n/g, ""), "base64"),
      "set-credentials",
      "--client-certificate",
      "; convert it by openssl x509 -inform der -in FILE -out FILE.pem\n",
    ],
    [
      "base64 of PEM",
      () => Buffer.from(certificate).toString("base64"),
      "set-credentials",
      "--client-certificate",
      "; it is base64 of PEM: decode it by base64 -d FILE\n",
    ],
  ])("%s", (_what, content, command, flag, words) => {
    start("clusters: []\n");
    writeFileSync(join(folder, "file"), content());
    const { exitCode, stdout, stderr } = kcfg(command, "x", "--embed-certs", `${flag}=file`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^error: cannot embed --[a-z-]+ file: it holds no /);
    expect(stderr.endsWith(words)).toBe(true);
    expect(left()).toBe("clusters: []\n");
  });
});

test("the error for base64 has Go's offset, and says what to do", () => {
  start("clusters: [{name: c, cluster: {server: x}}]\n");
  expect(kcfg("set", "clusters.c.certificate-authority-data", "YWJ*").stderr).toBe(
    "error: error decoding input value: illegal base64 data at input byte 3 (encode the value as base64 does, or write it as it is with --set-raw-bytes)\n",
  );
  start('clusters: [{name: c, cluster: {certificate-authority-data: "YWJ*"}}]\n');
  expect(kcfg("view").stderr).toBe(
    `error: error loading config file "${config}": line 1, column 60: clusters[0].cluster.certificate-authority-data: illegal base64 data at input byte 3 (the value must be a file's content as base64 -w0 FILE prints it)\n`,
  );
});

describe("what is written anew has no nulls", () => {
  const PLUGIN = [
    "--exec-command=aws",
    "--exec-api-version=client.authentication.k8s.io/v1",
    "--exec-interactive-mode=Never",
  ];

  test.each([
    ["a context", ["set-context", "x", "--cluster=c"]],
    ["a cluster", ["set-cluster", "c", "--server=https://h"]],
    ["a user with a plugin", ["set-credentials", "u", ...PLUGIN]],
    ["a user with an auth-provider", ["set-credentials", "u", "--auth-provider=oidc"]],
    ["a value", ["set", "preferences.colors", "true"]],
  ])("%s in a new file", (_what, args) => {
    rmSync(config, { force: true });
    expect(kcfg(...args).exitCode).toBe(0);
    expect(left()).not.toContain("null");
    expect(left()).toMatch(/^(?:clusters|contexts|users): \[\]$/m);
  });

  test("a plugin in a file that is there, an import, an export", () => {
    start("# mine\nusers: []\n");
    expect(kcfg("set-credentials", "u", ...PLUGIN).exitCode).toBe(0);
    expect(left()).toContain("# mine\n");
    expect(kcfg("set-context", "x", "--cluster=c", "--user=u").exitCode).toBe(0);
    expect(kcfg("set-cluster", "c", "--server=https://h").exitCode).toBe(0);
    expect(left()).not.toContain("null");
    expect(kcfg("export", "x").stdout).not.toContain("null");
    const other = join(folder, "other");
    rmSync(other, { force: true });
    expect(kcfg("import", config, "--trust", "--kubeconfig", other).exitCode).toBe(0);
    expect(readFileSync(other, "utf8")).not.toContain("null");
  });

  test("what a file has stays, and view prints what kubectl prints", () => {
    const old = `apiVersion: v1
clusters: null
contexts: null
current-context: ""
kind: Config
preferences: {}
users:
- name: u
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args: null
      command: aws
      env: null
      interactiveMode: Never
      provideClusterInfo: false
`;
    start(old);
    expect(kcfg("set-credentials", "u", "--exec-command=gcloud").exitCode).toBe(0);
    expect(left()).toBe(old.replace("command: aws", "command: gcloud"));
    expect(kcfg("view").stdout).toBe(left().replace("preferences: {}\n", ""));
    rmSync(config);
    expect(kcfg("view").stdout).toBe(
      'apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n',
    );
  });
});

describe("kcfg's own output hides what kubectl shows", () => {
  const SECRETS = `current-context: x
contexts:
- {name: x, context: {cluster: c, user: o}}
- {name: z, context: {cluster: c, user: e}}
clusters:
- name: c
  cluster:
    server: https://u:S3CRET@h
    proxy-url: http://u:S3CRET@p:1
    extensions: [{name: e, extension: {key: EXT}}]
users:
- name: o
  user: {auth-provider: {name: oidc, config: {client-id: id, client-secret: S3CRET, refresh-token: S3CRET, idp-issuer-url: "https://i"}}}
- name: e
  user: {exec: {command: aws, args: [S3CRET, --token=S3CRET], env: [{name: A, value: S3CRET}], apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}
- {name: t, user: {token: S3CRET, username: me, password: S3CRET}}
`;
  beforeEach(() => start(SECRETS));

  test.each([
    ["view --redact=all"],
    ["view --redact=all -o json"],
    ["view --redact=all -o kyaml"],
    ["view --redact=all --flatten"],
    ["view --redact=all -o jsonpath={.users}"],
    ["view --redact=all -o go-template={{.users.x}}"],
    ["view --redact=all --show-origin"],
    ["view --show-origin"],
    ["view --show-origin -o json"],
    ["explain"],
    ["explain --context=z"],
    ["explain users.e.exec.args"],
    ["doctor -o json"],
    ["check-plugins -o json"],
    ["check-plugins -o sarif"],
    ["resolve -o json"],
    ["get-contexts -o json"],
    ["get-contexts -o wide"],
    ["set users.e.exec.args S3CRET,x --dry-run"],
    ["set users.e.exec.env.A S3CRET --dry-run"],
    ["delete-user o --dry-run"],
  ])("%s", (line) => {
    const { stdout, stderr } = kcfg(...line.split(" "));
    expect(stdout + stderr).not.toContain("S3CRET");
    expect(`${stdout}${stderr}`.length).toBeGreaterThan(10);
  });

  test("view itself hides what kubectl hides, as its help says", () => {
    const { stdout } = kcfg("view");
    expect(stdout.match(/S3CRET/g)).toHaveLength(7);
    expect(stdout).toContain("token: REDACTED");
    const help = kcfg("view", "--help").stdout;
    for (const word of [
      "arguments and variables",
      "refresh-token, client-secret",
      "passwords in URLs",
      "--redact=all",
    ]) {
      expect(help.replaceAll(/\s+/g, " ")).toContain(word);
    }
  });

  test("--redact=all hides the content of extensions, too; --show-origin does not", () => {
    expect(kcfg("view", "--redact=all").stdout).not.toContain("EXT");
    expect(kcfg("view", "--show-origin").stdout).toContain("key: EXT");
    expect(kcfg("view", "--raw", "--show-origin").stdout).toContain("S3CRET");
  });

  test("what cannot be is refused", () => {
    expect(kcfg("view", "--raw", "--redact=all").stderr).toContain(
      "--raw shows what --redact=all hides: give one of them\n",
    );
    expect(kcfg("view", "--redact=some").stderr).toContain('--redact must be secrets or all, not "some"\n');
  });
});
