import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { globalFlags } from "../../src/cli/global-flags.ts";
import { execOf, oneUser } from "../conformance/plugins/guard.ts";
import { builtCli } from "../conformance/repository.ts";
import { accountHome } from "../support/account-home.ts";
import type { Run } from "../support/run-bin.ts";
import { startBin } from "../support/start-bin.ts";

const head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-as-plugin-"));
  mkdirSync(join(home, ".kube"));
  kuberc("credentialPluginPolicy: AllowAll\n");
  script("login", `echo '${JSON.stringify(answer("from-plugin"))}'`);
  kubeconfig(oneUser(execOf(join(home, "login"), [])));
});

afterEach(() => rmSync(home, { recursive: true }));

function script(name: string, text: string): void {
  writeFileSync(join(home, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

function kubeconfig(text: string, name = ".kube/config"): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

function kuberc(text: string): void {
  writeFileSync(join(home, ".kube", "kuberc"), head + text);
}

function answer(token: string): object {
  return {
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1",
    spec: { interactive: false },
    status: { token },
  };
}

/** What a client asks of its plugin. */
function asks(cluster?: object): string {
  return JSON.stringify({
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1",
    spec: { interactive: false, ...(cluster && { cluster: { ...cluster, config: null } }) },
  });
}

/** Runs the CLI as a client does whose plugin it is. */
function runAsPlugin(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  request = asks(),
): Promise<Run> {
  return startBin(args, {
    cwd: home,
    env: {
      ...accountHome(home),
      HOME: home,
      PATH: `${home}:/usr/bin:/bin`,
      KUBERNETES_EXEC_INFO: request,
      ...env,
    },
  });
}

const refused = (stderr: unknown): object => ({ stdout: "", stderr, exitCode: 1 });
const given = (token: string): object => ({
  stdout: `${JSON.stringify(answer(token))}\n`,
  stderr: "",
  exitCode: 0,
});

describe("kcfg as a credential plugin does nothing but credential", () => {
  const nothingBut =
    "error: kcfg was started as a credential plugin (KUBERNETES_EXEC_INFO is set), and then does nothing but `kcfg credential`\n";

  test.each([
    ...COMMANDS.flatMap(({ name }) => (name === "credential" ? [] : [[name]])),
    ["use"],
    ["kuberc", "set", "--section", "credentialplugin", "--policy", "AllowAll"],
    ["help", "credential"],
    ["credential", "--help"],
    ["credential", "-h", "--context=x"],
    ["--help"],
    ["-h"],
    ["--version"],
    [],
    ["--context", "x", "credential"],
    ["--", "credential"],
    ["__complete", "use-context", ""],
    ["__completeNoDesc", ""],
    ["no-such-command"],
    ["Credential"],
    [""],
  ])("%s %s", async (...argv) => {
    const before = kubeconfig(oneUser({ token: "kept" }));
    const text = readFileSync(before, "utf8");
    expect(await runAsPlugin(argv)).toEqual(refused(nothingBut));
    expect(readFileSync(before, "utf8")).toBe(text);
  });

  test("also if the variable is empty", async () => {
    expect(await runAsPlugin(["version"], {}, "")).toEqual(refused(nothingBut));
  });

  test("and gives what the plugin gives", async () => {
    expect(await runAsPlugin(["credential"])).toEqual(given("from-plugin"));
    expect(await runAsPlugin(["credential", "--context=x", "--cluster", "c", "--user=u"])).toEqual(
      given("from-plugin"),
    );
  });
});

describe("kcfg as a credential plugin takes no flag that chooses anything but a kubeconfig and its entries", () => {
  const allowed = new Set(["--kubeconfig", "--context", "--cluster", "--user", "--v", "--help"]);
  const samples: Readonly<Record<string, string>> = {
    "--as-user-extra": "a=b",
    "--log-flush-frequency": "1s",
    "--profile": "none",
    "--request-timeout": "1s",
    "--vmodule": "a=1",
  };

  test.each(
    globalFlags()
      .map(({ long }) => long ?? "")
      .filter((long) => !allowed.has(long)),
  )("%s", async (long) => {
    const isBoolean = globalFlags().find((option) => option.long === long)?.required !== true;
    const argv = ["credential", isBoolean ? long : `${long}=${samples[long] ?? "x"}`];
    expect(await runAsPlugin(argv)).toEqual(refused(expect.stringContaining(`not ${long}\n`)));
  });
});

describe("kcfg as a credential plugin obeys the policy of the user's own home", () => {
  const denied = refused(expect.stringContaining('not allowed: policy set to "DenyAll"'));

  test.each([
    ["KUBERC=off", { KUBERC: "off" }],
    ["another KUBERC", { KUBERC: "/dev/null" }],
    ["KUBECTL_KUBERC=false", { KUBECTL_KUBERC: "false" }],
    ["an empty HOME", { HOME: "" }],
  ])("whatever %s says", async (_what, env) => {
    kuberc("credentialPluginPolicy: DenyAll\n");
    const file = join(home, ".kube", "config");
    expect(await runAsPlugin(["credential", "--kubeconfig", file], env)).toEqual(denied);
  });

  test("whatever PATH says: an entry that is looked up there allows nothing", async () => {
    const path = join(home, "login");
    const listing = "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: ";
    kubeconfig(oneUser(execOf("login", [])));
    kuberc(`${listing}${path}\n`);
    expect(await runAsPlugin(["credential"])).toEqual(given("from-plugin"));
    mkdirSync(join(home, "evil"));
    script("evil/login", `echo '${JSON.stringify(answer("evil"))}'`);
    const env = { PATH: `${home}/evil:${home}:/usr/bin:/bin` };
    expect((await runAsPlugin(["credential"], env)).stdout).toBe("");
    kuberc(`${listing}login\n`);
    const { stdout, stderr, exitCode } = await runAsPlugin(["credential"], env);
    expect([stdout, exitCode]).toEqual(["", 1]);
    expect(stderr).toContain("because PATH may come from a kubeconfig; write the full path\n");
  });

  test("by any name of that home", async () => {
    const link = `${home}-link`;
    symlinkSync(home, link);
    try {
      for (const name of [link, `${home}/`, `${home}/.kube/..`]) {
        expect(await runAsPlugin(["credential"], { HOME: name })).toEqual(given("from-plugin"));
      }
      kuberc("credentialPluginPolicy: DenyAll\n");
      expect(await runAsPlugin(["credential"], { HOME: link })).toEqual(denied);
    } finally {
      rmSync(link);
    }
  });

  test("and says which home it is that HOME does not name", async () => {
    const other = join(home, "other");
    mkdirSync(join(other, ".kube"), { recursive: true });
    kubeconfig(oneUser(execOf(join(home, "login"), [])), "other/.kube/config");
    const { stderr, ...ended } = await runAsPlugin(["credential"], { HOME: other });
    expect(ended).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain(`home, "${home}", but the environment says that the home is "${other}"`);
  });

  test("and writes nothing to the other one, nor through a link in it", async () => {
    const other = join(home, "other", ".kube");
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, ".kubeconfig"), oneUser({ token: "evil" }));
    symlinkSync(join(home, "profile"), join(other, "config"));
    expect((await runAsPlugin(["credential"], { HOME: join(home, "other") })).exitCode).toBe(1);
    expect(existsSync(join(home, "profile"))).toBe(false);
  });

  test("which is that of the real password database", async () => {
    const { stderr, exitCode } = await runAsPlugin(["credential"], { NODE_OPTIONS: "", ACCOUNT_HOME: "" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`home, "${userInfo().homedir}", but`);
  });

  test("and refuses to work for a user without a home", async () => {
    expect(await runAsPlugin(["credential"], accountHome(""))).toEqual(
      refused(expect.stringContaining("the password database has no home for this user")),
    );
  });

  test.each([
    ["cannot be read as one", "a: ["],
    ["has a misspelt policy", "credentialpluginPolicy: DenyAll\n"],
  ])(
    "and refuses to work under a kuberc that %s, where kubectl goes on without a policy",
    async (_what, text) => {
      kuberc(text);
      expect(await runAsPlugin(["credential"])).toEqual(
        refused(expect.stringContaining("a credential plugin runs no plugins under this kuberc")),
      );
    },
  );

  test("and refuses to work under a kuberc that is a folder", async () => {
    rmSync(join(home, ".kube", "kuberc"));
    mkdirSync(join(home, ".kube", "kuberc"));
    expect((await runAsPlugin(["credential"])).exitCode).toBe(1);
  });
});

describe("kcfg as a credential plugin gives a stored credential to the cluster of its context alone", () => {
  const server = "https://prod.example.com";
  const authority = Buffer.from("an authority").toString("base64");
  const own = { server, "certificate-authority-data": authority };

  beforeEach(() => {
    const stored = { ...own, "tls-server-name": "prod" };
    kubeconfig(oneUser({ token: "stored" }, stored));
  });

  const same = { ...own, "tls-server-name": "prod" };

  test("which the client has to name", async () => {
    expect(await runAsPlugin(["credential"], {}, asks(same))).toEqual(given("stored"));
    expect(await runAsPlugin(["credential"])).toEqual(
      refused(expect.stringContaining("add provideClusterInfo: true to the exec plugin that runs kcfg")),
    );
  });

  test.each([
    ["another server", { ...same, server: "https://evil.example.com" }],
    ["another name of the server", { ...same, "tls-server-name": "evil" }],
    ["another authority", { ...same, "certificate-authority-data": "ZXZpbA==" }],
    ["no check of the certificate", { server, "tls-server-name": "prod", "insecure-skip-tls-verify": true }],
    ["a proxy", { ...same, "proxy-url": "http://evil.example.com" }],
    ["nothing", {}],
  ])("not to one with %s", async (_what, cluster) => {
    const { stdout, stderr, exitCode } = await runAsPlugin(["credential"], {}, asks(cluster));
    expect([stdout, exitCode]).toEqual(["", 1]);
    expect(stderr).toMatch(/^error: no credential is given: /);
    expect(stderr).not.toContain("stored");
  });

  test("not to one that another kubeconfig or a flag puts in its place", async () => {
    const evil = { server: "https://evil.example.com" };
    const file = kubeconfig(
      JSON.stringify({
        "current-context": "e",
        clusters: [{ name: "e", cluster: evil }],
        contexts: [{ name: "e", context: { cluster: "e", user: "u" } }],
      }),
      "evil.yaml",
    );
    const env = { KUBECONFIG: `${file}:${join(home, ".kube", "config")}` };
    const { stdout, stderr } = await runAsPlugin(["credential"], env, asks(evil));
    expect(stdout).toBe("");
    expect(stderr).toContain("its context or cluster is in another one");
    for (const argv of [["--cluster=e", "--user=u"], ["--user=u"], ["--context=x", "--cluster=e"]]) {
      expect((await runAsPlugin(["credential", ...argv], env, asks(evil))).stdout).toBe("");
    }
  });

  test("not to one that KUBERNETES_MASTER names, where the kubeconfig names none", async () => {
    const evil = { server: "https://evil.example.com" };
    kubeconfig(oneUser({ token: "stored" }, { server: undefined }));
    const { stdout, exitCode } = await runAsPlugin(
      ["credential"],
      { KUBERNETES_MASTER: evil.server },
      asks(evil),
    );
    expect([stdout, exitCode]).toEqual(["", 1]);
  });

  test("and neither do plugins give theirs to a client that names another", async () => {
    kubeconfig(oneUser(execOf(join(home, "login"), []), own));
    expect(await runAsPlugin(["credential"], {}, asks(own))).toEqual(given("from-plugin"));
    expect(
      (await runAsPlugin(["credential"], {}, asks({ ...own, server: "https://evil.example.com" }))).stdout,
    ).toBe("");
  });
});

/** Runs the CLI, with a `kcfg` in PATH that counts how often it is started. */
async function count(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run & { readonly starts: number }> {
  script("kcfg", `echo >> '${home}/starts'\nexec '${process.execPath}' '${builtCli()}' "$@"`);
  writeFileSync(join(home, "starts"), "");
  const ended = await startBin(argv, {
    cwd: home,
    env: { ...accountHome(home), HOME: home, PATH: `${home}:/usr/bin:/bin`, ...env },
  });
  return { ...ended, starts: readFileSync(join(home, "starts"), "utf8").length };
}

const users = (execs: Readonly<Record<string, object>>): string =>
  JSON.stringify({
    "current-context": Object.keys(execs)[0],
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
    contexts: Object.keys(execs).map((name) => ({ name, context: { cluster: "c", user: name } })),
    users: Object.entries(execs).map(([name, user]) => ({ name, user })),
  });

describe("a plugin that leads to itself is refused, and its user named", () => {
  test("directly", async () => {
    kubeconfig(users({ me: execOf("kcfg", ["credential"]) }));
    expect(await count(["credential"])).toEqual({
      ...refused('error: the plugin of user "me" leads to itself: "me" -> "me"\n'),
      starts: 0,
    });
    const { stderr, starts, exitCode } = await count(["raw", "/"]);
    expect(stderr).toContain('the plugin of user "me" leads to itself');
    expect([starts, exitCode]).toEqual([1, 1]);
  });

  test("through another user and another file", async () => {
    const other = join(home, "other.yaml");
    kubeconfig(users({ a: execOf("kcfg", ["credential", `--kubeconfig=${other}`, "--context", "b"]) }));
    kubeconfig(
      users({ b: execOf("kcfg", ["credential", "--user=a", "--kubeconfig", `${home}/.kube/config`]) }),
      "other.yaml",
    );
    const { stderr, starts } = await count(["credential"]);
    expect(stderr).toBe('error: the plugin of user "a" leads to itself: "a" -> "b" -> "a"\n');
    expect(starts).toBe(0);
  });

  test.each([
    ["a script", {}],
    ["a script, whose kubeconfig clears the chain", { env: [{ name: "KCFG_CREDENTIAL_CHAIN", value: "" }] }],
  ])("through %s", async (_what, more) => {
    script("wrapper", `exec kcfg credential`);
    kubeconfig(users({ me: execOf(join(home, "wrapper"), [], more) }));
    const { stderr, starts, exitCode } = await count(["credential"]);
    expect(stderr).toContain('the plugin of user "me" leads to itself');
    expect([starts, exitCode]).toEqual([1, 1]);
  });

  test("through scripts that lead to each other, and by a link to the kubeconfig", async () => {
    const link = join(home, "link.yaml");
    symlinkSync(join(home, ".kube", "config"), link);
    script("to-b", `exec kcfg credential --user b --kubeconfig '${link}'`);
    script("to-a", `exec kcfg credential --user a`);
    kubeconfig(users({ a: execOf(join(home, "to-b"), []), b: execOf(join(home, "to-a"), []) }));
    const { stderr, starts } = await count(["credential"]);
    expect(stderr).toContain('the plugin of user "a" leads to itself');
    expect(starts).toBe(2);
  });

  test("and so is a chain without an end", async () => {
    // Each kubeconfig leads to a new one.
    script(
      "next",
      `n=$(cat '${home}/n'); echo $((n + 1)) > '${home}/n'
sed "s/\\"u[0-9]*\\"/\\"u$n\\"/g" '${home}/.kube/config' > '${home}/'$n.yaml
exec kcfg credential --kubeconfig '${home}/'$n.yaml`,
    );
    writeFileSync(join(home, "n"), "1");
    kubeconfig(users({ u0: execOf(join(home, "next"), []) }));
    const { stderr, starts } = await count(["credential"]);
    expect(stderr).toContain("8 users lead to each other already");
    expect(starts).toBe(8);
  });

  test.each(["forged", "0", "0123456789abcdef,", "0123456789abcdef,".repeat(1000), "0123456789ABCDEF"])(
    "and so is a chain that kcfg did not write: %.40s",
    async (chain) => {
      const { stdout, stderr, exitCode } = await count(["credential"], { KCFG_CREDENTIAL_CHAIN: chain });
      expect([stdout, exitCode]).toEqual(["", 1]);
      expect(stderr).toBe("error: KCFG_CREDENTIAL_CHAIN is not what kcfg writes there: unset it\n");
    },
  );

  test("but not a plugin that ends at another user", async () => {
    kubeconfig(users({ a: execOf("kcfg", ["credential", "--user=b"]), b: execOf(join(home, "login"), []) }));
    expect(await count(["credential"])).toEqual({ ...given("from-plugin"), starts: 1 });
  });

  test("check-plugins and doctor find it without running anything", async () => {
    kubeconfig(users({ me: execOf("kcfg", ["credential"]) }));
    const report = await count(["check-plugins"]);
    expect(report.stdout).toContain('the plugin leads to itself: "me" -> "me"');
    const diagnosis = await count(["doctor"]);
    expect(diagnosis.stdout).toContain("plugin-leads-to-itself");
    expect([report.exitCode, report.starts, diagnosis.starts]).toEqual([1, 0, 0]);
  });
});
