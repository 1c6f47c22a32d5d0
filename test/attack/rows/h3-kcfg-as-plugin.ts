import { existsSync, rmSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import type { ChildRun } from "../child-run.ts";
import { withoutCrash } from "../child-run.ts";
import { kubeconfig, plugin, pluginScript, SECRET } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { SYSTEM_PATH } from "../world.ts";

/** kubectl's environment variable for a plugin. */
const EXEC_INFO = JSON.stringify({
  kind: "ExecCredential",
  apiVersion: "client.authentication.k8s.io/v1",
  spec: { interactive: false },
});

function kuberc(policy: string, entries: readonly string[] = []): string {
  const list =
    entries.length === 0
      ? ""
      : `credentialPluginAllowlist:\n${entries.map((entry) => `- name: ${JSON.stringify(entry)}\n`).join("")}`;
  return `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: ${policy}\n${list}`;
}

/**
 * Runs a command with the attack's home in the password database: in a mount namespace in which the user's home there
 * is the home of the attack.
 */
function listed(
  world: World,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ChildRun> {
  world.write(
    "passwd",
    `me:x:${world.me}:${world.me}::${world.home}:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/sh\n`,
    { owner: 0, mode: 0o644 },
  );
  const user =
    world.me === 0
      ? []
      : ["setpriv", "--reuid", String(world.me), "--regid", String(world.me), "--clear-groups", "--"];
  return world.run(
    [
      "unshare",
      "--mount",
      "/bin/sh",
      "-c",
      `mount --bind ${world.at("passwd")} /etc/passwd && shift && exec "$@"`,
      "sh",
      "-",
      ...user,
      ...command,
    ],
    { as: 0, env: { PATH: `${world.binFolder()}:${SYSTEM_PATH}`, ...env } },
  );
}

/** Makes a home whose policy allows only kcfg, and a hostile kubeconfig that names /bin/sh as its plugin. */
function guardedHome(world: World): { readonly evil: string; readonly pwned: string } {
  const pwned = world.at("pwned");
  world.write("home/.kube/kuberc", kuberc("Allowlist", ["kcfg", world.at("allowed")]));
  world.write("home/.kube/config", kubeconfig());
  world.write("allowed", pluginScript(), { mode: 0o755 });
  world.write("other-home/.kube/kuberc", kuberc("AllowAll"));
  world.write("no-policy", "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n");
  const evil = world.write(
    "evil.yaml",
    kubeconfig({ user: plugin("/bin/sh", ["-c", `echo ran > ${pwned}; exit 1`]) }),
  );
  return { evil, pwned };
}

const ESCAPES: readonly (readonly [
  string,
  (evil: string, world: World) => readonly string[],
  (world: World) => Readonly<Record<string, string>>,
])[] = [
  ["nothing else", (evil) => ["credential", "--kubeconfig", evil], () => ({})],
  ["--kuberc /dev/null", (evil) => ["credential", "--kubeconfig", evil, "--kuberc", "/dev/null"], () => ({})],
  [
    "--kuberc FILE",
    (evil, world) => ["credential", "--kubeconfig", evil, "--kuberc", world.at("no-policy")],
    () => ({}),
  ],
  [
    "--kuberc=FILE first",
    (evil, world) => [`--kuberc=${world.at("no-policy")}`, "credential", "--kubeconfig", evil],
    () => ({}),
  ],
  ["--kuberc ''", (evil) => ["credential", "--kuberc", "", "--kubeconfig", evil], () => ({})],
  ["KUBERC=off", (evil) => ["credential", "--kubeconfig", evil], () => ({ KUBERC: "off" })],
  [
    "KUBERC=FILE",
    (evil) => ["credential", "--kubeconfig", evil],
    (world) => ({ KUBERC: world.at("no-policy") }),
  ],
  ["KUBERC=", (evil) => ["credential", "--kubeconfig", evil], () => ({ KUBERC: "" })],
  [
    "KUBECTL_KUBERC=false",
    (evil) => ["credential", "--kubeconfig", evil],
    () => ({ KUBECTL_KUBERC: "false" }),
  ],
  ["KUBECTL_KUBERC=0", (evil) => ["credential", "--kubeconfig", evil], () => ({ KUBECTL_KUBERC: "0" })],
  ["HOME of nobody", (evil) => ["credential", "--kubeconfig", evil], () => ({ HOME: "/nonexistent" })],
  [
    "HOME with AllowAll",
    (evil) => ["credential", "--kubeconfig", evil],
    (world) => ({ HOME: world.at("other-home") }),
  ],
  ["HOME empty", (evil) => ["credential", "--kubeconfig", evil], () => ({ HOME: "" })],
  [
    "HOME with ..",
    (evil) => ["credential", "--kubeconfig", evil],
    (world) => ({ HOME: `${world.home}/../other-home` }),
  ],
  ["HOME relative", (evil) => ["credential", "--kubeconfig", evil], () => ({ HOME: "other-home" })],
  [
    "USERPROFILE",
    (evil) => ["credential", "--kubeconfig", evil],
    (world) => ({ USERPROFILE: world.at("other-home"), HOMEDRIVE: "/", HOMEPATH: world.at("other-home") }),
  ],
  ["KUBECONFIG", () => ["credential"], (world) => ({ KUBECONFIG: world.at("evil.yaml") })],
  ["raw", (evil) => ["raw", "/", "--kubeconfig", evil], () => ({})],
  ["raw and KUBERC=off", (evil) => ["raw", "/", "--kubeconfig", evil], () => ({ KUBERC: "off" })],
  [
    "an empty KUBERNETES_EXEC_INFO",
    (evil) => ["credential", "--kubeconfig", evil, "--kuberc", "/dev/null"],
    () => ({ KUBERNETES_EXEC_INFO: "" }),
  ],
  [
    "a KUBERNETES_EXEC_INFO that is no JSON",
    (evil) => ["credential", "--kubeconfig", evil, "--kuberc", "/dev/null"],
    () => ({ KUBERNETES_EXEC_INFO: "x" }),
  ],
];

/** Commands that read or change something, none of which a plugin may run. */
const COMMANDS: readonly string[] = [
  "kuberc set --section credentialplugin --policy AllowAll --overwrite",
  "kuberc set --section credentialplugin --policy AllowAll",
  "kuberc set --section aliases --name get --command delete",
  "kuberc view",
  "use-context prod",
  "set-context dev -n x",
  "set-cluster c --server https://evil.example",
  "set-credentials u --token x",
  "set clusters.c.server https://evil.example",
  "unset users",
  "rename-context dev x",
  "rename-cluster c x",
  "rename-user u x",
  "delete-context dev",
  "delete-cluster c",
  "delete-user u",
  "import evil.yaml --trust --rename",
  "export",
  "undo",
  "undo --forget",
  "doctor --fix",
  "check-plugins --suggest --write",
  "view --raw",
  "resolve",
  "explain",
  "raw /",
];

/** Programs that run whatever their arguments name. */
const LAUNCHERS: readonly string[] = [
  ..."sh bash dash zsh ksh fish ash csh tcsh busybox env xargs nice nohup setsid timeout sudo doas su chroot".split(
    " ",
  ),
  ..."unshare nsenter setpriv flock stdbuf script watch time strace gdb awk gawk mawk sed find ssh make git".split(
    " ",
  ),
  ..."python python3 python3.11 python2.7 perl perl5.36 ruby ruby3.1 node nodejs deno bun php lua lua5.4 tclsh".split(
    " ",
  ),
  ..."java npx npm uvx pipx docker podman kubectl kcfg kubectl-kcfg vim vi emacs expect pwsh osascript".split(
    " ",
  ),
  ..."ld-linux-x86-64.so.2 parallel systemd-run runuser ionice taskset chrt cmd.exe powershell.exe wscript.exe".split(
    " ",
  ),
];

export const attacks: readonly Attack[] = [
  {
    row: "H3",
    needs: ["mount namespace"],
    attack:
      "kcfg is in the Allowlist; a hostile kubeconfig starts it with flags and variables that turn the policy off",
    run: async (world) => {
      const { evil, pwned } = guardedHome(world);
      await eachVariant(
        ESCAPES,
        ([name]) => name,
        async ([, args, env]) => {
          rmSync(pwned, { force: true });
          const run = await listed(world, ["kcfg", ...args(evil, world)], {
            KUBERNETES_EXEC_INFO: EXEC_INFO,
            ...env(world),
          });
          withoutCrash(run, "kcfg");
          held(!existsSync(pwned), "the forbidden plugin ran");
          held(run.code !== 0, "exit code 0");
        },
      );
    },
  },
  {
    row: "H3",
    needs: ["mount namespace"],
    attack: "As a plugin, kcfg is told to edit the kuberc or a kubeconfig, to print secrets, or to connect",
    run: async (world) => {
      guardedHome(world);
      // Node.js 22 and later keep kcfg's compiled code in the home of the account, whatever the environment says.
      const compiled = world.at("home/.kube/cache/kcfg");
      const filesOfHome = (): string =>
        JSON.stringify(world.files("home").filter(([path]) => !path.startsWith(compiled)));
      const before = filesOfHome();
      await eachVariant(
        COMMANDS,
        (name) => name,
        async (name) => {
          const run = await listed(world, ["kcfg", ...name.split(" ")], { KUBERNETES_EXEC_INFO: EXEC_INFO });
          withoutCrash(run, "kcfg");
          held(run.code !== 0, `it did what it was told: exit code 0`);
          held(!`${run.stdout}${run.stderr}`.includes(SECRET), "it printed the token");
          held(filesOfHome() === before, "it changed files of the home");
          held(!existsSync(world.at("pwned")), "a plugin ran");
        },
      );
    },
  },
  {
    row: "H3",
    needs: ["mount namespace"],
    attack:
      "kcfg as an honest plugin: what the policy allows still runs, and what it does not allow does not",
    run: async (world) => {
      guardedHome(world);
      const good = world.write("good.yaml", kubeconfig({ user: plugin(world.at("allowed")) }));
      const run = await listed(world, ["kcfg", "credential", "--kubeconfig", good], {
        KUBERNETES_EXEC_INFO: EXEC_INFO,
      });
      held(run.code === 0 && run.stdout.includes('"token"'), `no credential: ${run.stderr.trim()}`);
      rmSync(world.at("home/.kube/kuberc"));
      world.write("home/.kube/kuberc", kuberc("DenyAll"));
      const denied = await listed(world, ["kcfg", "credential", "--kubeconfig", good], {
        KUBERNETES_EXEC_INFO: EXEC_INFO,
      });
      held(denied.code !== 0, "it ran under DenyAll");
    },
  },
  {
    row: "H3",
    attack: "A user who is not in the password database (or whose HOME is not the one there): nothing runs",
    run: async (world) => {
      const { evil, pwned } = guardedHome(world);
      await eachVariant(
        ESCAPES.filter(([name]) => !name.includes("KUBERNETES_EXEC_INFO")),
        ([name]) => name,
        async ([, args, env]) => {
          rmSync(pwned, { force: true });
          const run = await world.kcfg(args(evil, world), {
            env: { KUBERNETES_EXEC_INFO: EXEC_INFO, ...env(world) },
          });
          held(!existsSync(pwned), "the plugin ran");
          held(run.code !== 0, "exit code 0");
        },
      );
    },
  },
  {
    row: "H3",
    needs: ["kubectl", "mount namespace"],
    attack: "The same from the real kubectl, under an Allowlist with kcfg in it",
    run: async (world) => {
      const { pwned } = guardedHome(world);
      await eachVariant(
        ESCAPES.filter(([name]) => !name.includes("KUBERNETES_EXEC_INFO")),
        ([name]) => name,
        async ([, args, env]) => {
          rmSync(pwned, { force: true });
          const file = world.write(
            "from-kubectl.yaml",
            kubeconfig({ user: plugin("kcfg", args(world.at("evil.yaml"), world), env(world)) }),
          );
          const run = await listed(
            world,
            [world.kubectl ?? "", "get", "--raw", "/", "--kubeconfig", file],
            {},
          );
          held(!existsSync(pwned), "the forbidden plugin ran");
          held(run.code !== 0, "kubectl had an answer");
        },
      );
      const before = world.read("home/.kube/kuberc");
      const set = "kuberc set --section credentialplugin --policy AllowAll --overwrite".split(" ");
      const file = world.write("from-kubectl.yaml", kubeconfig({ user: plugin("kcfg", set) }));
      await listed(world, [world.kubectl ?? "", "get", "--raw", "/", "--kubeconfig", file], {});
      held(world.read("home/.kube/kuberc") === before, "the user's policy was changed by a kubeconfig");
    },
  },
  {
    row: "H3",
    attack: "check-plugins --suggest must not admit kcfg, shells, interpreters or programs that run others",
    run: async (world) => {
      const path = `${world.mkdir("tools")}:${SYSTEM_PATH}`;
      for (const name of LAUNCHERS) {
        world.write(`tools/${name}`, pluginScript(), { mode: 0o755 });
      }
      const ok = world.write("tools/cloudco-login", pluginScript(), { mode: 0o755 });
      // All in one kubeconfig, each once by its bare name and once by its path, next to a harmless plugin.
      const commands = ["cloudco-login", ...LAUNCHERS, ...LAUNCHERS.map((name) => world.at("tools", name))];
      const users = commands.map(
        (command, index) => `- {name: u${index}, user: {${plugin(command, ["-c", "x"])}}}\n`,
      );
      const file = world.write("k.yaml", `apiVersion: v1\nkind: Config\nusers:\n${users.join("")}`);
      await world.kcfg(["check-plugins", "--suggest", "--write", "--kubeconfig", file], {
        env: { PATH: path },
      });
      const written = world.read("home/.kube/kuberc");
      const entries = [...written.matchAll(/^\s*-?\s*(?:name|command): *["']?([^"'\n]*)/gmu)].map(
        (line) => line[1] ?? "",
      );
      held(entries.includes(ok), "the harmless plugin is not in the suggested policy");
      // kcfg by its whole path is the user's own decision: it locks itself down.
      const admitted = entries.filter((entry) =>
        LAUNCHERS.some((name) => (name.includes("kcfg") ? entry === name : entry.split("/").at(-1) === name)),
      );
      held(admitted.length === 0, `the suggested policy admits ${admitted.join(", ")}`);
    },
  },
  {
    row: "H3",
    attack: "A kuberc that allows kcfg, a shell or an interpreter: check-plugins and doctor say so",
    run: async (world) => {
      const file = world.write("k.yaml", kubeconfig({ user: plugin(world.at("ok")) }));
      world.write("ok", pluginScript(), { mode: 0o755 });
      await eachVariant(
        ["kcfg", "sh", "/bin/sh", "/usr/bin/env", "python3", "/usr/local/bin/kcfg"],
        (name) => name,
        async (name) => {
          world.write("home/.kube/kuberc", kuberc("Allowlist", [name, world.at("ok")]));
          for (const command of ["check-plugins", "doctor"]) {
            const run = await world.kcfg([command, "--kubeconfig", file]);
            const said = `${run.stdout}${run.stderr}`.split("\n").some((line) => line.includes(name));
            held(said, `${command} does not name the entry`);
          }
        },
      );
    },
  },
  {
    row: "H3",
    attack:
      "kcfg credential as the plugin of its own user, or of two users that name each other: refused at once, by name",
    run: async (world) => {
      const path = `${world.binFolder()}:${SYSTEM_PATH}`;
      const count = world.at("count");
      world.write(
        "wrap",
        `#!/bin/sh\necho x >> ${count}\n[ $(wc -l < ${count}) -gt 12 ] && exit 1\nexec kcfg "$@"\n`,
        { mode: 0o755 },
      );
      const users = `- {name: a, user: {${plugin("./wrap", ["credential", "--kubeconfig", world.at("k.yaml"), "--user", "b"])}}}
- {name: b, user: {${plugin("./wrap", ["credential", "--kubeconfig", world.at("k.yaml"), "--user", "a"])}}}
- {name: self, user: {${plugin("./wrap", ["credential", "--kubeconfig", world.at("k.yaml"), "--user", "self"])}}}
- {name: cleared, user: {${plugin("./wrap", ["credential", "--kubeconfig", world.at("k.yaml"), "--user", "cleared"], { KUBERNETES_EXEC_INFO: "", KCFG_CHAIN: "", KCFG_CREDENTIAL_CHAIN: "" })}}}
`;
      world.write("k.yaml", `${kubeconfig().trimEnd()}\n${users}`);
      world.write("home/.kube/config", world.read("k.yaml"));
      await eachVariant(
        ["self", "a", "cleared"].flatMap((user) => [
          ["credential", "--user", user],
          ["raw", "/", "--user", user],
        ]),
        (args) => args.join(" "),
        async (args) => {
          rmSync(count, { force: true });
          const run = await world.kcfg([...args, "--kubeconfig", world.at("k.yaml")], {
            env: { PATH: path },
            mayCrash: true,
            seconds: 8,
          });
          const starts = existsSync(count) ? world.read(count).trim().split("\n").length : 0;
          held(!run.hung && starts <= 4, `${starts} processes were started`);
          held(run.code !== 0, "exit code 0");
          held(
            // The home of this world is not the one in the password database: that is refused before a loop is.
            ["password database", "user's own home", args.at(-1) ?? ""].some((words) =>
              run.stderr.includes(words),
            ),
            `the user is not named: ${run.stderr.trim().slice(0, 200)}`,
          );
        },
      );
    },
  },
];
