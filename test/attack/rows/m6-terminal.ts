import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import type { ChildRun } from "../child-run.ts";
import { withoutCrash } from "../child-run.ts";
import { plugin } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { symlinkSync } from "node:fs";

/** Sequences that make a terminal act: each is surrounded by letters that identify it. */
const MARKS: readonly (readonly [string, string])[] = [
  ["ESC ] (title)", "\u001b]0;PWN\u0007"],
  ["ESC [ (erase)", "\u001b[2J"],
  ["C1 CSI", "\u009b2J"],
  ["C1 OSC", "\u009d0;PWN\u009c"],
  ["carriage return", "\rPWN"],
  ["backspace", "\bPWN"],
  ["bidi override", "\u202ePWN"],
  ["bidi isolate", "\u2066PWN"],
  ["DEL", "\u007fPWN"],
];

/** Returns which of these are in a program's output. */
function found(bytes: Buffer, except: readonly string[] = []): string {
  return MARKS.filter(([name, mark]) => !except.includes(name) && bytes.includes(Buffer.from(mark, "utf8")))
    .map(([name]) => name)
    .join(", ");
}

const EVIL = `X${MARKS.map(([, mark]) => mark).join("")}\nroot# `;
const yaml = JSON.stringify(EVIL).replaceAll(
  /[^\x20-\x7e]/gu,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
);

/** Returns a kubeconfig in which the attacker has chosen every name. */
function evilKubeconfig(world: World): string {
  world.write("ca\u001b[2J.pem", "none");
  return `apiVersion: v1
kind: Config
current-context: ${yaml}
clusters:
- {name: ${yaml}, cluster: {server: "https://127.0.0.1:1", certificate-authority: "/none${yaml.slice(1)}, proxy-url: "http://127.0.0.1:9", tls-server-name: ${yaml}}}
contexts:
- {name: ${yaml}, context: {cluster: ${yaml}, user: ${yaml}, namespace: ${yaml}}}
- {name: b, context: {cluster: b, user: ${yaml}}}
users:
- {name: ${yaml}, user: {tokenFile: "/none${yaml.slice(1)}, username: ${yaml}, as: ${yaml}, as-groups: [${yaml}], as-user-extra: {${yaml}: [${yaml}]}}}
- {name: p, user: {${plugin(EVIL, [EVIL], { A: EVIL })}}}
`;
}

/** Errors of kubectl that show an argument unescaped. */
const KUBECTL_WORDS = /unknown flag: |invalid argument |must be "defaults"|stat X/u;

const COMMANDS: readonly string[] = [
  "view",
  "view --minify",
  "view --flatten",
  "view -o json",
  "view -o kyaml",
  "current-context",
  "get-contexts",
  "get-contexts -o name",
  "get-clusters",
  "get-users",
  "doctor",
  "doctor -o json",
  "doctor -o sarif",
  "doctor --fix",
  "explain",
  "explain -o json",
  "explain users",
  "resolve",
  "resolve -o json",
  "namespace",
  "credential",
  "credential --user p",
  "raw /",
  "raw / --user p",
  "export",
  "check-plugins",
  "check-plugins -o json",
  "check-plugins -o wide",
  "check-plugins -o sarif",
  "check-plugins --suggest",
  "use-context b",
  "set-context b -n x --dry-run",
  "set-context b -n x",
  "set-cluster c2 --server https://x",
  "set contexts.b.namespace y",
  "unset contexts.b.namespace",
  "rename-context b c",
  "delete-context c --cascade",
  "delete-context nope --cascade",
  "delete-user nope",
  "undo",
  "view -v9",
  "kuberc view",
];

