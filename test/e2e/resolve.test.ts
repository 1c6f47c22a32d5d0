import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBin } from "../support/run-bin.ts";

const KUBECONFIG = JSON.stringify({
  clusters: [
    {
      name: "c",
      cluster: {
        server: "https://api.example.com:6443/prefix?q",
        "tls-server-name": "api",
        "certificate-authority-data": "Q0EtZGF0YQ==",
        "proxy-url": "socks5://me:pr0xypass@proxy:1080",
        extensions: [{ name: "client.authentication.k8s.io/exec", extension: { audience: "ext3nsion" } }],
      },
    },
    { name: "plain", cluster: { server: "http://plain" } },
  ],
  users: [
    {
      name: "token",
      user: { token: "t0ken", "client-certificate-data": "Q0VSVA==", "client-key-data": "S0VZ" },
    },
    { name: "basic", user: { username: "me", password: "passw0rd" } },
    {
      name: "plugin",
      user: {
        exec: {
          apiVersion: "client.authentication.k8s.io/v1",
          command: "./login",
          args: ["--secret=arg5"],
          env: [{ name: "KEY", value: "env5" }],
          interactiveMode: "Never",
        },
      },
    },
    { name: "nobody", user: {} },
  ],
  contexts: [
    { name: "token", context: { cluster: "c", user: "token", namespace: "shop" } },
    { name: "basic", context: { cluster: "c", user: "basic" } },
    { name: "plugin", context: { cluster: "c", user: "plugin" } },
    { name: "nobody", context: { cluster: "c", user: "nobody" } },
    { name: "plain", context: { cluster: "plain", user: "token" } },
  ],
  "current-context": "token",
});

const SECRETS = /t0ken|passw0rd|pr0xypass|arg5|env5|ext3nsion|S0VZ|KEY-/;

describe("kcfg resolve", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-resolve-"));
  const file = join(folder, "config");
  beforeAll(() => writeFileSync(file, KUBECONFIG));
  afterAll(() => rmSync(folder, { recursive: true }));

  const kcfg = (...args: readonly string[]) => runBin(args, { cwd: folder, env: { KUBECONFIG: file } });

  test("prints the configuration of a client without its secrets", () => {
    expect(kcfg("resolve")).toEqual({
      stdout: `bearerToken: REDACTED
host: https://api.example.com:6443/prefix
namespace: shop
namespaceOverridden: false
proxyUrl: socks5://REDACTED@proxy:1080
tls:
  caData: DATA+OMITTED
  certData: DATA+OMITTED
  keyData: REDACTED
  serverName: api
`,
      stderr: "",
      exitCode: 0,
    });
  });

  test("prints secrets when it is asked to", () => {
    const { stdout } = kcfg("resolve", "--raw", "-o", "json");
    expect(JSON.parse(stdout)).toEqual({
      host: "https://api.example.com:6443/prefix",
      namespace: "shop",
      namespaceOverridden: false,
      bearerToken: "t0ken",
      proxyUrl: "socks5://me:pr0xypass@proxy:1080",
      tls: { caData: "Q0EtZGF0YQ==", certData: "Q0VSVA==", keyData: "S0VZ", serverName: "api" },
    });
  });

  test.each(["token", "basic", "plugin"])("shows no secret of the context %s in any format", (context) => {
    for (const format of ["yaml", "json", "kyaml", "jsonpath={}"]) {
      const { stdout, exitCode } = kcfg("resolve", "--context", context, "-o", format);
      expect(exitCode).toBe(0);
      expect(stdout).not.toMatch(SECRETS);
    }
  });

  test("takes the flags before and after its name, over the file", () => {
    const { stdout } = kcfg(
      "-nweb",
      "resolve",
      "-s=https://other",
      "--token",
      "x",
      "--as=jane",
      "--request-timeout=2m",
    );
    expect(stdout).toBe(`bearerToken: REDACTED
host: https://other
impersonate:
  userName: jane
namespace: web
namespaceOverridden: true
proxyUrl: socks5://REDACTED@proxy:1080
timeout: 2m0s
tls:
  caData: DATA+OMITTED
  certData: DATA+OMITTED
  keyData: REDACTED
`);
  });

  test("gives no credentials to a server without TLS", () => {
    const { stdout } = kcfg("resolve", "--context", "plain", "--raw");
    expect(stdout).toBe("host: http://plain\nnamespace: default\nnamespaceOverridden: false\n");
  });

  test.each([
    [["--context", "nope"], 'error: context "nope" does not exist\n'],
    [["--user", "nope"], 'error: auth info "nope" does not exist\n'],
    [["--cluster", "nope"], 'error: cluster "nope" does not exist\n'],
    [["--request-timeout", "soon"], expect.stringContaining("Invalid timeout value")],
    [["extra"], expect.stringContaining("unexpected arguments: [extra]")],
    [["-o", "wide"], expect.stringContaining("unable to match a printer suitable")],
  ])("refuses %j as kubectl would", (args, stderr) => {
    expect(kcfg("resolve", ...args)).toEqual({ stdout: "", stderr, exitCode: 1 });
  });

  test("asks for what a user entry lacks, and gives up where nobody answers", () => {
    expect(kcfg("resolve", "--context", "nobody")).toEqual({
      stdout: "Please enter Username: ",
      stderr: "error: EOF\n",
      exitCode: 1,
    });
  });

  test("finds localhost when there is nothing else", () => {
    expect(runBin(["resolve", "-o", "jsonpath={.host}"]).stdout).toBe("http://localhost:8080");
    const env = { KUBERNETES_MASTER: "http://master" };
    expect(runBin(["resolve", "-o", "jsonpath={.host}"], { env }).stdout).toBe("http://master");
  });
});

describe("kcfg namespace", () => {
  test("prints the namespace of requests", () => {
    expect(runBin(["namespace"]).stdout).toBe("default\n");
    expect(runBin(["namespace", "-n", "web"]).stdout).toBe("web\n");
    expect(runBin(["namespace", "--context", "nope"])).toEqual({
      stdout: "",
      stderr: 'error: context "nope" does not exist\n',
      exitCode: 1,
    });
  });
});
