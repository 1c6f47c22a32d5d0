import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import { kubeconfig, plugin } from "../doctor/kubeconfigs.ts";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";
import { describeUnless, lackOfScript } from "../support/unless.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-refresh-"));
  mkdirSync(join(home, ".kube"));
  write(".kube/config", MINE);
});
afterEach(() => rmSync(home, { recursive: true }));

const MINE = `# mine
apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: prod # the big one
  cluster:
    server: https://prod.example.com # behind the bastion
    proxy-url: socks5://127.0.0.1:1080 # my tunnel
    certificate-authority: ./ca.crt
    extensions:
    - name: me
      extension: {note: 1}
users:
- name: prod
  user:
    token: old # rotates
contexts:
- name: prod
  context:
    cluster: prod
    user: prod
    namespace: web # mine
`;

/** The same cluster, made again by somebody who knows nothing of proxies, namespaces and comments. */
const FRESH = `clusters:
- {name: prod, cluster: {server: "https://prod-2.example.com", certificate-authority: .kube/ca.crt}}
users:
- {name: prod, user: {token: fresh}}
contexts:
- {name: prod, context: {cluster: prod, user: prod}}
`;

const at = (path: string): string => join(home, path);
const write = (path: string, text: string): void => writeFileSync(at(path), text, { mode: 0o600 });
const read = (path: string): string => readFileSync(at(path), "utf8");
const config = (): string => read(".kube/config");

function kcfg(args: readonly string[], input?: string): Run {
  return runBin(args, { cwd: home, env: { HOME: home }, ...(input !== undefined && { input }) });
}

/** Expects an import that is refused and changes nothing. */
function expectRefused({ stdout, stderr, exitCode }: Run, message: string): void {
  expect(stderr).toContain(message);
  expect([stdout, exitCode]).toEqual(["", 1]);
  expect(config()).toBe(MINE);
}

