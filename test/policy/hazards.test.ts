import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { newConfig } from "../../src/api/config.ts";
import type { Host } from "../../src/host/host.ts";
import { hazardFacts } from "../../src/loading/hazard-facts.ts";
import { findHazards } from "../../src/policy/find-hazards.ts";
import { isDangerous } from "../../src/policy/hazard.ts";
import { mixingHazards } from "../../src/policy/mixing-hazards.ts";
import { kubeconfig, kuberc, plugin } from "../doctor/kubeconfigs.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";

const FOLDER = "/home/u/Downloads";

function machine(more: FakeMachine = {}): Host {
  const host = fakeHost({
    ...more,
    files: {
      [`${FOLDER}/ca.crt`]: "x",
      [`${FOLDER}/certs/c.pem`]: "x",
      [`${FOLDER}/.git/config`]: "x",
      "/home/u/.vault-token": "x",
      "/home/u/Downloads-2/ca.crt": "x",
      "/etc/passwd": "x",
      ...more.files,
    },
    env: { HOME: "/home/u", PATH: "/usr/bin", ...more.env },
  });
  host.fs.createLink(`${FOLDER}/link`, "/home/u/.vault-token");
  host.fs.createLink(`${FOLDER}/nowhere`, "/home/u/not-yet");
  host.fs.createLink(`${FOLDER}/folder`, "/etc");
  host.fs.createLink(`${FOLDER}/inner`, `${FOLDER}/ca.crt`);
  return host;
}

function hazardsIn(text: string, host = machine(), file = `${FOLDER}/cluster.yaml`): readonly string[] {
  const config = decodeConfig(new TextEncoder().encode(text), file);
  return [
    ...findHazards(
      config,
      hazardFacts(host, () => true),
    ),
  ].map((hazard) => `${isDangerous(hazard) ? "!" : "-"} ${hazard.code}`);
}

const ofUser = (user: string, host?: Host): readonly string[] => hazardsIn(kubeconfig({ user }), host);
const ofCluster = (cluster: string, host?: Host): readonly string[] =>
  hazardsIn(kubeconfig({ cluster, user: "token: t" }), host);

test.each([
  ["token: t"],
  ["username: me, password: p"],
  ["client-certificate-data: eA==, client-key-data: eA=="],
  ["client-certificate: certs/c.pem, client-key: ./certs/../certs/c.pem"],
  [`client-certificate: ${FOLDER}/certs/c.pem`],
  ["client-certificate: inner"],
  ["client-certificate: not-there.pem"],
  ["client-certificate: ..data/c.pem"],
])("a user is harmless: {%s}", (user) => {
  expect(ofUser(user)).toEqual([]);
});

test.each([
  "../.vault-token",
  "/home/u/.vault-token",
  `${FOLDER}/../.vault-token`,
  `${FOLDER}/x/../../.vault-token`,
  `${FOLDER}//..//.vault-token`,
  "./../.vault-token",
  "link",
  "./link",
  "nowhere",
  "nowhere/deeper",
  "folder/passwd",
  "folder/not-there",
  ".git/config",
  "../Downloads-2/ca.crt",
  "..",
  "/proc/self/environ",
])("a file is outside the kubeconfig's folder: %s", (path) => {
  expect(ofUser(`tokenFile: "${path}"`)).toContain("! token-file-outside");
  expect(ofUser(`token: t, client-key: "${path}"`)).toContain("! file-outside");
  expect(ofUser(`token: t, client-certificate: "${path}"`)).toContain("! file-outside");
  expect(ofCluster(`server: "https://h", certificate-authority: "${path}"`)).toContain("! file-outside");
});

test("a token's file is sent, wherever it is, and named with its whole path and where it goes", () => {
  expect(ofUser("tokenFile: certs/c.pem")).toEqual(["! token-file"]);
  const text = kubeconfig({
    cluster: "server: 'https://me:s3cr3t@evil'",
    user: "tokenFile: ../.vault-token",
  });
  const config = decodeConfig(new TextEncoder().encode(text), "Downloads/cluster.yaml");
  const host = { ...machine(), cwd: () => "/home/u" };
  expect(
    [
      ...findHazards(
        config,
        hazardFacts(host, () => true),
      ),
    ].map(({ detail }) => detail),
  ).toEqual([
    `sends the content of "/home/u/.vault-token", a file outside the kubeconfig's folder, to "https://REDACTED@evil"`,
  ]);
});

test("a path that no system opens is nobody's", () => {
  expect(ofUser(`token: t, client-key: ${"a/".repeat(300_000)}`)).toEqual(["! file-outside"]);
});

test("a folder above the home has no files of its own", () => {
  const text = kubeconfig({
    cluster: 'server: "https://h", certificate-authority: u/ca.crt',
    user: "token: t",
  });
  const host = machine({ files: { "/home/u/ca.crt": "x" } });
  expect(hazardsIn(text, host, "/home/cluster.yaml")).toEqual(["! file-outside"]);
  expect(hazardsIn(text.replace("u/ca.crt", "ca.crt"), host, "/home/u/cluster.yaml")).toEqual([]);
});

