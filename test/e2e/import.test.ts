import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeconfig, kuberc, plugin } from "../doctor/kubeconfigs.ts";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-import-"));
  for (const folder of [".kube", "Downloads", "bin"]) {
    mkdirSync(join(home, folder));
  }
  writeFileSync(at(".kube/config"), MINE, { mode: 0o600 });
  writeFileSync(at(".vault-token"), "hvs.s3cr3t", { mode: 0o600 });
  writeFileSync(at("bin/aws"), "#!/bin/sh\n", { mode: 0o755 });
  chmodSync(at("bin/aws"), 0o755);
});
afterEach(() => rmSync(home, { recursive: true }));

const MINE = `clusters:
- {name: mine, cluster: {server: "https://mine"}}
users:
- {name: admin, user: {token: s3cr3t}}
contexts:
- {name: mine, context: {cluster: mine, user: admin}}
current-context: mine
`;

const at = (path: string): string => join(home, path);
const config = (): string => readFileSync(at(".kube/config"), "utf8");

function kcfg(args: readonly string[], input?: string): Run {
  return runBin(args, {
    cwd: home,
    env: { HOME: home, PATH: at("bin") },
    ...(input !== undefined && { input }),
  });
}

/** Imports a kubeconfig from ~/Downloads. */
function importText(text: string, ...flags: readonly string[]): Run {
  writeFileSync(at("Downloads/cluster.yaml"), text);
  return kcfg(["import", "Downloads/cluster.yaml", ...flags]);
}

const loader = (name: string): string =>
  kubeconfig({ user: plugin("aws", `interactiveMode: Never, env: [{name: ${name}, value: s3cr3t}]`) });
const sending = (path: string): string => kubeconfig({ user: `tokenFile: ${path}` });
const of = (cluster: string): string => kubeconfig({ cluster, user: "token: s3cr3t" });

/** What is dangerous, and what the report says of it. */
const DANGEROUS: readonly (readonly [what: string, text: () => string, said: () => string])[] = [
  [
    "a shell",
    () => kubeconfig({ user: plugin("/bin/sh") }),
    () => 'user "u": uses "/bin/sh", which runs any program',
  ],
  [
    "a plugin",
    () => kubeconfig({ user: plugin("aws", "interactiveMode: Never, args: [s3cr3t, s3cr3t]") }),
    () => 'user "u": runs "aws" with 2 arguments\n',
  ],
  [
    "a program beside it",
    () => kubeconfig({ user: plugin("./plug") }),
    () => `user "u": takes "${at("Downloads/plug")}" from beside the kubeconfig`,
  ],
  [
    "LD_PRELOAD",
    () => loader("LD_PRELOAD"),
    () => 'user "u": sets "LD_PRELOAD" for "aws", which decides which code',
  ],
  ["PATH", () => loader("PATH"), () => 'user "u": sets "PATH" for "aws", which decides which programs'],
  ["HTTPS_PROXY", () => loader("HTTPS_PROXY"), () => 'user "u": sets "HTTPS_PROXY" for "aws"'],
  [
    "a file above",
    () => sending("../.vault-token"),
    () => `user "u": sends the content of "${at(".vault-token")}"`,
  ],
  [
    "an absolute path",
    () => sending(at(".vault-token")),
    () => `sends the content of "${at(".vault-token")}"`,
  ],
  [
    "an absolute path with steps back",
    () => sending(at("Downloads/../.vault-token")),
    () =>
      `sends the content of "${at("Downloads/../.vault-token")}", a file outside the kubeconfig's folder,`,
  ],
  [
    "a link",
    () => {
      symlinkSync("../.vault-token", at("Downloads/token"));
      return sending("token");
    },
    () =>
      `sends the content of "${at("Downloads/token")}", a file outside the kubeconfig's folder, to "https://h:6443"`,
  ],
  [
    "a linked folder",
    () => {
      symlinkSync("..", at("Downloads/up"));
      return sending("up/.vault-token");
    },
    () => `"${at("Downloads/up/.vault-token")}", a file outside the kubeconfig's folder,`,
  ],
  ["a device", () => sending("/dev/zero"), () => 'user "u": reads "/dev/zero", which is no regular file'],
  [
    "a pipe",
    () => {
      execFileSync("mkfifo", [at("Downloads/pipe")]);
      return kubeconfig({ user: "token: t, client-key: pipe" });
    },
    () => `user "u": reads "${at("Downloads/pipe")}", which is no regular file`,
  ],
  [
    "a certificate of yours",
    () => kubeconfig({ user: "client-certificate: ../.minikube/c.crt, client-key: ../.minikube/c.key" }),
    () => `user "u": identifies you with "${at(".minikube/c.key")}", a file outside`,
  ],
  [
    "an unverified server",
    () => of('server: "https://me:s3cr3t@h", insecure-skip-tls-verify: true'),
    () => 'cluster "c": talks to "https://REDACTED@h" without checking who answers',
  ],
  ["plain HTTP", () => of('server: "HTTP://h"'), () => 'cluster "c": talks to "HTTP://h" without TLS'],
  [
    "a proxy",
    () => of('server: "https://h", proxy-url: "http://me:s3cr3t@127.0.0.1:9"'),
    () => 'cluster "c": sends everything through the proxy "http://REDACTED@127.0.0.1:9", without TLS',
  ],
  [
    "credentials that are there",
    () => kubeconfig({ user: "token: t", context: "cluster: c, user: admin" }),
    () => 'context "x": uses your user "admin" with cluster "c"',
  ],
];