describe("import --replace", () => {
  test("takes what is new, and keeps namespace, proxy, extensions, comments and the way a path is written", () => {
    write("fresh.yaml", FRESH);
    const { stdout, exitCode } = kcfg(["import", "fresh.yaml", "--replace", "--trust"]);
    expect(stdout).toBe(
      'Cluster "prod" replaced; its proxy-url and extensions stay.\nUser "prod" replaced.\n' +
        'Context "prod" is already there.\n',
    );
    expect(exitCode).toBe(0);
    expect(config()).toBe(
      MINE.replace("https://prod.example.com", "https://prod-2.example.com").replace("old", "fresh"),
    );
  });

  test("keeps the namespace of a context that gets another user", () => {
    write(
      "fresh.yaml",
      FRESH.replaceAll("name: prod, user", "name: sso, user").replace("user: prod}", "user: sso}"),
    );
    const { stdout } = kcfg(["import", "fresh.yaml", "--replace", "--trust"]);
    expect(stdout).toContain('Context "prod" replaced; its namespace stays.\n');
    expect(config()).toContain("    user: sso\n    namespace: web # mine\n");
  });

  test("done again changes nothing, and can be undone", () => {
    write("fresh.yaml", FRESH);
    kcfg(["import", "fresh.yaml", "--replace", "--trust"]);
    const once = config();
    expect(kcfg(["import", "fresh.yaml", "--replace"])).toEqual({
      stdout:
        'Cluster "prod" is already there.\nUser "prod" is already there.\nContext "prod" is already there.\n',
      stderr: "",
      exitCode: 0,
    });
    expect(config()).toBe(once);
    kcfg(["undo"]);
    expect(config()).toBe(MINE);
  });

  test("says which fields of yours it redefines, and shows the change without a secret", () => {
    write("fresh.yaml", FRESH);
    const { stdout, stderr } = kcfg(["import", "fresh.yaml", "--replace", "--dry-run"]);
    expect(stderr).toContain(
      '  redefines names of yours:\n    cluster "prod": differs from yours in server\n',
    );
    expect(stderr).toContain('    user "prod": differs from yours in token\n');
    expect(stdout).toMatch(/^--- /);
    expect(stdout + stderr).not.toMatch(/fresh$|old$/m);
    expect(config()).toBe(MINE);
  });

  test.each([
    [
      "another address",
      'server: "https://evil"',
      'sends the credentials of your user "prod" to "https://evil" instead of "https://prod.example.com"',
    ],
    [
      "no check of the server",
      'server: "https://prod.example.com", insecure-skip-tls-verify: true, proxy-url: "socks5://127.0.0.1:1080"',
      'to "https://prod.example.com" with another certificate-authority and insecure-skip-tls-verify',
    ],
    [
      "a proxy",
      'server: "https://prod.example.com", certificate-authority: .kube/ca.crt, proxy-url: "http://evil:1"',
      'to "https://prod.example.com" with another proxy-url',
    ],
  ])("does not send your credentials elsewhere without a question: %s", (_what, cluster, said) => {
    write("evil.yaml", `clusters: [{name: prod, cluster: {${cluster}}}]`);
    expectRefused(kcfg(["import", "evil.yaml", "--replace"]), said);
  });

  test("does not join your user with another cluster without a question", () => {
    const text = FRESH.replace("name: prod, cluster", "name: evil, cluster")
      .replace("cluster: prod,", "cluster: evil,")
      .replace(/users:\n.*\n/, "");
    write("evil.yaml", text);
    expectRefused(
      kcfg(["import", "evil.yaml", "--replace"]),
      'context "prod": uses your user "prod" with cluster "evil"',
    );
  });

  test("excludes --rename", () => {
    write("fresh.yaml", FRESH);
    expectRefused(kcfg(["import", "fresh.yaml", "--replace", "--rename"]), "--rename and --replace exclude");
  });

  test("writes to the file that has the entry", () => {
    write("fresh.yaml", FRESH);
    write("first", "contexts: []\n");
    const { exitCode } = runBin(["import", "fresh.yaml", "--replace", "--trust"], {
      cwd: home,
      env: { HOME: home, KUBECONFIG: `first:${at(".kube/config")}` },
    });
    expect(exitCode).toBe(0);
    expect(read("first")).toBe("contexts: []\n");
    expect(config()).toContain("token: fresh # rotates");
  });
});

describe("clashes", () => {
  beforeEach(() => {
    write("a.yaml", kubeconfig({ user: "token: a" }));
    write("b.yaml", kubeconfig({ cluster: 'server: "https://b"', user: "token: b" }));
  });

  test.each([[], ["--prefix=p-"]])(
    "of two imported files are shown with both names, and advice that helps: %s",
    (...flags) => {
      const { prefix } = { prefix: flags.length === 0 ? "" : "p-" };
      const run = kcfg(["import", "a.yaml", "b.yaml", ...flags]);
      expectRefused(
        run,
        `a.yaml and b.yaml have different clusters named "${prefix}c"\n` +
          `a.yaml and b.yaml have different users named "${prefix}u"\n` +
          "nothing was changed; use --rename to avoid the clash\n",
      );
      expect(kcfg(["import", "a.yaml", "b.yaml", ...flags, "--rename"]).stdout).toContain(
        `Context "${prefix}x" imported as "${prefix}x-2".\n`,
      );
    },
  );

  test("of two imported files are not settled by --replace", () => {
    expectRefused(
      kcfg(["import", "a.yaml", "b.yaml", "--replace"]),
      "nothing was changed; import only one of these files, or use --rename instead of --replace\n",
    );
  });

  test("with an entry of yours name its file", () => {
    write("fresh.yaml", FRESH);
    expectRefused(
      kcfg(["import", "fresh.yaml"]),
      `${at(".kube/config")} and fresh.yaml have different users named "prod"\n`,
    );
  });

  test("are none where two files have the same entries", () => {
    write("b.yaml", read("a.yaml"));
    expect(kcfg(["import", "a.yaml", "b.yaml"]).stdout).toContain('Context "x" is already there.\n');
  });
});

