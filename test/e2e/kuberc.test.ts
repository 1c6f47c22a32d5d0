import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "../support/run-bin.ts";
import { repositoryFolder, runBin } from "../support/run-bin.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-kuberc-"));
afterAll(() => rmSync(folder, { recursive: true }));

let home = folder;
beforeEach(() => {
  home = mkdtempSync(join(folder, "home-"));
});

function kcfg(...args: readonly string[]): Run {
  return runBin(args, { cwd: home, env: { HOME: home } });
}

const example = readFileSync(join(repositoryFolder, "examples/kuberc.yaml"), "utf8");
const HEAD = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

/** A kuberc beside the test. */
function kuberc(text: string): string {
  writeFileSync(join(home, "rc"), text, { mode: 0o640 });
  return "--kuberc=rc";
}

function written(): string {
  return readFileSync(join(home, "rc"), "utf8");
}

/** A kuberc after an alias was put into it. */
function afterSet(text: string): string {
  const args = [kuberc(text), "--section=aliases", "--name=b", "--command=get"];
  expect(kcfg("kuberc", "set", ...args)).toMatchObject({ stderr: "", exitCode: 0 });
  return written();
}

describe("kuberc set", () => {
  test("makes the file, for the user alone", () => {
    const file = join(home, ".kube", "kuberc");
    expect(
      kcfg("kuberc", "set", "--section", "defaults", "--command", "get", "--option", "output=wide"),
    ).toEqual({
      stdout: `Updated ${file}\n`,
      stderr: "",
      exitCode: 0,
    });
    expect(readFileSync(file, "utf8")).toBe(
      `${HEAD}defaults:\n- command: get\n  options:\n  - name: output\n    default: wide\n`,
    );
  });

  testUnless(lackOfPosix)("makes the file for its owner alone", () => {
    kcfg("kuberc", "set", "--section", "defaults", "--command", "get", "--option", "output=wide");
    expect(statSync(join(home, ".kube", "kuberc")).mode & 0o777).toBe(0o600);
  });

  test("keeps comments, the mode, and a symbolic link", () => {
    const flag = kuberc(example);
    chmodSync(join(home, "rc"), 0o644);
    symlinkSync("rc", join(home, "link"));
    const args = ["--section=aliases", "--name=getp", "--command=get", "--prependarg=pods"];
    expect(kcfg("kuberc", "set", "--kuberc=link", ...args)).toMatchObject({
      exitCode: 0,
      stdout: "Updated link\n",
    });
    const added = "  - name: getp\n    command: get\n    prependArgs:\n      - pods\n";
    expect(written()).toBe(example.replace("\n# Nothing else", `${added}\n# Nothing else`));
    expect(statSync(join(home, "rc")).mode & 0o777).toBe(0o644);
    expect(readdirSync(home).toSorted()).toEqual([".kube", "link", "rc"]);
    expect(kcfg("kuberc", "set", flag, ...args)).toMatchObject({
      exitCode: 1,
      stderr: 'error: alias "getp" already exists, use --overwrite to replace\n',
    });
  });

  test("drops the allowlist with the policy that needs it, where kubectl locks itself out", () => {
    const flag = kuberc(example);
    expect(kcfg("kuberc", "set", flag, "--section=credentialplugin", "--policy=DenyAll").exitCode).toBe(0);
    expect(written()).toBe(
      example.replace(/credentialPluginPolicy: [^]*$/, "credentialPluginPolicy: DenyAll\n"),
    );
    expect(
      kcfg(
        "kuberc",
        "set",
        flag,
        "--section=credentialplugin",
        "--policy=Allowlist",
        "--allowlist-entry=command=/a,command=b",
      ).exitCode,
    ).toBe(0);
    expect(written()).toBe(
      example.replace(
        /credentialPluginPolicy: [^]*$/,
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n  - name: /a\n  - name: b\n",
      ),
    );
  });

  test.each([
    ["", 'error: required flag(s) "section" not set\n'],
    ["--section=x", 'error: --section must be "defaults", "aliases", or "credentialplugin", got: x\n'],
    ["--section=aliases", "error: --name is required when --section=aliases\n"],
    ["--section=defaults --name=x", "error: --name should not be specified when --section=defaults\n"],
    [
      "--section=defaults --prependarg=x",
      "error: --prependarg and --appendarg are only valid for --section=aliases\n",
    ],
    ["--section=defaults", "error: --command is required when --section=aliases or --section=defaults\n"],
    ["--section=credentialplugin", "error: --policy is required when --section=credentialplugin\n"],
    [
      "--section=credentialplugin --policy=x",
      'error:  --policy must be  "AllowAll", "DenyAll", or "Allowlist", got: x\n',
    ],
    [
      "--section=credentialplugin --policy=Allowlist",
      "error: --allowlist-entry is required when --section=credentialplugin and --policy=Allowlist\n",
    ],
    [
      "--section=credentialplugin --policy=DenyAll --allowlist-entry=command=x",
      "error: --allowlist-entry may only be used when --section=credentialplugin and --policy=Allowlist\n",
    ],
    [
      "--section=credentialplugin --policy=Allowlist --allowlist-entry=name=x",
      'error: allowlist entry field "name" is deprecated, use "command" instead\n',
    ],
    [
      "--section=credentialplugin --policy=Allowlist --allowlist-entry=command=x,command= --allowlist-entry=foo --allowlist-entry=a=b",
      'empty value in allowlist entry for field "command"\nimproperly formatted allowlist entry: "foo"\nunrecognized allowlist entry field: "a"\n',
    ],
    ["--section=defaults --command=x --option=y", 'error: invalid option format "y", expected flag=value\n'],
  ])("says what kubectl says to %j", (args, stderr) => {
    expect(kcfg("kuberc", "set", kuberc(HEAD), ...args.split(" ").filter(Boolean))).toEqual({
      stdout: "",
      stderr,
      exitCode: 1,
    });
    expect(written()).toBe(HEAD);
  });

  test.each([
    [
      "--section=aliases --name=a-b --command=get",
      "invalid alias name, can only include alphabetical characters",
    ],
    ["--section=aliases --name=get --command=get", 'kubectl has a command "get"'],
    ["--section=defaults --command=get --option==x", 'invalid option format "=x", expected flag=value'],
    [
      "--section=credentialplugin --policy=Allowlist --allowlist-entry=command=./x",
      'non-normalized file path: "./x" vs "x"',
    ],
    ["--section=defaults --command=get extra", "unexpected arguments: [extra]"],
  ])("refuses what kubectl would write and then refuse or ignore: %j", (args, message) => {
    const { stderr, exitCode } = kcfg("kuberc", "set", kuberc(HEAD), ...args.split(" "));
    expect(stderr.startsWith(`error: ${message}`)).toBe(true);
    expect(exitCode).toBe(1);
    expect(written()).toBe(HEAD);
  });

  test("edits flow lists and JSON in their own style", () => {
    expect(afterSet(`${HEAD}aliases: [{name: a, command: get}] # mine\n`)).toBe(
      `${HEAD}aliases: [{name: a, command: get}, {name: b, command: get}] # mine\n`,
    );
    expect(afterSet('{"apiVersion": "kubectl.config.k8s.io/v1beta1", "kind": "Preference"}\n')).toBe(
      '{"apiVersion": "kubectl.config.k8s.io/v1beta1", "kind": "Preference", "aliases": [{"name": "b", "command": "get"}]}\n',
    );
  });

  test("takes an entry with a hash in its path out whole", () => {
    const head = `${HEAD}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n`;
    const flag = kuberc(`${head}- name: "/opt/tools #1/plug"\n- name: /bin/plug\n`);
    const policy = [
      "--section=credentialplugin",
      "--policy=Allowlist",
      "--allowlist-entry=command=/bin/plug",
    ];
    expect(kcfg("kuberc", "set", flag, ...policy).exitCode).toBe(0);
    expect(written()).toBe(`${head}- name: /bin/plug\n`);
  });

  test("refuses a file that it cannot edit with certainty, and leaves it as it is", () => {
    const text = "apiVersion: v1\nkind: Pod\n";
    expect(
      kcfg("kuberc", "set", kuberc(text), "--section=aliases", "--name=b", "--command=get"),
    ).toMatchObject({
      stderr:
        "error: cannot edit the kuberc safely: it has no document that kubectl can use; nothing was changed\n",
      exitCode: 1,
    });
    expect(written()).toBe(text);
  });

  test("shows with --dry-run what it would change, without the values of secret options", () => {
    const text = `${HEAD}defaults:\n- command: get\n  options:\n  - name: token\n    default: s3cret-token\n`;
    const args = ["--section=aliases", "--name=b", "--command=get", "--prependarg=--password=hunter2"];
    const flag = kuberc(text);
    expect(kcfg("kuberc", "set", flag, ...args, "--dry-run")).toEqual({
      stdout: `--- rc
+++ rc
@@ -5,3 +5,8 @@
   options:
   - name: token
     default: REDACTED
+aliases:
+- name: b
+  command: get
+  prependArgs:
+  - --password=REDACTED
`,
      stderr: "",
      exitCode: 0,
    });
    expect([written(), readdirSync(home)]).toEqual([text, ["rc"]]);
    const same = ["--section=defaults", "--command=get", "--option=token=s3cret-token", "--overwrite"];
    expect(kcfg("kuberc", "set", flag, ...same, "--dry-run").stdout).toBe("nothing would change\n");
  });

  test("warns of a command that kubectl does not have", () => {
    expect(
      kcfg("kuberc", "set", kuberc(HEAD), "--section=aliases", "--name=b", "--command=gte"),
    ).toMatchObject({
      stderr: 'warning: kubectl 1.36 has no command "gte"\n',
      exitCode: 0,
    });
  });
});

