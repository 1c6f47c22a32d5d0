import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { main } from "../../../src/cli/main.ts";
import type { Host } from "../../../src/host/host.ts";
import type { FakeMachine } from "../../support/fake-host.ts";
import { fakeHost } from "../../support/fake-host.ts";
import { repositoryFolder } from "../../support/run-bin.ts";
import { KUBECONFIG_LIMIT } from "../../../src/loading/size-limits.ts";

const exec = (command: string): string =>
  `exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ${command}}`;

const config = `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://h"}}]
contexts:
- {name: prod, context: {cluster: c, user: aws}}
- {name: dev, context: {cluster: c, user: aws}}
- {name: lab, context: {cluster: c, user: gke}}
- {name: lost, context: {cluster: c, user: nobody}}
current-context: prod
users:
- name: gke
  user: {${exec("./bin/gke-auth")}}
- name: aws
  user: {${exec("aws")}}
- name: static
  user: {token: t}
`;

const kuberc = (...fields: readonly string[]): string =>
  ["apiVersion: kubectl.config.k8s.io/v1beta1", "kind: Preference", ...fields, ""].join("\n");

const kubercFile = "/home/u/.kube/kuberc";

function machine(policy?: string, more: FakeMachine = {}): FakeMachine {
  return {
    ...more,
    executables: ["/usr/bin/aws", "/home/u/.kube/bin/gke-auth"],
    files: {
      "/home/u/.kube/config": config,
      ...(policy !== undefined && { [kubercFile]: policy }),
      ...more.files,
    },
    env: { HOME: "/home/u", PATH: "/usr/bin", ...more.env },
  };
}

async function run(
  world: FakeMachine,
  argv: readonly string[] = [],
  terminal = false,
): Promise<{ readonly out: string; readonly err: string; readonly exitCode: number; readonly host: Host }> {
  const host = fakeHost(world);
  const text = { out: "", err: "" };
  const streams = {
    out: {
      isTTY: terminal,
      write: (more: string | Uint8Array) => void (text.out += String(more)),
    },
    err: { write: (more: string) => void (text.err += more) },
  };
  const exitCode = await main(host, streams, ["check-plugins", ...argv], "kcfg");
  return { ...text, exitCode, host };
}

const allowAll = kuberc(
  "credentialPluginPolicy: Allowlist",
  "credentialPluginAllowlist:",
  "- name: aws",
  "- name: /home/u/.kube/bin/gke-auth",
);
const allowOne = kuberc("credentialPluginPolicy: Allowlist", "credentialPluginAllowlist: [{name: aws}]");
const denyAll = kuberc("credentialPluginPolicy: DenyAll");