test("a folder that is named by a link is the kubeconfig's own", () => {
  const host = machine();
  host.fs.createLink("/home/u/dl", FOLDER);
  const text = kubeconfig({ user: "client-certificate: certs/c.pem" });
  expect(hazardsIn(text, host, "/home/u/dl/cluster.yaml")).toEqual([]);
});

test("what is no regular file is told, in the folder too", () => {
  const host = machine();
  const special: Host = {
    ...host,
    fs: {
      ...host.fs,
      stat: (path) =>
        path === `${FOLDER}/fifo` || path === "/dev/zero"
          ? { ...host.fs.stat(FOLDER), kind: "device", isDirectory: false, isFile: false }
          : host.fs.stat(path),
    },
  };
  expect(ofUser("token: t, client-key: fifo", special)).toEqual(["! irregular-file"]);
  expect(ofCluster('server: "https://h", certificate-authority: /dev/zero', special)).toEqual([
    "! file-outside",
    "! irregular-file",
  ]);
});

describe("a cluster", () => {
  test.each([
    ["server: 'https://h'", []],
    ["server: 'HTTPS://h:6443/path?q'", []],
    ["server: ''", []],
    ["server: h, certificate-authority-data: eA==", []],
    ["server: 'http://h'", ["! plain-http"]],
    ["server: 'HTTP://h'", ["! plain-http"]],
    ["server: h", ["! plain-http"]],
    ["server: 'h:6443'", ["! plain-http"]],
    ["server: 'http://127.0.0.1.evil.example'", ["! plain-http"]],
    ["server: 'http://localhost@evil'", ["! plain-http"]],
    ["server: 'http://127.0.0.1:8001'", ["- local-http"]],
    ["server: 'http://[::1]:8001'", ["- local-http"]],
    ["server: 'https://h', insecure-skip-tls-verify: true", ["! unverified-server"]],
    ["server: 'https://h', proxy-url: 'http://127.0.0.1:9'", ["! proxy"]],
    ["server: 'https://h', proxy-url: 'https://p'", ["! proxy"]],
    ["server: 'https://h', proxy-url: 'socks5://localhost:1080'", ["! proxy"]],
    ["server: 'https://h', proxy-url: nonsense", ["! proxy"]],
  ] as const)("%s", (cluster, codes) => {
    expect(ofCluster(cluster)).toEqual(codes);
  });
});

const allow = (command: string): FakeMachine => ({
  executables: ["/usr/bin/aws", `${FOLDER}/plug`],
  files: {
    "/home/u/.kube/kuberc": kuberc(
      "credentialPluginPolicy: Allowlist",
      `credentialPluginAllowlist: [{name: ${command}}]`,
    ),
  },
});

const policy = (type: string): FakeMachine => ({
  executables: ["/usr/bin/aws"],
  files: { "/home/u/.kube/kuberc": kuberc(`credentialPluginPolicy: ${type}`) },
});

