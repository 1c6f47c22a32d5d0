import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { main } from "../../../src/cli/main.ts";
import { CODES } from "../../../src/doctor/codes.ts";
import type { Host } from "../../../src/host/host.ts";
import { nodeHost } from "../../../src/host/node-host.ts";
import { base64, kubeconfig, plugin } from "../../doctor/kubeconfigs.ts";
import { HOME_CONFIG, hostOf } from "../../doctor/world.ts";
import type { World } from "../../doctor/world.ts";
import { createAuthority } from "../../support/certificates.ts";
import { repositoryFolder } from "../../support/run-bin.ts";
import { KUBECONFIG_LIMIT } from "../../../src/loading/size-limits.ts";

const GOOD = kubeconfig({});
const files = { "/home/u/.kube/token": "t\n" };

interface Ended {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
  readonly host: Host;
}

async function runOn(host: Host, argv: readonly string[], terminal = false): Promise<Ended> {
  const text = { out: "", err: "" };
  const streams = {
    out: { isTTY: terminal, write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  const exitCode = await main(host, streams, ["doctor", ...argv], "kcfg");
  return { ...text, exitCode, host };
}

async function run(world: World, argv: readonly string[] = [], terminal = false): Promise<Ended> {
  return runOn(hostOf(world), argv, terminal);
}

const error = { config: kubeconfig({ context: "cluster: d, user: u" }), files };
const warning = { config: kubeconfig({ cluster: "server: http://h" }), files };
const info = { config: kubeconfig({ user: "token: t" }), files };
const good = { config: GOOD, files };

describe("the exit code tells whether anything was found that is as bad as --fail-on", () => {
  test.each<[what: string, world: World, argv: readonly string[], exitCode: number]>([
    ["nothing", good, [], 0],
    ["nothing, failing on notes", good, ["--fail-on", "info"], 0],
    ["a note", info, [], 0],
    ["a note, failing on notes", info, ["--fail-on=info"], 1],
    ["a warning", warning, [], 1],
    ["a warning, failing on errors", warning, ["--fail-on", "error"], 0],
    ["an error", error, [], 1],
    ["an error, failing on errors", error, ["--fail-on", "error"], 1],
    ["a warning that is ignored", warning, ["--ignore", "server-over-http"], 0],
    ["an error that is ignored with others", error, ["--ignore=unused-cluster,unknown-cluster"], 0],
    [
      "an error that is ignored, one of two",
      error,
      ["--ignore=unused-cluster", "--ignore", "inline-token"],
      1,
    ],
    ["a file that is refused", { config: "a: [" }, [], 1],
    ["a missing kubeconfig that is named", good, ["--kubeconfig", "/nope"], 1],
    ["no kubeconfig", {}, [], 1],
    ["a context of a file that is refused", { config: "a: [" }, ["--context", "x"], 1],
    ["an unknown context", good, ["--context", "nope"], 2],
    ["an unknown code", good, ["--ignore", "nonsense"], 2],
    ["an unknown severity", good, ["--fail-on", "panic"], 2],
    ["an unknown format", good, ["-o", "xml"], 2],
    ["an unknown flag", good, ["--nope"], 2],
    ["no duration", good, ["--expiring-within", "soon"], 2],
    ["an empty duration", good, ["--expiring-within="], 2],
    ["a negative duration", good, ["--expiring-within=-1h"], 2],
    ["a named file", good, [HOME_CONFIG], 0],
    ["a named file that is missing", good, [HOME_CONFIG, "/nope"], 1],
    ["a file without a name", good, [""], 2],
    ["a named file and --kubeconfig", good, ["--kubeconfig", HOME_CONFIG, HOME_CONFIG], 2],
    ["--dry-run alone", good, ["--dry-run"], 2],
    ["a kuberc that is off and named", { ...good, env: { KUBERC: "off" } }, ["--kuberc=/k"], 1],
  ])("%s", async (_what, world, argv, exitCode) => {
    const ended = await run(world, argv);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.err === "").toBe(exitCode < 2);
    expect(ended.out === "").toBe(exitCode === 2);
  });
});

test.each([
  ["30d", true],
  ["10d", false],
  ["20d1h", true],
  ["0.5d", false],
  ["481h", true],
  ["479h", false],
  ["28860m", true],
])("--expiring-within %s tells of a certificate that is good for twenty days: %s", async (time, isTold) => {
  const authority = await createAuthority();
  const { certificate } = await authority.issue({
    commonName: "h",
    notAfter: new Date(Date.now() + 20 * 86_400_000),
  });
  const cluster = `server: "https://h", certificate-authority-data: ${base64(certificate)}`;
  const { out } = await run({ config: kubeconfig({ cluster }), files }, ["--expiring-within", time]);
  expect(out.includes("ca-expiring")).toBe(isTold);
});

test("the table tells file by file what is wrong and what to do, in 80 columns", async () => {
  const world = {
    config: kubeconfig({
      cluster: "server: http://h",
      user: plugin("./a"),
      context: "cluster: c, user: u, namespace: Shop",
      more: "current-context: nowhere-to-be-seen-in-this-very-file-or-in-any-other-one",
    }),
    executables: ["/home/u/.kube/a"],
  };
  expect((await run(world, ["--all"])).out).toBe(`/home/u/.kube/config
  error  unknown-current-context  13:18
    There is no context
    "nowhere-to-be-seen-in-this-very-file-or-in-any-other-one".
    → Choose one that exists: kcfg use-context NAME

  warning  server-over-http  6:13
    cluster "c": "http://h" is spoken to without TLS. kubectl sends no
    credentials there.
    → Use https.

  warning  invalid-namespace  12:34
    context "x": There can be no namespace "Shop".
    → Correct it: kcfg set-context x -n NAMESPACE

  warning  repeated-field  13:1
    "current-context" stands at line 3 already, where it has no effect.
    → Remove the one that is wrong.

  info  exec-command-relative  9:62
    user "u": Its plugin "./a" counts from the folder of the kubeconfig:
    "/home/u/.kube/a".
    → Write the whole path if that is not meant.

In no file
  info  no-plugin-policy
    There is no kuberc that says which plugins may run.
    → Admit what runs today, and nothing else: kcfg check-plugins --suggest
      --write

1 error, 3 warnings, 2 info.
`);
});

test("where nothing is found it says so", async () => {
  expect((await run(good)).out).toBe("Nothing was found in /home/u/.kube/config.\n");
});

test("a context that is chosen is looked at alone", async () => {
  const more = "- name: lost\n  context: {cluster: gone, user: u}\ncurrent-context: lost";
  const world = { config: kubeconfig({ more }), files };
  expect((await run(world, ["--context", "x", "--ignore=repeated-field"])).exitCode).toBe(0);
  const { out } = await run(world, ["--context", "lost"]);
  expect(out).toContain('context "lost": There is no cluster "gone".');
});

async function isColoured(terminal: boolean, env: Readonly<Record<string, string>>): Promise<boolean> {
  return (await run({ ...warning, env }, [], terminal)).out.includes("\u001b[");
}

test("colours are for terminals, and for those who want them", async () => {
  expect(await isColoured(true, {})).toBe(true);
  expect(await isColoured(true, { NO_COLOR: "1" })).toBe(false);
  expect(await isColoured(false, {})).toBe(false);
});

test("what files say cannot steer the terminal", async () => {
  const evil = String.raw`"\e]0;pwned\a\e[2J\nerror: none"`;
  const config = [
    `current-context: ${evil}`,
    `clusters: [{name: ${evil}, cluster: {server: ${evil}, ${evil}: 1, proxy-url: ${evil}, certificate-authority: ${evil}}}]`,
    `users: [{name: ${evil}, user: {auth-provider: {name: ${evil}}, client-certificate: ${evil}}}, {name: u2, user: {${plugin(evil, `interactiveMode: Never, installHint: ${evil}`)}}}]`,
    `contexts: [{name: ${evil}, context: {cluster: x, user: ${evil}, namespace: ${evil}}}]`,
  ].join("\n");
  for (const format of ["table", "json", "sarif"]) {
    const { out } = await run({ config }, ["-o", format]);
    expect(out.length).toBeGreaterThan(1000);
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(out).not.toMatch(/^error: none/m);
  }
});

test("a hostile name does no harm in a command that is suggested", async () => {
  const { out } = await run({
    config: "contexts: [{name: '$(rm -rf ~)', context: {user: u}}]\nusers: [{name: u, user: {token: t}}]",
  });
  expect(out).toContain("kcfg set-context '$(rm -rf ~)' --cluster NAME");
});

function secret(name: string): string {
  return `hunter2-${name}`;
}

test.each(["table", "json", "sarif"])("no secret is in a report as %s", async (format) => {
  const config = [
    "clusters:",
    `- {name: c, cluster: {server: "https://${secret("a")}:${secret("b")}@h", proxy-url: "http://u:${secret("c")}@p", Server: ${secret("d")}, certificate-authority-data: ${base64(secret("e"))}}}`,
    `- {name: d, cluster: {server: "${secret("f")}@%zz", proxy-url: "%zz:${secret("g")}@", extensions: [{name: e, extension: {pin: 0777123, pass: ${secret("h")}}}]}}`,
    "users:",
    `- {name: a, user: {token: "${secret("i")}\\n", password: ${secret("j")}, Token: ${secret("k")}, token_file: nowhere}}`,
    `- {name: b, user: {client-certificate-data: ${base64(secret("m"))}, client-key-data: ${base64(secret("n"))}, tokenFile: secret}}`,
    `- {name: e, user: {auth-provider: {name: oidc, config: {client-secret: ${secret("o")}, id-token: ${secret("p")}}}}}`,
    `- {name: f, user: {${plugin("gone", `interactiveMode: Never, args: [${secret("q")}], env: [{name: A, value: ${secret("r")}}, {Name: B, Value: ${secret("s")}}]`)}}}`,
    "contexts: [{name: x, context: {cluster: c, user: a}}]",
  ].join("\n");
  const world: World = {
    config,
    files: { "/home/u/.kube/secret": `${secret("t")}\n${secret("u")}` },
    modes: { [HOME_CONFIG]: 0o644 },
  };
  for (const argv of [[], ["--fix", "--dry-run"], ["--fix"]]) {
    const { out, err } = await run(world, ["-o", format, ...argv]);
    expect(out.length).toBeGreaterThan(2000);
    expect(out + err).not.toMatch(/hunter2|777123|261715/);
  }
});

describe("-o json", () => {
  const schema = JSON.parse(
    readFileSync(join(repositoryFolder, "schemas/doctor.schema.json"), "utf8"),
  ) as object;
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

  test.each<[what: string, world: World, argv: readonly string[]]>([
    ["nothing", good, []],
    ["an error", error, []],
    ["a broken file", { config: "clusters: 1" }, []],
    ["no file", {}, []],
    ["what was mended", error, ["--fix"]],
  ])("keeps to its schema: %s", async (_what, world, argv) => {
    const { out } = await run(world, [...argv, "-o", "json"]);
    expect([validate(JSON.parse(out)), validate.errors]).toEqual([true, null]);
  });

  test("tells all there is to tell", async () => {
    const { out } = await run(info, ["-o", "json"]);
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      files: [HOME_CONFIG],
      findings: [
        {
          code: "inline-token",
          severity: "info",
          file: HOME_CONFIG,
          line: 9,
          column: 10,
          subject: 'user "u"',
          message: "Its token stands in the file.",
          hint: CODES["inline-token"].hint,
          fixable: false,
        },
      ],
      omitted: {},
      summary: { error: 0, warning: 0, info: 1 },
    });
  });

  test("counts what comes up too often", async () => {
    const config = `kind: Config\n${Array.from({ length: 1234 }, (_, i) => `x${i}: 1\n`).join("")}`;
    const { out } = await run({ config }, ["-o", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      omitted: { "unknown-field": 234 },
      // One more for the context that is not there.
      summary: { warning: 1001 },
    });
  });
});