test.each(DANGEROUS)("%s is reported, and not imported without --trust", (_what, text, said) => {
  const refused = importText(text());
  expect(refused.stderr).toContain(said());
  expect(refused.stderr).toMatch(/^Downloads\/cluster\.yaml\n {2}[a-z ]+:\n {4}/);
  expect(refused.stderr).toContain("\nerror: nothing was imported: see above what this would do.");
  expect({ ...refused, stderr: "" }).toEqual({ stdout: "", stderr: "", exitCode: 1 });
  expect(config()).toBe(MINE);
  expect(existsSync(at(".kube/config.lock"))).toBe(false);

  const dry = kcfg(["import", "Downloads/cluster.yaml", "--dry-run"]);
  expect(dry.stderr).toContain(said());
  expect(dry.stderr).toMatch(/\nThis needs --trust to be imported\.\n$/);
  expect(dry.stdout).toMatch(/^--- /);
  expect(dry.exitCode).toBe(0);
  expect(config()).toBe(MINE);

  const trusted = kcfg(["import", "Downloads/cluster.yaml", "--trust"]);
  expect(trusted.stderr).toContain(said());
  expect(trusted.stdout).toContain('Context "x" imported.\n');
  expect(trusted.exitCode).toBe(0);
  expect(`${refused.stderr}${dry.stdout}${dry.stderr}${trusted.stderr}`).not.toContain("s3cr3t");
});

test("what is only a way to a cluster needs no word", () => {
  writeFileSync(at("Downloads/ca.crt"), "x");
  const text = kubeconfig({
    cluster: 'server: "https://h", certificate-authority: ca.crt',
    user: "token: t, client-certificate: certs/c.pem, client-key: certs/c.key",
  });
  expect(importText(text)).toEqual({
    stdout: 'Cluster "c" imported.\nUser "u" imported.\nContext "x" imported.\n',
    stderr: "",
    exitCode: 0,
  });
});

test("a plugin that an allowlist has needs no --trust, and nothing else comes with it", () => {
  const allow = kuberc("credentialPluginPolicy: Allowlist", "credentialPluginAllowlist: [{name: aws}]");
  writeFileSync(at(".kube/kuberc"), allow);
  const text = kubeconfig({ user: plugin("aws") });
  const both = importText(text.replace('"https://h:6443"', '"https://h", insecure-skip-tls-verify: true'));
  expect([both.exitCode, config()]).toEqual([1, MINE]);
  expect(importText(text)).toEqual({
    stdout: 'Cluster "c" imported.\nUser "u" imported.\nContext "x" imported.\n',
    stderr:
      'Downloads/cluster.yaml\n  worth knowing:\n    user "u": runs "aws", which the allowlist of your kuberc has\n',
    exitCode: 0,
  });
});

