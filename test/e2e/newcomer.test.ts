import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../support/certificates.ts";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";

// What somebody meets who has just installed kcfg, in the order in which it is met: no kubeconfig, then one that was
// downloaded, then a policy. The tests build on each other.

const isPosix = process.platform !== "win32";

const home = realpathSync(mkdtempSync(join(tmpdir(), "kcfg-newcomer-")));
const tools = join(home, "tools");
const kubeconfig = join(home, ".kube", "config");
const kuberc = join(home, ".kube", "kuberc");
const login = join(tools, isPosix ? "shop-login" : "shop-login.exe");
const command = JSON.stringify("shop-login");

afterAll(() => rmSync(home, { recursive: true }));

function kcfg(...args: readonly string[]): Run {
  return runBin(args, { cwd: home, env: { HOME: home, USERPROFILE: home, PATH: tools, PATHEXT: ".EXE" } });
}

function done(stdout: string, stderr = ""): Run {
  return { stdout, stderr, exitCode: 0 };
}

function failed(stderr: string, stdout = ""): Run {
  return { stdout, stderr, exitCode: 1 };
}

function says(text: string): string {
  return expect.stringContaining(text) as string;
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).toSorted();
}

const NO_CONTEXTS = "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n";
const EMPTY = `apiVersion: v1
clusters: null
contexts: null
current-context: ""
kind: Config
users: null
`;

describe("in an empty home", () => {
  // What kubectl 1.36 answers there.
  test.each<[string, Run]>([
    ["view", done(EMPTY)],
    ["get-contexts", done(NO_CONTEXTS)],
    ["get-contexts -o name", done("")],
    ["get-clusters", done("NAME\n")],
    ["get-users", done("NAME\n")],
    ["current-context", failed("error: current-context is not set\n")],
    ["view --minify", failed("error: current-context must exist in order to minify\n")],
    ["use-context shop", failed('error: no context exists with the name: "shop"\n')],
    ["get-contexts shop", failed("error: context shop not found\n", NO_CONTEXTS)],
    ["delete-context shop", failed(`error: cannot delete context shop, not in ${kubeconfig}\n`)],
    ["delete-cluster shop", failed(`error: cannot delete cluster shop, not in ${kubeconfig}\n`)],
    ["delete-user me", failed(`error: cannot delete user me, not in ${kubeconfig}\n`)],
    ["rename-context a b", failed(`error: cannot rename the context "a", it's not in ${kubeconfig}\n`)],
    ["kuberc view", done(`kuberc file not found at ${kuberc}\n`)],
    [
      "raw /version --server http://127.0.0.1:1",
      failed(
        "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n",
      ),
    ],
  ])("%s answers as kubectl does", (args, answer) => {
    expect(kcfg(...args.split(" "))).toEqual(answer);
  });

  // What kubectl has no words for.
  test.each<[string, Run]>([
    ["namespace", done("default\n")],
    ["check-plugins", done("Plugin policy: none (every plugin may run)\nNo user has an exec plugin.\n")],
    ["check-plugins --require-policy", failed(says("no plugin policy is in force"), says("none"))],
    ["check-plugins --suggest", done(says("credentialPluginPolicy: DenyAll\n"))],
    ["explain", done(says("Nothing names a context, so none is used."))],
    ["doctor", failed("", says("no-kubeconfig"))],
    ["credential", failed(says("the user has no credential"))],
    ["export", failed(says("no current context is set"))],
    ["undo", failed(says("nothing to undo"))],
    ["import missing.yaml", failed("error: open missing.yaml: no such file or directory\n")],
    [
      "viev",
      failed(`error: unknown command "viev"; did you mean "view"?\nSee 'kcfg -h' for help and examples\n`),
    ],
  ])("%s says what is the matter", (args, answer) => {
    expect(kcfg(...args.split(" "))).toEqual(answer);
  });

  test("nothing is written", () => {
    expect(namesIn(home).filter((name) => name !== ".kube")).toEqual([]);
    expect(namesIn(home).flatMap((name) => namesIn(join(home, name)))).toEqual([]);
  });
});