test("-o sarif has a rule for every code, and a result for every finding", async () => {
  const { out } = await run(warning, ["-o", "sarif"]);
  const log = JSON.parse(out) as {
    readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly object[] } } }];
  };
  expect(log).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        results: [
          {
            ruleId: "server-over-http",
            level: "warning",
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "file:///home/u/.kube/config" },
                  region: { startLine: 6, startColumn: 13 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
  expect(log.runs[0].tool.driver.rules.map((rule) => (rule as { readonly id: string }).id)).toEqual(
    Object.keys(CODES),
  );
});

function read(host: Host): string {
  return Buffer.from(host.fs.readFile(HOME_CONFIG, KUBECONFIG_LIMIT)).toString();
}

function modeOf(host: Host): number {
  return host.fs.stat(HOME_CONFIG).mode & 0o777;
}

function refuse(): never {
  throw Object.assign(new Error("no"), { code: "EPERM" });
}

describe("info is told", () => {
  test.each([[["--all"]], [["--fail-on=info"]]])("with %j", async (argv) => {
    const { out } = await run(info, argv);
    expect(out).toContain("info  inline-token  9:10");
    expect(out).toMatch(/\n1 info\.\n$/);
  });

  test("else only counted, but never left out of JSON and SARIF", async () => {
    expect((await run(info)).out).toBe(
      "Nothing is wrong in /home/u/.kube/config. 1 info not shown: kcfg doctor --all.\n",
    );
    for (const format of ["json", "sarif"]) {
      expect((await run(info, ["-o", format])).out).toContain("Its token stands in the file.");
    }
  });
});