test.each(["AllowAll", "DenyAll"])(
  "a policy that names no plugin, as %s, allows none to be imported",
  (policy) => {
    writeFileSync(at(".kube/kuberc"), kuberc(`credentialPluginPolicy: ${policy}`));
    expect(importText(kubeconfig({ user: plugin("aws") })).exitCode).toBe(1);
  },
);

test("what is imported is what was examined, from standard input too", () => {
  const { exitCode, stderr } = kcfg(["import", "-"], sending(".vault-token"));
  expect([exitCode, config()]).toEqual([1, MINE]);
  expect(stderr).toContain(
    `standard input\n  sends or reads files of yours:\n    user "u": sends the content of "${at(".vault-token")}"`,
  );
  expect(kcfg(["import", "/dev/stdin"], sending(".vault-token")).exitCode).toBe(1);
});

test("one bad file keeps all from being imported", () => {
  writeFileSync(at("Downloads/good.yaml"), kubeconfig({ user: "token: t" }));
  const text = sending("../.vault-token")
    .replaceAll(/: ([cux])\b/g, ": $1-2")
    .replaceAll("name: x", "name: y");
  writeFileSync(at("Downloads/bad.yaml"), text);
  const { exitCode, stderr } = kcfg(["import", "Downloads/good.yaml", "Downloads/bad.yaml", "--rename"]);
  expect([exitCode, config()]).toEqual([1, MINE]);
  expect(stderr).toMatch(/^Downloads\/bad\.yaml\n/);
});

test("what is there already is not asked about again", () => {
  const text = kubeconfig({ user: plugin("aws") });
  expect(importText(text, "--trust").exitCode).toBe(0);
  expect(importText(text)).toMatchObject({ stderr: "", exitCode: 0 });
});

test("names of files and entries cannot steer a terminal", () => {
  const text = kubeconfig({ user: plugin('"\\e[31m\\u202e"') }).replaceAll("name: u", 'name: "\\e]0;x\\a"');
  expect(importText(text).stderr).not.toMatch(/[^\n -~]/);
});

/** A kubeconfig with so many users that have a plugin, besides its own. */
function withUsers(count: number): string {
  const user = `user: {${plugin("gone")}}`;
  const users = Array.from({ length: count }, (_, i) => `- {name: u${i}, ${user}}\n`).join("");
  return kubeconfig({ user: "token: t" }).replace("users:\n", `users:\n${users}`);
}

test("130,000 entries are no burden to edits", () => {
  const count = 130_000;
  const imported = importText(withUsers(count), "--trust");
  expect(imported.exitCode).toBe(0);
  expect(imported.stderr).toBe(
    `Downloads/cluster.yaml\n  runs programs:\n    users "u0", "u1", "u2" and ${count - 3} more: runs "gone"\n`,
  );
  expect(kcfg(["set-context", "new", "--cluster=c"])).toMatchObject({ stderr: "", exitCode: 0 });
  expect(kcfg(["view"])).toMatchObject({ stderr: "", exitCode: 0 });
}, 300_000);

test("many entries are no burden to reports", () => {
  const count = 20_000;
  expect(importText(withUsers(count), "--trust").exitCode).toBe(0);
  expect(kcfg(["check-plugins", "-o", "wide"]).stdout.split("\n").length).toBeGreaterThan(count);
  expect(kcfg(["doctor"])).toMatchObject({ stderr: "", exitCode: 1 });
}, 300_000);

test("a user that a kubeconfig brings with its secrets is not borrowed, one that asks your programs is", () => {
  for (const [user, exitCode] of [
    ["token: t", 0],
    [plugin("aws"), 1],
  ] as const) {
    writeFileSync(at(".kube/config"), MINE);
    expect(importText(kubeconfig({ user }), "--trust").exitCode).toBe(0);
    const again = importText(kubeconfig({ user }).replace("https://h:6443", "https://evil"), "--rename");
    expect(again.exitCode).toBe(exitCode);
  }
});