describe("a plugin", () => {
  const aws = plugin(
    "aws",
    "interactiveMode: Never, args: [s3cr3t], env: [{name: AWS_PROFILE, value: s3cr3t}]",
  );

  test.each([
    ["no policy", {}, ["! runs-plugin"]],
    ["AllowAll", policy("AllowAll"), ["! runs-plugin"]],
    ["DenyAll", policy("DenyAll"), ["! runs-plugin"]],
    ["an allowlist that has it", allow("aws"), ["- allowed-plugin"]],
    ["an allowlist that has its path", allow("/usr/bin/aws"), ["- allowed-plugin"]],
    ["an allowlist that has another", allow("gcloud"), ["! runs-plugin"]],
    ["an allowlist that is turned off", { ...allow("aws"), env: { KUBERC: "off" } }, ["! runs-plugin"]],
    ["a policy that makes no sense", policy("Allowlist"), ["! runs-plugin"]],
    ["a kuberc that is ignored", { files: { "/home/u/.kube/kuberc": "{" } }, ["! runs-plugin"]],
  ] as const)("with %s", (_what, more, codes) => {
    expect(ofUser(aws, machine(more))).toEqual(codes);
  });

  test("is named, with its variables, without its arguments and their values", () => {
    const config = decodeConfig(
      new TextEncoder().encode(kubeconfig({ user: aws })),
      `${FOLDER}/cluster.yaml`,
    );
    expect(
      [
        ...findHazards(
          config,
          hazardFacts(machine(), () => true),
        ),
      ].map(({ detail }) => detail),
    ).toEqual(['runs "aws" with 1 argument and the variable "AWS_PROFILE"']);
  });

  test.each(["./plug", "../plug", "bin/plug"])("may be a file beside the kubeconfig: %s", (command) => {
    expect(ofUser(plugin(command))).toEqual(["! runs-plugin", "! relative-plugin"]);
  });

  test.each(["sh", "/bin/sh", "env", "python3.12", "/usr/bin/node", "kubectl", "../../bin/bash"])(
    "may run others, which no allowlist makes safe: %s",
    (command) => {
      expect(ofUser(plugin(command), machine(allow(command)))).toContain("! launcher-plugin");
    },
  );

  test("kcfg credential runs no others", () => {
    expect(ofUser(plugin("kcfg", "interactiveMode: Never, args: [credential, --context, a]"))).toEqual([
      "! runs-plugin",
    ]);
    expect(ofUser(plugin("kcfg", "interactiveMode: Never, args: [raw, /]"))).toContain("! launcher-plugin");
  });

  test.each([
    ["LD_PRELOAD", "loader-variable"],
    ["LD_PRELOAD=/x", "loader-variable"],
    ["LD_AUDIT", "loader-variable"],
    ["DYLD_INSERT_LIBRARIES", "loader-variable"],
    ["NODE_OPTIONS", "loader-variable"],
    ["PYTHONSTARTUP", "loader-variable"],
    ["PERL5OPT", "loader-variable"],
    ["RUBYOPT", "loader-variable"],
    ["JAVA_TOOL_OPTIONS", "loader-variable"],
    ["PATH", "loader-variable"],
    ["BASH_ENV", "loader-variable"],
    ["BASH_FUNC_aws%%", "loader-variable"],
    ["ENV", "loader-variable"],
    ["GIT_SSH_COMMAND", "loader-variable"],
    ["HOME", "settings-variable"],
    ["AWS_CONFIG_FILE", "settings-variable"],
    ["AWS_CA_BUNDLE", "trust-variable"],
    ["HTTPS_PROXY", "traffic-variable"],
    ["https_proxy", "traffic-variable"],
    ["AWS_ENDPOINT_URL_STS", "traffic-variable"],
  ])("is taken over by %s, whatever allows it", (name, code) => {
    const user = plugin("aws", `interactiveMode: Never, env: [{name: "${name}", value: x}]`);
    expect(ofUser(user, machine(allow("aws")))).toEqual(["- allowed-plugin", `! ${code}`]);
  });

  test("is not taken over by variables in small letters, but on Windows", () => {
    const user = plugin(
      "aws",
      "interactiveMode: Never, env: [{name: ld_preload, value: x}, {name: Path, value: x}]",
    );
    expect(ofUser(user)).toEqual(["! runs-plugin"]);
    const host = fakeHost({ platform: "win32", env: { USERPROFILE: String.raw`C:\u` } });
    expect(hazardsIn(kubeconfig({ user }), host, String.raw`C:\u\cluster.yaml`)).toEqual([
      "! runs-plugin",
      "! loader-variable",
      "! loader-variable",
    ]);
  });
});

test.each([
  ["name: gcp, config: {cmd-path: /bin/sh}", ["! auth-provider-command", "- auth-provider"]],
  ["name: azure", ["- auth-provider"]],
  ["name: oidc, config: {idp-certificate-authority: ../x}", ["- auth-provider", "! file-outside"]],
])("an auth-provider: {%s}", (fields, codes) => {
  expect(ofUser(`auth-provider: {${fields}}`)).toEqual(codes);
});

test("impersonation is worth knowing", () => {
  expect(ofUser("token: t, as: admin")).toEqual(["- impersonation"]);
});

const read = (text: string): ReturnType<typeof newConfig> =>
  decodeConfig(new TextEncoder().encode(text), "/f");

describe("an added entry", () => {
  const mine = read(
    "clusters: [{name: m, cluster: {server: https://m}}]\nusers: [{name: admin, user: {token: t}}]\n" +
      "contexts: [{name: m, context: {cluster: m, user: admin}}, {name: gap, context: {cluster: gone, user: admin}}]",
  );
  const added = (text: string): readonly string[] => {
    const more = read(text);
    const after = newConfig({
      clusters: new Map([...mine.clusters, ...more.clusters]),
      authInfos: new Map([...mine.authInfos, ...more.authInfos]),
      contexts: new Map([...mine.contexts, ...more.contexts]),
    });
    return [...mixingHazards({ before: mine, after, brought: new Set() })].map(
      ({ code, name }) => `${code} ${name}`,
    );
  };
  const evil = "clusters: [{name: evil, cluster: {server: https://evil}}]\n";

  test("may not send credentials that are there to a new cluster", () => {
    expect(added(`${evil}contexts: [{name: x, context: {cluster: evil, user: admin}}]`)).toEqual([
      "borrowed-user x",
    ]);
    expect(added(evil.replaceAll("evil", "gone"))).toEqual(["completed-context gap"]);
  });

  test("may use its own", () => {
    const user = "users: [{name: e, user: {token: t}}]\n";
    expect(added(`${evil}${user}contexts: [{name: x, context: {cluster: evil, user: e}}]`)).toEqual([]);
    expect(added("contexts: [{name: x, context: {cluster: m, user: admin}}]")).toEqual([]);
  });

  test("may not join your user with another cluster, of yours or of whoever else", () => {
    for (const cluster of ["other", "dangling"]) {
      expect(added(`contexts: [{name: x, context: {cluster: ${cluster}, user: admin}}]`)).toEqual([
        "borrowed-user x",
      ]);
    }
    expect(added("contexts: [{name: x, context: {cluster: m, user: elsewhere}}]")).toEqual([
      "borrowed-user x",
    ]);
  });
});