describe("the exit code tells whether every plugin would run", () => {
  test.each<[what: string, world: FakeMachine, argv: readonly string[], exitCode: number]>([
    ["no policy", machine(), [], 0],
    ["no policy where one is required", machine(), ["--require-policy"], 1],
    [
      "AllowAll where a policy is required",
      machine(kuberc("credentialPluginPolicy: AllowAll")),
      ["--require-policy"],
      1,
    ],
    ["every plugin listed", machine(allowAll), ["--require-policy"], 0],
    ["one plugin not listed", machine(allowOne), [], 1],
    ["one plugin not listed, but not chosen", machine(allowOne), ["--context", "dev"], 0],
    ["the chosen plugin not listed", machine(allowOne), ["--user", "gke"], 1],
    ["all denied", machine(denyAll), [], 1],
    ["all denied, without a plugin chosen", machine(denyAll), ["--user", "static"], 0],
    ["a plugin missing", machine(undefined, { env: { PATH: "/nope" } }), [], 1],
    ["no kubeconfig", { env: { HOME: "/home/u" } }, [], 0],
    ["kuberc turned off", machine(denyAll, { env: { KUBERC: "off" } }), [], 0],
    ["a misspelt field", machine(kuberc("credentialpluginpolicy: DenyAll")), [], 1],
    ["an unusable default kuberc", machine("a: ["), [], 1],
    ["a policy in v1alpha1", machine(denyAll.replace("v1beta1", "v1alpha1")), [], 1],
    ["a policy in a later document", machine(`${kuberc()}---\n${denyAll}`), [], 1],
    ["a misconfigured policy", machine(kuberc("credentialPluginPolicy: denyall")), [], 2],
    ["an unusable kuberc that is named", machine(undefined, { files: { "/k": "a: [" } }), ["--kuberc=/k"], 2],
    ["a missing kuberc that is named", machine(), ["--kuberc", "/nope"], 2],
    ["an alias that kubectl refuses", machine(kuberc("aliases: [{name: a1, command: get}]")), [], 2],
    ["a broken kubeconfig", machine(undefined, { files: { "/home/u/.kube/config": "a: [" } }), [], 2],
    ["a missing kubeconfig that is named", machine(), ["--kubeconfig=/nope"], 2],
    ["an unknown context", machine(), ["--context", "nope"], 2],
    ["a context without its user", machine(), ["--context", "lost"], 2],
    ["an unknown user", machine(), ["--user", "nope"], 2],
    ["an unknown flag", machine(), ["--nope"], 2],
    ["an unknown format", machine(), ["-o", "xml"], 2],
    ["a named file", machine(), ["/home/u/.kube/config"], 0],
    ["named files, one of them missing", machine(), ["/home/u/.kube/config", "/nope"], 2],
    ["a file without a name", machine(), [""], 2],
    [
      "a named file and --kubeconfig",
      machine(),
      ["--kubeconfig=/home/u/.kube/config", "/home/u/.kube/config"],
      2,
    ],
    ["--write alone", machine(), ["--write"], 2],
    [
      "--kuberc where there is none",
      machine(undefined, { env: { KUBECTL_KUBERC: "false" } }),
      ["--kuberc=/k"],
      2,
    ],
  ])("%s", async (_what, world, argv, exitCode) => {
    const ended = await run(world, argv);
    expect([ended.exitCode, ended.err === "" || exitCode > 0 || ended.err.startsWith("warning: ")]).toEqual([
      exitCode,
      true,
    ]);
  });
});

test("the table begins with the policy", async () => {
  expect(await run(machine(allowOne))).toMatchObject({
    exitCode: 1,
    err: "",
    out: `Plugin policy: Allowlist, from /home/u/.kube/kuberc

STATUS    USER   CONTEXTS   COMMAND          PATH                         REASON
allowed   aws    dev,prod   aws              /usr/bin/aws                 the allowlist has the command "aws"
denied    gke    lab        ./bin/gke-auth   /home/u/.kube/bin/gke-auth   plugin path "/home/u/.kube/bin/gke-auth" is not permitted by the credential plugin allowlist
`,
  });
});

test("the wide table has the entry and the file too", async () => {
  const { out } = await run(machine(allowAll), ["-o", "wide", "--user=gke"]);
  expect(out.split("\n").slice(2)).toEqual([
    expect.stringMatching(/ ENTRY +ORIGIN$/) as unknown,
    expect.stringMatching(/ \/home\/u\/\.kube\/bin\/gke-auth +\/home\/u\/\.kube\/config$/) as unknown,
    "",
  ]);
});

test("without plugins and without a policy it says so", async () => {
  expect((await run({ env: { HOME: "/home/u" } })).out).toBe(
    "Plugin policy: none (every plugin may run)\nNo user has an exec plugin.\n",
  );
});

test("a terminal gets colours, unless NO_COLOR is set", async () => {
  expect((await run(machine(allowOne), [], true)).out).toContain("\u001b[31mdenied\u001b[0m    gke");
  expect((await run(machine(allowOne, { env: { NO_COLOR: "1" } }), [], true)).out).not.toContain("\u001b");
  expect((await run(machine(allowOne))).out).not.toContain("\u001b");
});