const evilArguments: readonly (readonly string[])[] = [
  ["use-context", EVIL],
  ["delete-context", EVIL],
  ["delete-context", EVIL, "--cascade"],
  ["delete-cluster", EVIL],
  ["rename-context", EVIL, "z"],
  ["set", EVIL, "x"],
  ["unset", EVIL],
  ["explain", EVIL],
  ["export", EVIL],
  ["raw", EVIL],
  ["view", "-o", EVIL],
  ["view", "-o", `jsonpath=${EVIL}`],
  ["view", "-o", `go-template=${EVIL}`],
  ["view", `--${EVIL}`],
  [EVIL],
  ["import", EVIL],
  ["view", "--kubeconfig", EVIL],
  ["view", "--context", EVIL, "--minify"],
  ["get-contexts", EVIL],
  ["namespace", "--context", EVIL],
  ["kuberc", "set", "--section", EVIL],
  ["completion", EVIL],
  ["help", EVIL],
  ["__complete", "use-context", ""],
];

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function onTerminal(world: World, args: readonly string[]): Promise<ChildRun> {
  const line = [world.node, `${world.package}/dist/cli/bin.cjs`, ...args].map(quoteForShell).join(" ");
  return world.run(["script", "-qec", line, "/dev/null"], { stdin: "\u0003q" });
}

/**
 * Checks the output on a terminal and on a pipe. A terminal's line ends hold carriage returns, and a picker moves the
 * cursor, so the marks have letters.
 */
function check(world: World, args: readonly string[], file: string | undefined): Promise<void> {
  return (async () => {
    const whole = file === undefined ? args : [...args, "--kubeconfig", file];
    const piped = await world.kcfg(whole);
    // kubectl's own messages keep kubectl's words where there is no terminal, and those can be raw.
    const onPipe = KUBECTL_WORDS.test(piped.stderr) ? "" : found(Buffer.from(piped.stderr));
    held(onPipe === "", `standard error has ${onPipe}`);
    if (process.env["KCFG_ATTACK_NO_TERMINAL"] === undefined) {
      const shown = withoutCrash(await onTerminal(world, whole), args.join(" ").slice(0, 40));
      const onScreen = found(shown.bytes);
      held(onScreen === "", `the terminal gets ${onScreen}`);
    }
  })();
}

