import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountHome } from "../../support/account-home.ts";
import { builtCli } from "../repository.ts";

/** A kubeconfig's entry for the plugin `kcfg`. */
export interface GuardCase {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

/** Returns a kubeconfig of one context. */
export function oneUser(
  user: unknown,
  cluster: Readonly<Record<string, unknown>> = {},
  context = "x",
): string {
  return JSON.stringify({
    "current-context": context,
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1", ...cluster } }],
    contexts: [{ name: context, context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user }],
  });
}

/** Returns an exec plugin. */
export function execOf(command: string, args: readonly string[], more: object = {}): object {
  return {
    exec: {
      apiVersion: "client.authentication.k8s.io/v1",
      interactiveMode: "Never",
      command,
      args,
      ...more,
    },
  };
}

/**
 * Makes a home whose kuberc allows `kcfg` and `login`, with a kubeconfig whose user has the plugin `login`; and, next
 * to it, a kubeconfig and kubercs of another user. Each run of a plugin leaves the file `ran`.
 */
export function makeGuardWorld(root: string): void {
  const home = join(root, "home");
  mkdirSync(join(home, ".kube"), { recursive: true });
  mkdirSync(join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "evil", ".kube"), { recursive: true });
  const script = (name: string, text: string): void =>
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  script("kcfg", `exec '${process.execPath}' '${builtCli()}' "$@"`);
  const answer = `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}`;
  script("login", `: > '${root}/ran'\necho '${answer}'`);
  script("evil", `: > '${root}/ran'\necho '${answer}'`);
  const kuberc =
    `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n` +
    ["kcfg", "login"].map((name) => `- name: ${join(root, "bin", name)}\n`).join("");
  writeFileSync(join(home, ".kube", "kuberc"), kuberc);
  writeFileSync(join(home, ".kube", "config"), oneUser(execOf(join(root, "bin", "login"), [])));
  writeFileSync(join(root, "evil.yaml"), oneUser(execOf(join(root, "bin", "evil"), [])));
  writeFileSync(join(root, "evil", ".kube", "config"), oneUser(execOf(join(root, "bin", "evil"), [])));
  writeFileSync(join(root, "evil", ".kube", "kuberc"), head);
  writeFileSync(join(root, "no-policy"), head);
  // kubectl finds --kuberc also in the value of another flag.
  const evilLogin = execOf(join(root, "bin", "evil"), []);
  writeFileSync(join(root, "flag.yaml"), oneUser(evilLogin, {}, "--kuberc=no-policy"));
  writeFileSync(join(root, "--kuberc=no-policy"), oneUser(evilLogin));
  writeFileSync(join(root, "--kuberc"), head);
  symlinkSync(join(root, "evil"), join(root, "link-to-evil"));
}