describe("kuberc undo", () => {
  const DENY_ALL = ["--section=credentialplugin", "--policy=DenyAll"];

  test("takes the last change back, and that again", () => {
    const flag = kuberc(HEAD);
    expect(kcfg("kuberc", "set", flag, ...DENY_ALL).exitCode).toBe(0);
    expect(kcfg("kuberc", "undo", flag, "--dry-run").stdout).toContain(
      "\n-credentialPluginPolicy: DenyAll\n",
    );
    expect(kcfg("kuberc", "undo", flag)).toEqual({
      stdout: "Undid kuberc set in rc.\n",
      stderr: "",
      exitCode: 0,
    });
    expect(written()).toBe(HEAD);
    expect(kcfg("kuberc", "undo", flag).stdout).toBe("Undid undo of kuberc set in rc.\n");
    expect(written()).toBe(`${HEAD}credentialPluginPolicy: DenyAll\n`);
  });

  test("removes a file that the change made", () => {
    const file = join(home, ".kube", "kuberc");
    expect(kcfg("kuberc", "set", ...DENY_ALL).exitCode).toBe(0);
    expect(kcfg("kuberc", "undo").stdout).toBe(`Undid kuberc set in ${file}.\n`);
    expect(readdirSync(join(home, ".kube"))).toEqual(["kcfg"]);
  });

  test("is no part of undo, which is about the kubeconfig", () => {
    kcfg("kuberc", "set", kuberc(HEAD), ...DENY_ALL);
    expect(kcfg("undo")).toMatchObject({ stderr: expect.stringContaining("nothing to undo"), exitCode: 1 });
  });

  test("does not touch what something else has changed, and forgets", () => {
    const flag = kuberc(HEAD);
    kcfg("kuberc", "set", flag, ...DENY_ALL);
    writeFileSync(join(home, "rc"), `${written()}# mine\n`);
    expect(kcfg("kuberc", "undo", flag)).toMatchObject({
      stderr: expect.stringContaining("cannot undo kuberc set: rc has been changed since by something else"),
      exitCode: 1,
    });
    expect(kcfg("kuberc", "undo", flag, "--forget").stdout).toBe("Forgot the history of rc.\n");
    expect(kcfg("kuberc", "undo", flag)).toMatchObject({
      stderr: expect.stringContaining("nothing to undo: kcfg has not changed rc"),
      exitCode: 1,
    });
  });
});

