import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, lackOfScript } from "../support/unless.ts";
import { builtCli } from "../conformance/repository.ts";

/** All that a terminal obeys or that nobody sees, and a line that pretends to be another program's. */
const HOSTILE =
  "X\u001b]0;PWN\u0007\u001b[2J\u001b[31m\u009b2K\u0085\u007f\b\u202e\u2066\u061c\u200b\u2028\u{e0041}\nroot# ";

const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Nor may a hostile name begin a line; lines that are set in are those of a longer text. */
const FORGED = /^root#/m;

const folder = mkdtempSync(join(tmpdir(), "kcfg-output-"));
const file = (name: string, text: string, mode = 0o600): string => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
  return name;
};

/** A text as JSON, and so YAML. */
const q = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const H = q(HOSTILE);
const server = q(`https://${HOSTILE}`);
const path = q(`/${HOSTILE}`);

beforeAll(() => {
  file(
    "k.yaml",
    `apiVersion: v1
kind: Config
current-context: ${H}
clusters: [{name: ${H}, cluster: {server: ${server}, certificate-authority: ${path}, proxy-url: ${H}, ${H}: 1}}]
contexts: [{name: ${H}, context: {cluster: ${H}, user: ${H}, namespace: ${H}}}, {name: b, context: {cluster: ${H}, user: p}}]
users:
- {name: ${H}, user: {tokenFile: ${path}, client-key: ${path}, as: ${H}}}
- {name: p, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ${path}, args: [${H}], env: [{name: ${H}, value: ${H}}], installHint: ${H}, interactiveMode: Never}}}
`,
  );
  file(
    "mild.yaml",
    `kind: Config
current-context: a
clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}, {name: ${H}, cluster: {server: "https://127.0.0.1:1"}}]
contexts: [{name: a, context: {cluster: a, user: ${H}, namespace: ${H}}}]
users: [{name: ${H}, user: {token: abc, as: ${H}}}]
`,
  );
  file("key.yaml", `kind: Config\nusers: [{name: u, user: {as-user-extra: {${H}: 5}}}]\n`);
  file("twice.yaml", `kind: Config\nusers: [{name: ${H}, user: {}}, {name: ${H}, user: {}}]\n`);
  file("broken.yaml", `kind: Config\nusers: [{name: ${H}, *${HOSTILE}`);
  file("kind.yaml", `kind: ${H}\napiVersion: ${H}\n`);
  file(`${HOSTILE.replaceAll("/", "")}.yaml`, `kind: Config\nusers: 5\n`);
  file("lock.yaml", "kind: Config\ncontexts: [{name: a}]\n");
  symlinkSync(
    `kcfg-lock:pid=1&machine=${encodeURIComponent(HOSTILE)}&place=x&serial=1`,
    join(folder, "lock.yaml.lock"),
  );
  file("undo.yaml", "kind: Config\n");
  file(
    "kuberc",
    `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: ${H}}]\naliases: [{name: ${H}, command: ${H}, ${H}: 1}]\ndefaults: [{command: ${H}, options: [{name: ${H}, default: ${H}}]}]\n`,
  );
  file("kuberc2", `apiVersion: ${H}\nkind: Preference\ncredentialPluginPolicy: ${H}\n`);
  mkdirSync(join(folder, "home"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const k = ["--kubeconfig", "k.yaml"];
const mild = ["--kubeconfig", "mild.yaml"];
const odd = `${HOSTILE.replaceAll("/", "")}.yaml`;

/** Of commands that kubectl has not, and of what it would not say. */
const OWN: readonly (readonly string[])[] = [
  ["explain", ...k],
  ["explain", "cluster", ...k],
  ["explain", "credential", ...k],
  ["explain", "-o", "json", ...k],
  ["explain", "-o", "yaml", ...k],
  ["explain", `clusters.${HOSTILE}.server`, ...k],
  ["explain", HOSTILE, HOSTILE, ...k],
  ["explain", "--context", HOSTILE, ...mild],
  ["resolve", ...k],
  ["resolve", ...mild],
  ["resolve", "-o", "json", ...mild],
  ["resolve", `--${HOSTILE}`],
  ["resolve", "--context", HOSTILE, ...mild],
  ["namespace", ...k],
  ["credential", ...k],
  ["credential", ...mild],
  ["credential", "--context", "b", ...k],
  ["export", ...k],
  ["export", HOSTILE, ...mild],
  ["export", "-o", "mild.yaml", ...mild],
  ["import", "key.yaml", "--kubeconfig", "new.yaml"],
  ["import", "k.yaml", "--kubeconfig", "mild.yaml", "--dry-run"],
  ["import", HOSTILE, "--kubeconfig", "mild.yaml", "--dry-run"],
  ["doctor", ...k],
  ["doctor", "-o", "json", ...k],
  ["doctor", "-o", "sarif", ...k],
  ["doctor", "--fix", "--dry-run", ...k],
  ["doctor", "--ignore", HOSTILE, ...k],
  ["check-plugins", ...k],
  ["check-plugins", "-o", "wide", ...k],
  ["check-plugins", "-o", "json", ...k],
  ["check-plugins", "-o", "yaml", ...k],
  ["check-plugins", "-o", "name", ...k],
  ["check-plugins", "-o", "sarif", ...k],
  ["check-plugins", "--suggest", ...k],
  ["check-plugins", "--kuberc", "kuberc", ...k],
  ["check-plugins", "--kuberc", "kuberc2", ...k],
  ["undo", "--kubeconfig", "undo.yaml"],
  ["completion", HOSTILE],
  ["rename-cluster", HOSTILE, "b", "--dry-run", ...mild],
  ["rename-user", HOSTILE, `${HOSTILE}2`, "--dry-run", ...mild],
  ["set-context", "a", "-n", HOSTILE, "--dry-run", ...mild],
  ["delete-context", "a", "--cascade", "--dry-run", ...mild],
  ["use-context", "a", "--kubeconfig", "lock.yaml", "--lock-timeout", "0"],
  ...["key.yaml", "twice.yaml", "broken.yaml", "kind.yaml", odd].flatMap((name) => [
    ["check-plugins", "--kubeconfig", name],
    ["explain", "--kubeconfig", name],
    ["doctor", "--kubeconfig", name],
  ]),
  ["view", "--kubeconfig", "key.yaml"],
  ["get-contexts", "--kubeconfig", "key.yaml"],
  ["__complete", "use-context", ""],
];

/** Of commands that kubectl has: what it prints is printed as it is where no terminal is. */
const MIRRORED: readonly (readonly string[])[] = [
  ["view", "-o", "json", ...k],
  ["view", ...k],
  ["view", "--raw", "-o", "jsonpath={.contexts}", ...k],
  ["view", "-o", "go-template={{.}}", ...k],
  ["view", "-o", `jsonpath={.${HOSTILE}`, ...k],
  ["view", "-o", `go-template={{ ${HOSTILE} }}`, ...k],
  ["view", "-o", HOSTILE, ...k],
  ["view", "--show-origin", ...mild],
  ["view", "--flatten", ...k],
  ["view", "--kubeconfig", odd],
  ["view", `--${HOSTILE}`],
  ["view", HOSTILE],
  [HOSTILE],
  ["get-contexts", ...k],
  ["get-contexts", "-o", "name", ...k],
  ["get-contexts", HOSTILE, ...mild],
  ["get-clusters", ...k],
  ["get-users", ...k],
  ["current-context", ...k],
  ["use-context", HOSTILE, ...mild],
  ["delete-context", HOSTILE, ...mild],
  ["delete-user", `${HOSTILE}2`, ...mild],
  ["set", HOSTILE, "b", ...mild],
  ["unset", HOSTILE, ...mild],
  ["raw", HOSTILE, ...k],
  ["raw", "/x", ...mild],
  ["raw", "/x", "--context", HOSTILE, ...mild],
  ["raw", "/x", "--context", "b", ...k],
  ["kuberc", "view", "--kuberc", "kuberc"],
  ["kuberc", "view", "--kuberc", "kuberc2"],
  ["kuberc", "view", "--kuberc", HOSTILE],
  ["kuberc", "set", "--section", HOSTILE, "--kuberc", "kuberc"],
  ["view", "-v", "9", ...k],
];

// eslint-disable-next-line no-control-regex -- colours are made of them
const COLOURED = /\u001b\[(?:1|2|36|34;1|33;1|31;1|31|32|33)m[^\u001b]*\u001b\[0m/g;

const environment = { HOME: join(folder, "home"), PATH: process.env["PATH"] ?? "", TERM: "xterm" };

function piped(args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [builtCli(), ...args], {
    cwd: folder,
    env: { ...environment, ...(args[0] === "__complete" && { KUBECONFIG: "k.yaml" }) },
    encoding: "utf8",
    input: "",
  });
  return stdout + stderr;
}

const word = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function onTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const command = [process.execPath, builtCli(), ...args].map(word).join(" ");
  const { stdout } = spawnSync("script", ["-qec", `stty -opost; ${command} </dev/null`, "/dev/null"], {
    cwd: folder,
    env: { ...environment, SHELL: "/bin/sh", KUBECONFIG: "k.yaml", ...env },
    encoding: "latin1",
    input: "",
  });
  return stdout;
}

/** What a template prints has no lines but those of the values. */
const isTemplate = (args: readonly string[]): boolean => args.some((arg) => /^go-template={{\.}}$/.test(arg));

/** What a terminal that knows UTF-8 reads; one that does not may take single bytes for C1. */
const decoded = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");

const name = (args: readonly string[]): string =>
  JSON.stringify(args.join(" ")).replaceAll(q(HOSTILE).slice(1, -1), "HOSTILE");
const named = (all: readonly (readonly string[])[]) =>
  all.map((args) => [name(args).replaceAll(/[^ -~]/g, ""), args] as const);

describe("what kcfg says of its own hides nothing and steers no terminal, wherever it goes", () => {
  test.each(named(OWN))("%s", (_name, args) => {
    const text = piped(args);
    expect(text).not.toMatch(UNSEEN);
    expect(text).not.toMatch(FORGED);
    expect(text).not.toMatch(/internal error|^ {4}at /m);
  });
});

describeUnless(lackOfScript())("on a terminal nothing is obeyed that comes from elsewhere", () => {
  test.each(named([...OWN, ...MIRRORED]))("%s", (_name, args) => {
    const text = decoded(onTerminal(args, { NO_COLOR: "1" }));
    expect(text).not.toMatch(UNSEEN);
    expect(text).not.toBe("");
    if (!isTemplate(args)) {
      expect(text).not.toMatch(FORGED);
    }
  });

  test("colours are kcfg's own", () => {
    const text = decoded(onTerminal(["doctor", ...k])) + decoded(onTerminal(["check-plugins", ...k]));
    expect(text).toContain("\u001b[1m");
    expect(text.replaceAll(COLOURED, "")).not.toMatch(UNSEEN);
  });
});

describe("what kubectl prints is printed as it is where no terminal is", () => {
  test.each([
    [["current-context", ...k], `${HOSTILE}\n`],
    [["get-contexts", "-o", "name", ...k], `${HOSTILE}\nb\n`],
    [["view", "-o", "jsonpath={.current-context}", ...k], HOSTILE],
    [["delete-context", HOSTILE, ...mild], `error: cannot delete context ${HOSTILE}, not in mild.yaml\n`],
    [["get-contexts", "--no-headers", HOSTILE, ...mild], `error: context ${HOSTILE} not found\n`],
    [["unset", HOSTILE, ...mild], `error: unable to parse ${HOSTILE} after [] at api.Config\n`],
  ])("%j", (args, expected) => expect(piped(args)).toBe(expected));

  test("the values of kcfg's own JSON stay what they are", () => {
    const { user } = JSON.parse(piped(["check-plugins", "-o", "json", "--context", "b", ...k])).plugins[0];
    expect(user).toBe("p");
    const text = piped(["resolve", "-o", "json", ...mild]);
    expect(text).toContain(String.raw`\u202e`);
    expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(HOSTILE));
  });
});