test("what a kubeconfig says cannot steer the terminal", async () => {
  const evil = config
    .replace("name: aws\n", 'name: "a\\e[2J\\nallowed"\n')
    .replace("command: aws", 'command: "x\\x9b"');
  const { out } = await run(machine(undefined, { files: { "/home/u/.kube/config": evil } }));
  // eslint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(out).toContain('"a\\x1b[2J\\nallowed"');
});

describe("JSON is what the schema says", () => {
  const schema = JSON.parse(
    readFileSync(join(repositoryFolder, "schemas/check-plugins.schema.json"), "utf8"),
  ) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

  test.each([
    ["no policy", machine(), []],
    ["an allowlist", machine(allowOne), []],
    ["a denial", machine(denyAll), ["--minify"]],
    ["an ignored policy", machine(kuberc("credentialPluginPolcy: DenyAll")), []],
    ["no plugin", machine(denyAll), ["--user=static"]],
  ])("with %s", async (_what, world, argv) => {
    const { out } = await run(world, [...argv, "-o", "json"]);
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
  });

  test("whole", async () => {
    const { out, err } = await run(
      machine(kuberc("credentialPluginPolicy: AllowAll", "credentialPluginPolcy: DenyAll")),
      ["-o", "json", "--context=lab"],
    );
    const warnings = [
      'kuberc: ignoring strict decoding error in /home/u/.kube/kuberc: strict decoding error: unknown field "credentialPluginPolcy"',
      '/home/u/.kube/kuberc:4: "credentialPluginPolcy" has no effect: kubectl knows no such field; write credentialPluginPolicy at the top level',
    ];
    expect(JSON.parse(out)).toEqual({
      policy: {
        credentialPluginPolicy: "AllowAll",
        credentialPluginAllowlist: null,
        source: kubercFile,
        enforced: false,
        ignored: true,
        warnings,
      },
      requirements: [],
      plugins: [
        {
          user: "gke",
          contexts: ["lab"],
          command: "./bin/gke-auth",
          resolvedPath: "/home/u/.kube/bin/gke-auth",
          status: "allowed",
          matchedEntry: null,
          reason: "the policy allows every plugin",
          rule: "allow-all",
          digests: null,
          origin: "/home/u/.kube/config",
        },
      ],
    });
    expect(err).toBe(
      [
        ...warnings.map((text) => `warning: ${text}`),
        "error: kubectl ignores a plugin policy, or a part of one: see the warnings",
        "",
      ].join("\n"),
    );
  });
});

test("YAML holds the same", async () => {
  expect((await run(machine(denyAll), ["-o", "yaml", "--minify"])).out).toBe(`plugins:
- command: aws
  contexts:
  - dev
  - prod
  digests: null
  matchedEntry: null
  origin: /home/u/.kube/config
  reason: 'plugin "aws" not allowed: policy set to "DenyAll"'
  resolvedPath: /usr/bin/aws
  rule: deny-all
  status: denied
  user: aws
policy:
  credentialPluginAllowlist: null
  credentialPluginPolicy: DenyAll
  enforced: true
  ignored: false
  source: /home/u/.kube/kuberc
  warnings: []
requirements: []
`);
});

test("-o name names the users", async () => {
  expect((await run(machine(), ["-o", "name"])).out).toBe("aws\ngke\n");
});

test("SARIF has a result for each fault, where the command stands", async () => {
  const { out } = await run(machine(kuberc("credentialPluginPolcy: DenyAll"), { env: { PATH: "/nope" } }), [
    "-o",
    "sarif",
    "--require-policy",
  ]);
  const { version, runs } = JSON.parse(out) as { version: string; runs: { results: object[] }[] };
  expect(version).toBe("2.1.0");
  expect(runs[0]?.results).toMatchObject([
    {
      ruleId: "plugin-missing",
      message: { text: 'user "aws": exec: executable aws not found' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "file:///home/u/.kube/config" },
            region: { startLine: 14, startColumn: 95 },
          },
        },
      ],
    },
    { ruleId: "policy-ignored" },
    { ruleId: "policy-ignored" },
    { ruleId: "policy-required" },
  ]);
});