describe("kuberc view", () => {
  test("shows what kubectl reads", () => {
    const text = `${HEAD}aliases:
- {name: a, command: get, options: null, prependArgs: [x]}
defaults:
- command: get
- {command: run, options: []}
credentialPluginPolicy: Allowlist
credentialPluginAllowlist: [{name: b}, {command: c}]
`;
    expect(kcfg("kuberc", "view", kuberc(text)).stdout).toBe(`aliases:
- command: get
  name: a
  prependArgs:
  - x
apiVersion: kubectl.config.k8s.io/v1beta1
credentialPluginAllowlist:
- name: b
- command: c
credentialPluginPolicy: Allowlist
defaults:
- command: get
  options: null
- command: run
  options: []
kind: Preference
`);
  });

  test.each([
    ["name", "preference.kubectl.config.k8s.io/<unknown>\n"],
    ["jsonpath={.aliases[*].name}", "getn runx"],
  ])("prints -o %s", (format, stdout) => {
    expect(kcfg("kuberc", "view", kuberc(example), "-o", format)).toEqual({
      stdout,
      stderr: "",
      exitCode: 0,
    });
  });

  test("prints JSON in the order of kubectl's types", () => {
    const { stdout } = kcfg("kuberc", "view", kuberc(example), "-o", "json");
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
      "kind",
      "apiVersion",
      "defaults",
      "aliases",
      "credentialPluginPolicy",
      "credentialPluginAllowlist",
    ]);
  });

  test("shows a v1alpha1 file in v1beta1's form, with all that is in it", () => {
    const text = readFileSync(join(repositoryFolder, "examples/kuberc-v1alpha1.yaml"), "utf8");
    expect(kcfg("kuberc", "view", kuberc(text)).stdout).toContain(
      'defaults:\n- command: delete\n  options:\n  - default: "true"\n    name: interactive\n',
    );
  });

  test("shows a kuberc that kubectl refuses, and why", () => {
    expect(kcfg("kuberc", "view", kuberc(`${HEAD}credentialPluginPolicy: x\n`))).toMatchObject({
      stdout: expect.stringContaining("credentialPluginPolicy: x\n"),
      stderr: 'error occurred while applying preferences unknown plugin policy: "x"\n',
      exitCode: 1,
    });
  });

  test("does not ask for anything when there is no file", () => {
    expect(kcfg("kuberc", "view")).toEqual({
      stdout: `kuberc file not found at ${join(home, ".kube", "kuberc")}\n`,
      stderr: "",
      exitCode: 0,
    });
  });

  test.each([
    [
      ["--kuberc=missing"],
      "error occurred while applying preferences kuberc error kuberc: open missing: no such file or directory\n",
    ],
    [
      ["-o", "wide"],
      'error: unable to match a printer suitable for the output format "wide", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml\n',
    ],
  ])("fails for %j as kubectl does", (args, stderr) => {
    const flag = kuberc(HEAD);
    expect(
      kcfg("kuberc", "view", ...(args[0]?.startsWith("--kuberc") === true ? args : [flag, ...args])),
    ).toEqual({
      stdout: "",
      stderr,
      exitCode: 1,
    });
  });

  test("says that kuberc is turned off", () => {
    expect(runBin(["kuberc", "view"], { env: { HOME: home, KUBERC: "off" } })).toMatchObject({
      stderr: "error: KUBERC is disabled via KUBERC=off environment variable\n",
      exitCode: 1,
    });
  });
});

describe("kuberc", () => {
  test("alone shows its commands", () => {
    expect(kcfg("kuberc")).toMatchObject({
      stdout: "",
      exitCode: 1,
      stderr: expect.stringContaining("Usage:\n  kcfg kuberc SUBCOMMAND [options]\n"),
    });
  });

  test("names a command that it does not have", () => {
    expect(kcfg("kuberc", "nope", "view")).toMatchObject({
      stderr: "error: unknown command \"nope view\"\nSee 'kcfg kuberc -h' for help and examples\n",
      exitCode: 1,
    });
  });
});