describe("with a kubeconfig that was downloaded", () => {
  beforeAll(() => {
    const downloads = join(home, "Downloads");
    mkdirSync(downloads);
    mkdirSync(tools);
    writeFileSync(login, "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(downloads, "ca.crt"), "");
    writeFileSync(
      join(downloads, "shop.yaml"),
      `# Handed out by the platform team.
apiVersion: v1
kind: Config
current-context: shop
clusters:
- name: shop
  cluster: {server: "https://shop.example.com", certificate-authority: ca.crt}
contexts:
- name: shop
  context: {cluster: shop, user: me}
- name: admin
  context: {cluster: shop, user: me, namespace: kube-system}
users:
- name: me
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1, command: ${command}, interactiveMode: Never}
`,
    );
  });

  test("import reports what it runs, and refuses until it is trusted", () => {
    const { stdout, stderr, exitCode } = kcfg("import", join("Downloads", "shop.yaml"));
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain("shop-login");
    expect(stderr).toContain("add --trust");
  });

  test("import makes it the own one", () => {
    const { stdout, exitCode } = kcfg("import", join("Downloads", "shop.yaml"), "--trust");
    expect({ stdout, exitCode }).toEqual({
      stdout:
        'Cluster "shop" imported.\nUser "me" imported.\nContext "shop" imported.\nContext "admin" imported.\n' +
        'No context is current: choose one with "kcfg use-context".\n',
      exitCode: 0,
    });
    expect(kcfg("get-contexts", "-o", "name")).toEqual(done("admin\nshop\n"));
  });

  test("its paths still lead to the same files", () => {
    const ca = join(home, "Downloads", "ca.crt");
    expect(kcfg("view", "-o", "jsonpath={.clusters[0].cluster.certificate-authority}")).toEqual(done(ca));
  });

  test("a context is chosen, another one, and the first again", () => {
    expect(kcfg("use-context", "shop")).toEqual(done('Switched to context "shop".\n'));
    expect(kcfg("namespace")).toEqual(done("default\n"));
    expect(kcfg("use", "admin")).toEqual(done('Switched to context "admin".\n'));
    expect(kcfg("namespace")).toEqual(done("kube-system\n"));
    expect(kcfg("use", "-")).toEqual(done('Switched to context "shop".\n'));
    expect(kcfg("current-context")).toEqual(done("shop\n"));
  });

  test("doctor finds that the downloaded authority is none, until it is one", async () => {
    expect(kcfg("doctor")).toEqual(failed("", says("ca-unusable")));
    writeFileSync(join(home, "Downloads", "ca.crt"), (await createAuthority()).certificate);
    expect(kcfg("doctor", "--fail-on=error").exitCode).toBe(0);
  });

  test("an edit is made, and taken back", () => {
    const before = readFileSync(kubeconfig, "utf8");
    expect(kcfg("set-context", "--current", "--namespace=web")).toEqual(done('Context "shop" modified.\n'));
    expect(kcfg("namespace")).toEqual(done("web\n"));
    expect(kcfg("undo")).toEqual(done(`Undid set-context in ${kubeconfig}.\n`));
    expect(readFileSync(kubeconfig, "utf8")).toBe(before);
  });

  test("a policy for what runs today is made, and holds", () => {
    expect(kcfg("check-plugins", "--require-policy").exitCode).toBe(1);
    expect(kcfg("check-plugins", "--suggest", "--write")).toEqual(done(`Updated ${kuberc}\n`));
    expect(readFileSync(kuberc, "utf8")).toBe(`apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
credentialPluginPolicy: Allowlist
credentialPluginAllowlist:
- name: ${login}
`);
    const { stdout, exitCode } = kcfg("check-plugins", "--require-policy");
    expect({ stdout, exitCode }).toEqual({ stdout: says("\nallowed "), exitCode: 0 });
  });

  test("another plugin is refused, and the check says so", () => {
    kcfg("set-credentials", "me", "--exec-command=other-login");
    const { stdout, exitCode } = kcfg("check-plugins");
    expect({ stdout, exitCode }).toEqual({ stdout: says("\ndenied "), exitCode: 1 });
    kcfg("undo");
    expect(kcfg("check-plugins").exitCode).toBe(0);
  });

  test("no files are there but those that the documentation names", () => {
    // Where Node.js can keep compiled code, there is a cache, too.
    const names = namesIn(join(home, ".kube")).filter((name) => name !== "cache");
    expect(names).toEqual(["config", "kcfg", "kuberc"]);
    expect(namesIn(home)).toEqual([".kube", "Downloads", "tools"]);
    expect(namesIn(join(home, "Downloads"))).toEqual(["ca.crt", "shop.yaml"]);
  });

  testUnless(lackOfPosix)("those files are for their owner alone", () => {
    const modeOf = (path: string): number => statSync(join(home, ".kube", path)).mode & 0o777;
    const kept = namesIn(join(home, ".kube/kcfg"));
    const modes = ["config", "kuberc", ...kept.map((name) => `kcfg/${name}`)].map(modeOf);
    expect([modeOf("kcfg"), ...modes]).toEqual([0o700, ...modes.map(() => 0o600)]);
  });
});