test("warnings stand before the error that they explain", async () => {
  const { err } = await run(
    machine(kuberc("credentialPluginPolicy: Allowlist", "credentialPluginAllowList: [{name: aws}]")),
  );
  expect(err.split("\n")).toEqual([
    'warning: kuberc: ignoring strict decoding error in /home/u/.kube/kuberc: strict decoding error: unknown field "credentialPluginAllowList"',
    'warning: /home/u/.kube/kuberc:4: "credentialPluginAllowList" has no effect: kubectl knows no such field; write credentialPluginAllowlist at the top level',
    'error occurred while applying preferences credential plugin policy set to "Allowlist", but allowlist is unspecified',
    "",
  ]);
});

test.each([
  [
    "entries by command are told, because kubectl 1.35 refuses them",
    machine(kuberc("credentialPluginPolicy: Allowlist", "credentialPluginAllowlist: [{command: aws}]")),
    /^warning: .*which kubectl 1\.35 refuses; name says the same to all\n$/,
  ],
  [
    "a policy that the environment turns off is told",
    machine(denyAll, { env: { KUBERC: "off" } }),
    /^warning: \/home\/u\/\.kube\/kuberc sets the policy DenyAll, but the environment turns kuberc off/,
  ],
])("%s", async (_what, world, err) => {
  const ended = await run(world, ["--context", "prod"]);
  expect(ended.err).toMatch(err);
  expect(ended.exitCode).toBe(0);
});

describe("a policy is suggested", () => {
  test("that admits what runs today by its full path", async () => {
    expect(await run(machine(), ["--suggest"])).toMatchObject({
      exitCode: 0,
      err: "",
      out: kuberc(
        "credentialPluginPolicy: Allowlist",
        "credentialPluginAllowlist:",
        "- name: /usr/bin/aws",
        "- name: /home/u/.kube/bin/gke-auth",
      ),
    });
  });

  test("whatever the policy is now", async () => {
    expect(
      (await run(machine(kuberc("credentialPluginPolicy: nope")), ["--suggest", "--user=aws"])).out,
    ).toBe(kuberc("credentialPluginPolicy: Allowlist", "credentialPluginAllowlist:", "- name: /usr/bin/aws"));
  });

  test("that leaves out what does not run", async () => {
    expect(
      await run(machine(undefined, { env: { PATH: "." }, cwd: "/usr/bin" }), ["--suggest", "--user=aws"]),
    ).toMatchObject({
      out: denyAll,
      err: "warning: the plugin of user aws is left out: exec: executable aws not found: cannot run executable found relative to current directory\n",
    });
  });

  test("and written, if one likes, where the rest of the kuberc stays", async () => {
    const before = kuberc("# my aliases", "aliases: # short", "- name: g", "  command: get");
    const { out, exitCode, host } = await run(machine(before), ["--suggest", "--write", "--user=aws"]);
    expect([out, exitCode]).toEqual(["Updated /home/u/.kube/kuberc\n", 0]);
    expect(new TextDecoder().decode(host.fs.readFile(kubercFile, KUBECONFIG_LIMIT))).toBe(
      kuberc(
        "credentialPluginPolicy: Allowlist",
        "credentialPluginAllowlist:",
        "- name: /usr/bin/aws",
        "# my aliases",
        "aliases: # short",
        "- name: g",
        "  command: get",
      ),
    );
  });

  test("or shown as it would be written", async () => {
    const flags = ["--suggest", "--write", "--dry-run", "--user=aws"];
    const before = kuberc("aliases: []");
    const { out, exitCode, host } = await run(machine(before), flags);
    expect([out, exitCode]).toEqual([
      `--- ${kubercFile}
+++ ${kubercFile}
@@ -1,3 +1,6 @@
 apiVersion: kubectl.config.k8s.io/v1beta1
 kind: Preference
+credentialPluginPolicy: Allowlist
+credentialPluginAllowlist:
+- name: /usr/bin/aws
 aliases: []
`,
      0,
    ]);
    expect(new TextDecoder().decode(host.fs.readFile(kubercFile, KUBECONFIG_LIMIT))).toBe(before);
    expect(await run(machine(before), ["--dry-run"])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("--dry-run goes with --suggest --write"),
    });
  });

  test("and written into a new file that is the user's alone", async () => {
    const { host } = await run(machine(), ["--suggest", "--write", "--kuberc=/home/u/new/kuberc"]);
    expect(host.fs.stat("/home/u/new/kuberc").mode & 0o777).toBe(0o600);
  });

  test.each<[what: string, world: FakeMachine, message: string]>([
    ["v1alpha1", machine(kuberc().replace("v1beta1", "v1alpha1")), "knows no plugin policy"],
    ["an unusable kuberc", machine("a: ["), "no document that kubectl can use"],
    ["kuberc turned off", machine(denyAll, { env: { KUBERC: "off" } }), "turned off"],
  ])("but not written into %s", async (_what, world, message) => {
    const ended = await run(world, ["--suggest", "--write"]);
    expect([ended.exitCode, ended.out]).toEqual([2, ""]);
    expect(ended.err).toContain(message);
    expect(ended.host.fs.readFile(kubercFile, KUBECONFIG_LIMIT)).toEqual(
      new TextEncoder().encode(world.files?.[kubercFile] ?? ""),
    );
  });
});