export const attacks: readonly Attack[] = [
  {
    row: "M6",
    needs: ["terminal"],
    attack:
      "Escape sequences, C1 and bidi characters in every name and value: no command sends one to a terminal or in an error",
    run: async (world) => {
      await eachVariant(
        COMMANDS,
        (command) => command,
        async (command) => {
          const file = world.write("k.yaml", evilKubeconfig(world));
          await check(world, command.split(" "), file);
        },
      );
    },
  },
  {
    row: "M6",
    needs: ["terminal"],
    attack: "The same in arguments: names, paths, formats, flags and commands",
    run: async (world) => {
      const file = world.write("k.yaml", evilKubeconfig(world));
      await eachVariant(
        evilArguments,
        (args) => args.slice(0, 2).join(" ").slice(0, 30),
        (args) => check(world, args, args.includes("--kubeconfig") ? undefined : file),
      );
    },
  },
  {
    row: "M6",
    needs: ["terminal"],
    attack:
      "The same in the keys and values of what is not read: parse errors of kubeconfig, kuberc and plugin output",
    run: async (world) => {
      const bad: readonly (readonly [string, string])[] = [
        ["a map key", `kind: Config\nusers: [{name: u, user: {as-user-extra: {${yaml}: 5}}}]\n`],
        ["a value", `kind: Config\nclusters: {${yaml}: ${yaml}}\n`],
        ["a tag", `kind: Config\nclusters: !!x ${yaml}\n`],
        ["the kind", `apiVersion: ${yaml}\nkind: ${yaml}\n`],
        ["an alias", `kind: *${EVIL.split("\n")[0]}\n`],
        ["a repeated name", `contexts: [{name: ${yaml}}, {name: ${yaml}}]\n`],
        ["text that is no YAML", `{${EVIL}`],
        ["base64 that is none", `users: [{name: ${yaml}, user: {client-key-data: ${yaml}}}]\n`],
        ["preferences", `preferences: {colors: ${yaml}}\n`],
        ["extensions", `extensions: [{name: ${yaml}, extension: ${yaml}}, {name: ${yaml}, extension: 5}]\n`],
      ];
      await eachVariant(
        bad.flatMap(([name, text]) =>
          ["view", "check-plugins", "doctor", "explain", "use-context b", "resolve", "raw /"].map(
            (command) => [name, text, command] as const,
          ),
        ),
        ([name, , command]) => `${command}, ${name}`,
        async ([, text, command]) => check(world, command.split(" "), world.write("bad.yaml", text)),
      );
      const file = world.write("good.yaml", "apiVersion: v1\nkind: Config\n");
      await eachVariant(
        [
          `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${yaml}: 1\n`,
          `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: ${yaml}\n`,
          `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ${yaml}}]\n`,
          `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\naliases: [{name: ${yaml}, command: ${yaml}}]\n`,
          `${yaml}: {\n`,
        ],
        (text) => `kuberc: ${text.slice(55, 90)}`,
        async (text) => {
          const kuberc = world.write("kuberc", text);
          await check(world, ["check-plugins", "--kuberc", kuberc], file);
          await check(world, ["kuberc", "view", "--kuberc", kuberc], file);
          await check(world, ["doctor"], file);
        },
      );
      const outputs = [
        JSON.stringify({ apiVersion: EVIL, kind: EVIL }),
        JSON.stringify({
          apiVersion: "client.authentication.k8s.io/v1",
          kind: "ExecCredential",
          status: EVIL,
        }),
        EVIL,
      ];
      await eachVariant(
        outputs,
        (text) => `plugin output: ${text.slice(0, 20)}`,
        async (text) => {
          world.write("answer", text);
          world.write("plug", `#!/bin/sh\ncat ${world.at("answer")}\n`, { mode: 0o755 });
          const users = `users: [{name: u, user: {${plugin("./plug")}}}]\n`;
          const kc = world.write(
            "p.yaml",
            `kind: Config\ncurrent-context: c\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\n${users}`,
          );
          await check(world, ["credential"], kc);
          await check(world, ["raw", "/"], kc);
        },
      );
    },
  },
  {
    row: "M6",
    needs: ["terminal"],
    attack: "The same in a lock's owner, file names, and in what the state folder says of the last change",
    run: async (world) => {
      const good = "apiVersion: v1\nkind: Config\ncontexts: [{name: a, context: {cluster: c}}]\n";
      const name = `n\u001b]0;PWN\u0007\u009b2J\u202ePWN.yaml`;
      const file = world.write(name, good);
      await eachVariant(
        [
          ["set-context", "a", "-n", "x", "--dry-run"],
          ["set-context", "a", "-n", "x"],
          ["delete-context", "a"],
          ["undo"],
          ["doctor"],
          ["import", file],
          ["view", "-v9"],
          ["explain"],
        ],
        (args) => args.join(" ").slice(0, 40),
        (args) => check(world, args, file),
      );
      const locked = world.write("l.yaml", good);
      const owner = encodeURIComponent("\u001b]0;PWN\u0007\u001b[2J\nroot#");
      symlinkSync(`kcfg-lock:pid=1&machine=${owner}&place=x&serial=1`, `${locked}.lock`);
      await check(world, ["use-context", "a", "--lock-timeout", "0s"], locked);
      const raw = world.write("l2.yaml", good);
      symlinkSync(`kcfg-lock:pid=1&machine=\u001b]0;PWN\u0007&place=x&serial=1`, `${raw}.lock`);
      await check(world, ["use-context", "a", "--lock-timeout", "0s"], raw);
      const edited = world.write("u.yaml", good);
      await world.kcfg(["use-context", "a", "--kubeconfig", edited]);
      for (const [path, text] of world.files("home/.kube")) {
        world.write(path, text.replaceAll("use-context", JSON.stringify(EVIL).slice(1, -1)));
      }
      await check(world, ["undo"], edited);
    },
  },
];