const TWO = `clusters:
- {name: one, cluster: {server: "https://one"}}
- {name: two, cluster: {server: "https://two"}}
users:
- {name: one, user: {token: one}}
- {name: two, user: {${plugin("aws")}}}
contexts:
- {name: one, context: {cluster: one, user: one}}
- {name: two, context: {cluster: two, user: two}}
current-context: two
`;

describe("a part of a file", () => {
  beforeEach(() => write("two.yaml", TWO));

  test("--context takes that context and what it uses, and asks about nothing else", () => {
    expect(kcfg(["import", "two.yaml", "--context=one"])).toEqual({
      stdout: 'Cluster "one" imported.\nUser "one" imported.\nContext "one" imported.\n',
      stderr: "",
      exitCode: 0,
    });
    expect(config()).not.toContain("two");
  });

  test("--context that is not there is an error, with a likely name", () => {
    expectRefused(kcfg(["import", "two.yaml", "--context=won"]), 'two.yaml has no context "won"');
    expectRefused(kcfg(["import", "two.yaml", "--context=tow"]), 'two.yaml has no context "tow"');
    write("long.yaml", TWO.replaceAll("two", "production"));
    expectRefused(
      kcfg(["import", "long.yaml", "--context=produktion"]),
      'has no context "produktion"; did you mean "production"?',
    );
    expectRefused(
      kcfg(["import", "two.yaml", "long.yaml", "--context=three"]),
      "none of the files has a context",
    );
  });

  test("--context takes it from the files that have it", () => {
    write("other.yaml", kubeconfig({ user: "token: t" }));
    const { stdout, exitCode } = kcfg(["import", "other.yaml", "two.yaml", "--context=one"]);
    expect([stdout, exitCode]).toEqual([
      'Cluster "one" imported.\nUser "one" imported.\nContext "one" imported.\n',
      0,
    ]);
  });

  test("--as names the context, its cluster and its user", () => {
    expect(kcfg(["import", "two.yaml", "--context=one", "--as=lab", "--use"]).stdout).toContain(
      'Context "lab" imported.\n',
    );
    expect(kcfg(["view", "--minify", "--context=lab", "-o", "jsonpath={..name} {..server}"]).stdout).toBe(
      "lab lab lab https://one",
    );
    write("single.yaml", kubeconfig({ user: "token: t" }));
    expect(kcfg(["import", "single.yaml", "--as=single", "--use"]).stdout).toContain(
      'Switched to context "single".\n',
    );
  });

  test("--as needs a single context", () => {
    expectRefused(
      kcfg(["import", "two.yaml", "--as=lab"]),
      "--as names one context, and there are 2; choose one with --context",
    );
    expectRefused(kcfg(["import", "two.yaml", "--as=lab", "--prefix=x"]), "--as and --prefix exclude");
  });

  test("--into writes a file of its own, and leaves yours alone", () => {
    const { stdout, exitCode } = kcfg(["import", "two.yaml", "--context=one", "--into", "lab.yaml"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('choose one with "kcfg use-context --kubeconfig lab.yaml".\n');
    expect(config()).toBe(MINE);
    expect(kcfg(["get-contexts", "-o", "name", "--kubeconfig=lab.yaml"]).stdout).toBe("one\n");
    expect(kcfg(["undo", "--kubeconfig=lab.yaml"]).exitCode).toBe(0);
    expect(existsSync(at("lab.yaml"))).toBe(false);
  });

  test.each(["--cluster=one", "--user=one", "-n=x"])("%s, which would do nothing, is refused", (flag) => {
    expectRefused(
      kcfg(["import", "two.yaml", flag]),
      "has no effect here; --context selects what is imported",
    );
  });
});

describe("what cannot be imported", () => {
  test.each([
    ["an empty file", ""],
    ["something else", "hello: 1\n"],
    ["a config without entries", "apiVersion: v1\nkind: Config\nclusters: []\n"],
    ["a comment", "# nothing\n"],
  ])("%s is reported, also from standard input", (_what, text) => {
    write("f.yaml", text);
    expectRefused(
      kcfg(["import", "f.yaml"]),
      "f.yaml has no clusters, users or contexts: there is nothing to import",
    );
    expectRefused(kcfg(["import", "-"], text), "standard input has no clusters, users or contexts");
    write("good.yaml", kubeconfig({ user: "token: t" }));
    expectRefused(kcfg(["import", "good.yaml", "f.yaml"]), "f.yaml has no clusters");
  });

  test.each([
    ["cluster", 'clusters: [{cluster: {server: "https://x"}}]'],
    ["user", 'users: [{name: "", user: {token: t}}]'],
    ["context", "contexts: [{context: {cluster: c}}]"],
  ])("a %s without a name is refused, with any prefix", (noun, text) => {
    write("f.yaml", text);
    for (const flags of [[], ["--prefix=x"], ["--rename"], ["--replace"]]) {
      expectRefused(kcfg(["import", "f.yaml", ...flags]), `f.yaml has a ${noun} without a name`);
    }
  });

  test.each([
    ["token", kubeconfig({ user: "token: REDACTED" })],
    ["password", kubeconfig({ user: "username: me, password: REDACTED" })],
    [
      "certificate-authority-data",
      kubeconfig({
        cluster: 'server: "https://h", certificate-authority-data: DATA+OMITTED',
        user: "token: t",
      }),
    ],
    [
      "client-certificate-data, client-key-data",
      kubeconfig({ user: "client-certificate-data: DATA+OMITTED, client-key-data: DATA+OMITTED" }),
    ],
    [
      "exec",
      kubeconfig({ user: plugin("aws", "interactiveMode: Never, env: [{name: T, value: REDACTED}]") }),
    ],
    [
      "proxy-url",
      kubeconfig({ cluster: 'server: "https://h", proxy-url: "http://REDACTED@p:1"', user: "token: t" }),
    ],
  ])("placeholders of kubectl config view are refused: %s", (fields, text) => {
    write("f.yaml", text);
    const run = kcfg(["import", "f.yaml", "--trust"]);
    expectRefused(run, `f.yaml was made by "kubectl config view" without --raw: the ${fields} of`);
    const { stdout, exitCode } = kcfg(["doctor", "--kubeconfig=f.yaml"]);
    expect(stdout).toContain("error  redacted-values");
    expect(exitCode).toBe(1);
  });

  test("what kcfg view prints of a kubeconfig is refused, what --raw prints is not", () => {
    const { stdout } = kcfg(["view"]);
    expectRefused(kcfg(["import", "-", "--prefix=x-"], stdout), "without --raw");
    expect(kcfg(["import", "-", "--prefix=x-", "--trust"], kcfg(["view", "--raw"]).stdout).exitCode).toBe(0);
  });
});

const arn = (i: number): string => `arn:aws:eks:eu-west-1:123456789012:cluster/payments-${i}`;

describe("inspect", () => {
  test("reports what a file does, and exits with 0 where nothing is dangerous", () => {
    write("f.yaml", kubeconfig({ user: "token: s3cr3t" }));
    expect(kcfg(["inspect", "f.yaml"])).toEqual({
      stdout:
        "f.yaml\n  It does nothing to you but give access to these clusters.\n" +
        '  contexts:\n    "x": "https://h:6443", user "u"\n',
      stderr: "",
      exitCode: 0,
    });
    expect(config()).toBe(MINE);
  });

  test("exits with 1 for what is dangerous, also in what you have already, and with 2 where it cannot tell", () => {
    write("f.yaml", kubeconfig({ user: plugin("aws", "interactiveMode: Never, args: [s3cr3t]") }));
    expect(kcfg(["import", "f.yaml", "--trust"]).exitCode).toBe(0);
    const { stdout, exitCode } = kcfg(["inspect", "f.yaml"]);
    expect(stdout).toContain('  runs programs:\n    user "u": runs "aws" with 1 argument\n');
    expect(stdout).not.toContain("s3cr3t");
    expect(exitCode).toBe(1);
    expect(kcfg(["inspect", "gone.yaml"]).exitCode).toBe(2);
    expect(kcfg(["inspect"]).exitCode).toBe(1);
  });

  test("long names leave room for what happens", () => {
    const users = [1, 2, 3, 4].map((i) => `- {name: "${arn(i)}", user: {${plugin("aws")}}}\n`);
    write("f.yaml", `users:\n${users.join("")}`);
    expect(kcfg(["inspect", "f.yaml"]).stdout).toBe(
      `f.yaml\n  runs programs:\n    users "${arn(1)}" and 3 more: runs "aws"\n  no contexts\n`,
    );
  });

  test("prints JSON, in which names of yours are marked", () => {
    write("fresh.yaml", FRESH);
    const { stdout, exitCode } = kcfg(["inspect", "fresh.yaml", "-o", "json"]);
    const { files } = JSON.parse(stdout) as { readonly files: readonly object[] };
    expect(files).toMatchObject([
      {
        file: "fresh.yaml",
        contexts: [{ name: "prod", server: "https://prod-2.example.com" }],
        entries: [{ state: "different" }, { state: "different" }, { state: "same" }],
        hazards: [
          { code: "file-outside", severity: "dangerous" },
          { code: "redefined-entry", severity: "note", name: "prod", field: "server" },
          { code: "redefined-entry", field: "token" },
        ],
      },
    ]);
    expect(stdout).not.toContain('fresh"\n');
    expect(exitCode).toBe(1);
  });

  test("hostile names and paths neither steer a terminal nor make up lines", () => {
    write(
      "f.yaml",
      kubeconfig({ user: plugin('"\\e[31m\\u202e\\nx"') }).replaceAll("name: x", 'name: "\\e]0;x\\a\\n"'),
    );
    expect(kcfg(["inspect", "f.yaml"]).stdout).not.toMatch(/[^\n -~]/);
  });
});

/** Runs an import in a terminal, and answers its question. */
async function answered(answer: string): Promise<{ readonly screen: string; readonly exitCode: string }> {
  const command = `${process.execPath} ${builtCli()} import f.yaml; echo "code=$?"`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: home,
    env: { ...process.env, HOME: home, KUBECONFIG: "", TERM: "xterm", SHELL: "/bin/sh" },
  });
  let screen = "";
  let isAnswered = false;
  child.stdout.on("data", (bytes: Buffer) => {
    screen += bytes.toString();
    if (!isAnswered && screen.includes("[y/N] ")) {
      isAnswered = true;
      child.stdin.write(answer);
    }
  });
  await new Promise((resolve) => child.once("close", resolve));
  return { screen, exitCode: /code=(\d+)/.exec(screen)?.[1] ?? "" };
}

describeUnless(lackOfScript())("on a terminal", () => {
  beforeEach(() => write("f.yaml", kubeconfig({ user: plugin("aws") })));

  test.each(["y\n", "YES\n"])("something dangerous is imported after a yes: %j", async (answer) => {
    const { screen, exitCode } = await answered(answer);
    expect(screen).toContain('runs "aws"');
    expect(screen.split('runs "aws"')).toHaveLength(2);
    expect(screen).toContain('Context "x" imported.');
    expect(exitCode).toBe("0");
  });

  test.each(["n\n", "\n", "yesterday\n", "\u0004"])("and not after anything else: %j", async (answer) => {
    const { screen, exitCode } = await answered(answer);
    expect(screen).toContain("error: nothing was imported");
    expect(exitCode).toBe("1");
    expect(config()).toBe(MINE);
  });

  test("what is not dangerous is not asked about", async () => {
    write("f.yaml", kubeconfig({ user: "token: t" }));
    const { screen, exitCode } = await answered("");
    expect(screen).not.toContain("[y/N]");
    expect(exitCode).toBe("0");
  });
});