/** Returns entries for the plugin `kcfg` that try to make it run `evil`, which the user's policy denies. */
export function hostileGuards(root: string): readonly GuardCase[] {
  const evil = ["credential", "--kubeconfig", join(root, "evil.yaml")];
  const kuberc = join(root, "no-policy");
  const flag = (...more: readonly string[]): GuardCase => ({
    name: more.join(" "),
    args: [...evil, ...more],
  });
  const variable = (name: string, value: string): GuardCase => ({
    name: `${name}=${value}`,
    args: evil,
    env: { [name]: value },
  });
  return [
    flag(),
    flag("--kuberc", kuberc),
    flag(`--kuberc=${kuberc}`),
    flag("--kuberc", "/dev/null"),
    flag("--kuberc", ""),
    { name: "--kuberc before the command", args: [`--kuberc=${kuberc}`, ...evil] },
    {
      name: "--kuberc as the name of the context",
      args: ["credential", "--kubeconfig", "flag.yaml", "--context", "--kuberc=no-policy"],
    },
    {
      name: "--kuberc in the name of the context",
      args: ["credential", "--kubeconfig=flag.yaml", "--context=--kuberc=no-policy"],
    },
    {
      name: "--kuberc in the name of the kubeconfig",
      args: ["credential", "--kubeconfig=--kuberc=no-policy"],
    },
    { name: "--kuberc as the value of a flag", args: [...evil, "--cluster", `--kuberc=${kuberc}`] },
    variable("KUBERC", "off"),
    variable("KUBERC", kuberc),
    variable("KUBECTL_KUBERC", "false"),
    variable("KUBECTL_KUBERC", "FALSE"),
    variable("HOME", join(root, "evil")),
    variable("HOME", join(root, "link-to-evil")),
    variable("HOME", join(root, "home", "..", "evil")),
    variable("HOME", "/nonexistent"),
    variable("HOME", "evil"),
    variable("HOME", ""),
    variable("USERPROFILE", join(root, "evil")),
    variable("KCFG_CREDENTIAL_CHAIN", "forged"),
    variable("KUBERNETES_EXEC_INFO", ""),
    { name: "another home alone", args: ["credential"], env: { HOME: join(root, "evil") } },
    {
      name: "KUBECONFIG and KUBERC at once",
      args: ["credential"],
      env: { KUBECONFIG: join(root, "evil.yaml"), KUBERC: "off" },
    },
    {
      name: "no request and no policy",
      args: evil,
      env: { KUBERNETES_EXEC_INFO: "", KUBERC: "off" },
    },
    { name: "raw", args: ["raw", "/", "--kubeconfig", join(root, "evil.yaml")], env: { KUBERC: "off" } },
    { name: "kuberc set", args: ["kuberc", "set", "--section", "credentialplugin", "--policy", "AllowAll"] },
    {
      name: "check-plugins --suggest --write",
      args: ["check-plugins", "--suggest", "--write", ...evil.slice(1)],
    },
    { name: "import", args: ["import", join(root, "evil.yaml")] },
    {
      name: "set-credentials",
      args: ["set-credentials", "u", `--exec-command=${join(root, "bin", "evil")}`],
    },
    {
      name: "completion",
      args: ["__complete", "use-context", ""],
      env: { KUBECONFIG: join(root, "evil.yaml") },
    },
  ];
}

/** Returns entries for the plugin `kcfg` with which `login` runs, which the policy allows. */
export function honestGuards(root: string): readonly GuardCase[] {
  const config = join(root, "home", ".kube", "config");
  return [
    { name: "the default kubeconfig", args: ["credential"] },
    { name: "a kubeconfig and a context", args: ["credential", "--kubeconfig", config, "--context", "x"] },
    { name: "a kubeconfig of the environment", args: ["credential"], env: { KUBECONFIG: config } },
    { name: "a user", args: ["credential", `--kubeconfig=${config}`, "--user=u", "-v=6"] },
  ];
}

/** A client, kubectl or kcfg, that sends a request to a server. */
export interface GuardClient {
  readonly program: string;
  readonly args: readonly string[];
}

/** Reports whether the client ran a plugin through kcfg, and its stderr. */
export async function runGuard(
  { program, args }: GuardClient,
  root: string,
  { args: pluginArgs, env = {} }: GuardCase,
): Promise<{ readonly ran: boolean; readonly said: string }> {
  const mark = join(root, "ran");
  rmSync(mark, { force: true });
  const file = join(root, "client.yaml");
  const more = { env: Object.entries(env).map(([name, value]) => ({ name, value })) };
  writeFileSync(file, oneUser(execOf(join(root, "bin", "kcfg"), pluginArgs, more)));
  const home = join(root, "home");
  const said = await new Promise<string>((resolve) => {
    const child = execFile(
      program,
      [...args, "--kubeconfig", file, "--request-timeout=20s"],
      {
        cwd: root,
        env: { ...accountHome(home), HOME: home, PATH: `${join(root, "bin")}:/usr/bin:/bin` },
      },
      (_error, _stdout, stderr) => resolve(stderr),
    );
    child.stdin?.end();
  });
  return { ran: existsSync(mark), said };
}