describe("--fix", () => {
  const config = kubeconfig({
    cluster: 'server: "https://h", tls_server_name: secret-name',
    user: "token: hunter2",
    more: "# A comment.",
  }).replace("users:", "- name: d # unused\n  cluster: {server: https://d}\nusers:");
  const bad: World = { config, modes: { [HOME_CONFIG]: 0o644 } };
  const mended = config
    .replace("tls_server_name", "tls-server-name")
    .replace("- name: d # unused\n  cluster: {server: https://d}\n", "");

  test("mends permissions, misspelt fields and what is unused, and keeps all else", async () => {
    const { out, exitCode, host } = await run(bad, ["--fix"]);
    expect(out).toBe(`Mended:
  /home/u/.kube/config: changed mode from 0644 to 0600
  /home/u/.kube/config:6: renamed tls_server_name to tls-server-name
  /home/u/.kube/config: removed cluster d

Nothing is wrong in /home/u/.kube/config. 1 info not shown: kcfg doctor --all.
`);
    expect(exitCode).toBe(0);
    expect(read(host)).toBe(mended);
    expect(modeOf(host)).toBe(0o600);
  });

  test("with --dry-run shows it, without secrets, and changes nothing", async () => {
    const { out, exitCode, host } = await run(bad, ["--fix", "--dry-run"]);
    expect(out).toContain("This would be mended:\n  /home/u/.kube/config: changed mode from 0644 to 0600\n");
    expect(out).toContain("\n+++ /home/u/.kube/config\n");
    expect(out).toContain("\n-- name: d # unused\n");
    expect(out).toContain("And this would be left:\n\nNothing is wrong in /home/u/.kube/config. 1 info");
    expect(out).not.toContain("hunter2");
    expect(exitCode).toBe(0);
    expect(read(host)).toBe(config);
    expect(modeOf(host)).toBe(0o644);
  });

  test("can be undone, modes too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kcfg-doctor-"));
    try {
      const file = join(folder, "config");
      writeFileSync(file, config);
      const host = { ...nodeHost, env: { ...nodeHost.env, HOME: folder, KUBECONFIG: file, KUBERC: "off" } };
      await runOn(host, ["--fix"]);
      expect(readFileSync(file, "utf8")).toBe(mended);
      let said = "";
      const stream = { write: (text: string | Uint8Array) => void (said += String(text)) };
      await main(host, { out: stream, err: stream }, ["undo"], "kcfg");
      expect(said).toBe(`Undid doctor in ${file}.\n`);
      expect(readFileSync(file, "utf8")).toBe(config);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("leaves alone what is ignored", async () => {
    const { host } = await run(bad, [
      "--fix",
      "--ignore=unused-cluster,file-readable-by-others,unknown-field",
    ]);
    expect(read(host)).toBe(config);
    expect(modeOf(host)).toBe(0o644);
  });

  test("says when there is nothing to mend", async () => {
    expect((await run(good, ["--fix"])).out).toBe(
      "There was nothing to mend.\n\nNothing was found in /home/u/.kube/config.\n",
    );
  });

  test("warns of a file whose mode it may not change", async () => {
    const host = hostOf(bad);
    const open: Host["fs"]["open"] = (path, options) => ({
      ...host.fs.open(path, options),
      ...(options.create === undefined && { changeMode: refuse }),
    });
    const { err, out } = await runOn({ ...host, fs: { ...host.fs, open } }, ["--fix"]);
    expect(err).toBe("warning: chmod /home/u/.kube/config: operation not permitted\n");
    expect(out).toContain("file-readable-by-others");
  });

  test("leaves a file alone that is another one by the time that it would be changed", async () => {
    const host = hostOf(bad);
    const open: Host["fs"]["open"] = (...how) => {
      const file = host.fs.open(...how);
      return { ...file, stat: () => ({ ...file.stat(), identity: "another" }) };
    };
    const { err } = await runOn({ ...host, fs: { ...host.fs, open } }, ["--fix"]);
    expect(err).toBe(
      "warning: chmod /home/u/.kube/config: the file has changed since it was looked at, so it was left alone\n",
    );
    expect(modeOf(host)).toBe(0o644);
  });

  test("takes set-uid and set-gid away with the rights of others, and never gives them back", async () => {
    const host = hostOf({ ...bad, modes: { [HOME_CONFIG]: 0o6755 } });
    const flags = ["--fix", "--ignore=unknown-field,unused-cluster"];
    expect((await runOn(host, flags)).out).toContain("changed mode from 6755 to 0700");
    expect(host.fs.stat(HOME_CONFIG).mode & 0o7777).toBe(0o700);
  });

  test.each([
    ["a field that would make it less safe", 'server: "https://h", insecure_skip_tls_verify: true'],
    ["a field whose right name is there too", 'server: "https://h", Server: "https://g"'],
    [
      "a field whose counterpart is there",
      'server: "https://h", certificate-authority: /home/u/.kube/token, certificate_authority_data: eA==',
    ],
    ["a field whose value kubectl would refuse", 'server: "https://h", disable_compression: 1'],
    ["a field that is another by more than its spelling", 'server: "https://h", certificate-autority: /x'],
  ])("renames not %s", async (_what, cluster) => {
    const text = kubeconfig({ cluster });
    expect(read((await run({ config: text, files }, ["--fix"])).host)).toBe(text);
  });

  test.each([
    ["clusters", "Clusters: [{name: d, cluster: {server: https://d, insecure-skip-tls-verify: true}}]"],
    ["clusters with a proxy", "Clusters: [{name: d, cluster: {server: https://d, proxy-url: http://p}}]"],
    ["users", "Users: [{name: d, user: {exec: {apiVersion: v1, command: evil}}}]"],
  ])("renames no list of %s that would become effective and less safe", async (_what, more) => {
    const text = kubeconfig({ more }).replace(/^(?:clusters|users):\n.*\n.*\n/gm, "");
    expect(read((await run({ config: text, files }, ["--fix"])).host)).toBe(text);
  });

  test("renames the others of them none the less", async () => {
    const text = kubeconfig({ cluster: '"Server": "https://h", disable_compression: 1' });
    expect(read((await run({ config: text, files }, ["--fix"])).host)).toBe(text.replace("Server", "server"));
  });

  test("removes nothing while a context names what is nowhere: it may be the same thing, misspelt", async () => {
    const text = kubeconfig({ context: "cluster: c, user: uu" });
    expect(read((await run({ config: text, files }, ["--fix"])).host)).toBe(text);
  });

  test("removes nothing while a file of the list is missing: its contexts may use it", async () => {
    const world = { ...bad, env: { KUBECONFIG: `${HOME_CONFIG}:/nope` } };
    expect(read((await run(world, ["--fix"])).host)).toContain("name: d");
  });
});