test("nothing is run, and no secret is printed", async () => {
  const { out, err } = await run(machine(denyAll), ["-o", "json"]);
  expect(out + err).not.toContain("token");
});

const execOf = (name: string, command: string, args: readonly string[] = []): string =>
  `- {name: ${name}, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, ` +
  `command: ${JSON.stringify(command)}, args: ${JSON.stringify(args)}}}}`;

describe("a program that runs others", () => {
  const programs = ["sh", "python3.12", "kubectl", "kcfg", "env", "snap", "login"];
  /** Runs the command where these users are, and these links from a path to a path. */
  async function runWith(
    users: readonly string[],
    argv: readonly string[],
    links: Readonly<Record<string, string>> = {},
    policy?: string,
  ): Promise<{
    readonly out: string;
    readonly err: string;
    readonly exitCode: number;
    readonly policy: string;
  }> {
    const host = fakeHost({
      env: { HOME: "/home/u", PATH: "/opt/bin:/usr/bin" },
      executables: programs.map((name) => `/usr/bin/${name}`),
      files: {
        "/opt/bin/.keep": "",
        "/snap/bin/.keep": "",
        "/home/u/.kube/config": ["users:", ...users, ""].join("\n"),
        ...(policy !== undefined && { [kubercFile]: policy }),
      },
    });
    for (const [path, target] of Object.entries(links)) {
      host.fs.createLink(path, target);
    }
    const text = { out: "", err: "" };
    const streams = {
      out: { write: (more: string | Uint8Array) => void (text.out += String(more)) },
      err: { write: (more: string) => void (text.err += more) },
    };
    const exitCode = await main(host, streams, ["check-plugins", ...argv], "kcfg");
    const written = argv.includes("--write")
      ? new TextDecoder().decode(host.fs.readFile(kubercFile, 100_000))
      : "";
    return { ...text, exitCode, policy: written };
  }

  const onlyLogin = kuberc(
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist:",
    "- name: /usr/bin/login",
  );
  const login = execOf("good", "login");

  test.each([
    ["a shell", execOf("bad", "/usr/bin/sh", ["-c", "x"]), {}, '"/usr/bin/sh" runs whatever'],
    ["an interpreter", execOf("bad", "python3.12", ["x.py"]), {}, '"python3.12" runs whatever'],
    ["kcfg", execOf("bad", "kcfg", ["credential"]), {}, "name the real plugin as the command of the user"],
    [
      "kubectl",
      execOf("bad", "kubectl", ["oidc-login", "get-token"]),
      {},
      "name the plugin's own executable as the command of the user: kubectl-oidc_login, without the argument oidc-login",
    ],
    [
      "a link to a shell",
      execOf("bad", "aws"),
      { "/opt/bin/aws": "/usr/bin/sh" },
      '"aws" is "/usr/bin/sh", which runs',
    ],
    [
      "a link to a link to a shell",
      execOf("bad", "/opt/bin/aws"),
      { "/opt/bin/aws": "/opt/bin/b", "/opt/bin/b": "/usr/bin/env" },
      '"/opt/bin/aws" is "/usr/bin/env", which runs',
    ],
  ])("is not suggested: %s", async (_what, user, links, reason) => {
    for (const argv of [["--suggest"], ["--suggest", "--write"]]) {
      const { out, err, exitCode, policy } = await runWith([login, user], argv, links);
      expect([argv.includes("--write") ? policy : out, exitCode]).toEqual([onlyLogin, 0]);
      expect(err).toMatch(/^warning: the plugin of user bad is left out: .*\n$/);
      expect(err).toContain(reason);
    }
  });

  test("is not suggested alone: then nothing may run", async () => {
    const { err, policy } = await runWith([execOf("bad", "sh")], ["--suggest", "--write"]);
    expect(policy).toBe(denyAll);
    expect(err).toContain("warning: nothing is left to allow, so the policy is DenyAll: no plugin may run\n");
  });

  test("is reported where the allowlist has it, and fails if a policy is required", async () => {
    const policy = kuberc(
      "credentialPluginPolicy: Allowlist",
      "credentialPluginAllowlist:",
      "- name: /usr/bin/login",
      "- name: kcfg",
      "- name: aws",
    );
    const links = { "/opt/bin/aws": "/usr/bin/sh" };
    const { err, exitCode } = await runWith([login], [], links, policy);
    expect(exitCode).toBe(0);
    expect(err).toBe(
      [
        `warning: ${kubercFile}:6: the entry "kcfg" of the allowlist runs whatever a kubeconfig tells it to, so that every program may run; allow the programs that it runs instead`,
        `warning: ${kubercFile}:7: the entry "aws" of the allowlist leads to "/usr/bin/sh", which runs whatever a kubeconfig tells it to, so that every program may run; allow the programs that it runs instead`,
        "",
      ].join("\n"),
    );
    const required = await runWith([login], ["--require-policy"], links, policy);
    expect([required.exitCode, required.err.split("\n").at(-2)]).toEqual([
      1,
      "error: the allowlist allows every program, and --require-policy demands one that does not: see the warnings",
    ]);
    const json = JSON.parse((await runWith([login], ["-o", "json"], links, policy)).out) as {
      readonly policy: { readonly warnings: readonly string[] };
    };
    expect(json.policy.warnings).toHaveLength(2);
    for (const [argv, level] of [
      [["-o", "sarif"], "warning"],
      [["-o", "sarif", "--require-policy"], "error"],
    ] as const) {
      const { runs } = JSON.parse((await runWith([login], argv, links, policy)).out) as {
        readonly runs: readonly [{ readonly results: readonly object[] }];
      };
      expect(runs[0].results).toMatchObject([
        { ruleId: "policy-allows-launcher", level },
        { ruleId: "policy-allows-launcher", level },
      ]);
    }
  });

  test("is none where a link to snap names the snap", async () => {
    const { out, err } = await runWith([execOf("good", "/snap/bin/aws")], ["--suggest"], {
      "/snap/bin/aws": "/usr/bin/snap",
    });
    expect([out.includes("- name: /snap/bin/aws"), err]).toEqual([true, ""]);
  });
});
