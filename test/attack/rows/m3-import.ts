import { existsSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig, plugin, SECRET } from "../kubeconfig-text.ts";
import { selfSigned } from "../certificate-shapes.ts";
import { embedded } from "../servers.ts";
import { succeeded } from "../world.ts";

const VAULT = "hvs.VAULT-TOKEN-OF-THE-USER";

/** Loader variables: each makes a program run code that the policy never saw. */
const LOADERS = [
  ..."LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH NODE_OPTIONS NODE_PATH".split(
    " ",
  ),
  ..."PYTHONPATH PYTHONSTARTUP PERL5OPT PERL5LIB RUBYOPT RUBYLIB BASH_ENV ENV JAVA_TOOL_OPTIONS PATH".split(
    " ",
  ),
];

/** Dangerous contents of a kubeconfig, and a word that the report must name. */
const DANGERS: readonly (readonly [string, string, string])[] = [
  ["a shell as the plugin", kubeconfig({ user: plugin("/bin/sh", ["-c", "id"]) }), "/bin/sh"],
  ["an interpreter as the plugin", kubeconfig({ user: plugin("python3", ["-c", "x"]) }), "python3"],
  ["a plugin that no policy allows", kubeconfig({ user: plugin("/usr/bin/some-login") }), "some-login"],
  ["a plugin beside the kubeconfig", kubeconfig({ user: plugin("./login") }), "login"],
  ...LOADERS.map(
    (name) =>
      [
        `${name} for a plugin`,
        kubeconfig({ user: plugin("aws", [], { [name]: "/tmp/evil" }) }),
        name,
      ] as const,
  ),
  ["an HTTP proxy", kubeconfig({ cluster: 'proxy-url: "http://127.0.0.1:9"' }), "proxy"],
  ["a SOCKS proxy", kubeconfig({ cluster: 'proxy-url: "socks5://127.0.0.1:9"' }), "proxy"],
  [
    "no check of the server",
    kubeconfig({ cluster: "insecure-skip-tls-verify: true" }),
    "insecure-skip-tls-verify",
  ],
  ["a token file above", kubeconfig({ user: "tokenFile: ../.vault-token" }), ".vault-token"],
  ["a token file by its whole path", kubeconfig({ user: 'tokenFile: "HOME/.vault-token"' }), ".vault-token"],
  ["a token file by a link", kubeconfig({ user: "tokenFile: linked" }), "linked"],
  ["a token file by a linked folder", kubeconfig({ user: "tokenFile: up/.vault-token" }), ".vault-token"],
  ["a token file in /proc", kubeconfig({ user: "tokenFile: /proc/self/environ" }), "/proc/self/environ"],
  [
    "a key above",
    kubeconfig({ user: "client-certificate: ../.ssh/id.pub, client-key: ../.ssh/id" }),
    ".ssh/id",
  ],
  [
    "danger in a user that no context names",
    `${kubeconfig().trimEnd()}\n- {name: hidden, user: {${plugin("/bin/sh", ["-c", "id"])}}}\n`,
    "/bin/sh",
  ],
];

/** Reports whether a report names a danger, by the field or in words. */
function names(report: string, word: string): boolean {
  return (
    report.includes(word) || (word === "insecure-skip-tls-verify" && report.includes("without checking"))
  );
}

export const attacks: readonly Attack[] = [
  {
    row: "M3",
    attack:
      "import of a kubeconfig with plugins, loader variables, proxies, no TLS check or files of the user's: reported, refused without --trust",
    run: async (world) => {
      world.write("home/.vault-token", VAULT);
      world.write("home/.ssh/id", "key");
      world.link("../.vault-token", "home/Downloads/linked");
      world.link("..", "home/Downloads/up");
      world.write("home/Downloads/login", "#!/bin/sh\n", { mode: 0o755 });
      await eachVariant(
        DANGERS,
        ([name]) => name,
        async ([, text, word], index) => {
          const whole = text.replaceAll("HOME", world.home);
          const own = kubeconfig().replaceAll(/\b(dev|prod|c|u)\b(?=[,}])/gu, "own-$1");
          for (const [how, args, stdin] of [
            ["a file", [world.write("home/Downloads/k.yaml", whole)], undefined],
            ["standard input", ["-"], whole],
          ] as const) {
            const mine = world.write(`home/.kube/own${index}`, own);
            const run = await world.kcfg(["import", ...args, "--kubeconfig", mine], {
              cwd: world.at("home/Downloads"),
              ...(stdin !== undefined && { stdin }),
            });
            held(run.code !== 0, `imported from ${how} without a question`);
            held(world.read(mine) === own, `refused, but changed the kubeconfig all the same (${how})`);
            held(
              names(`${run.stdout}${run.stderr}`, word),
              `the report does not name ${word} (${how}): ${run.stderr.trim()}`,
            );
            held(!run.stderr.includes("unknown flag"), "unknown flag");
          }
          const mine = world.write(`home/.kube/own${index}`, own);
          const trusted = await world.kcfg([
            "import",
            world.at("home/Downloads/k.yaml"),
            "--trust",
            "--kubeconfig",
            mine,
          ]);
          succeeded(trusted);
          held(world.read(mine) !== own, "--trust did not import");
        },
      );
    },
  },
  {
    row: "M3",
    attack:
      "The danger is in the second of two files, or behind a new name (--prefix, --rename): refused as a whole",
    run: async (world) => {
      const good = world.write("good.yaml", kubeconfig().replaceAll("dev", "good"));
      const bad = world.write("bad.yaml", kubeconfig({ user: plugin("/bin/sh", ["-c", "id"]) }));
      for (const flags of [
        [good, bad, "--rename"],
        [bad, "--prefix=x-"],
        [bad, "--rename"],
        [bad, "--use"],
      ]) {
        const run = await world.kcfg(["import", ...flags, "--kubeconfig", world.at("own.yaml")]);
        held(run.code !== 0, `imported: ${flags.slice(-1).join(" ")}`);
        held(!existsSync(world.at("own.yaml")), "refused, but wrote the file");
      }
    },
  },
  {
    row: "M3",
    attack:
      "Harmless kubeconfigs (token, embedded certificates, a plugin that the policy in force allows) need no --trust",
    run: async (world) => {
      const { certificate, key } = await selfSigned({});
      const login = world.write("bin/cloud-login", "#!/bin/sh\n", { mode: 0o755 });
      world.write(
        "home/.kube/kuberc",
        `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: ${login}\n`,
      );
      await eachVariant(
        [
          ["token", kubeconfig({ cluster: `certificate-authority-data: ${embedded(certificate)}` })],
          [
            "client certificate",
            kubeconfig({
              user: `client-certificate-data: ${embedded(certificate)}, client-key-data: ${embedded(key)}`,
            }),
          ],
          ["an allowed plugin", kubeconfig({ user: plugin(login) })],
        ] as const,
        ([name]) => name,
        async ([, text], index) => {
          const file = world.write("in.yaml", text);
          succeeded(await world.kcfg(["import", file, "--kubeconfig", world.at(`own${index}`)]));
          held(world.read(`own${index}`).includes("127.0.0.1"), "nothing was imported");
        },
      );
      const denied = world.write(
        "in.yaml",
        kubeconfig({ user: plugin(login, [], { LD_PRELOAD: "/tmp/x.so" }) }),
      );
      const run = await world.kcfg(["import", denied, "--kubeconfig", world.at("own9")]);
      held(run.code !== 0, "an allowed plugin with LD_PRELOAD was imported");
    },
  },
  {
    row: "M3",
    attack:
      "--replace: an entry of the user's that would send the user's credentials to another server is refused",
    run: async (world) => {
      const own = kubeconfig();
      for (const [what, cluster] of [
        ["another address", 'server: "https://evil"'],
        ["no verification", 'server: "https://127.0.0.1:1", insecure-skip-tls-verify: true'],
        ["a proxy", 'server: "https://127.0.0.1:1", proxy-url: "http://evil:1"'],
      ] as const) {
        const mine = world.write("own.yaml", own);
        const evil = world.write("evil.yaml", `clusters:\n- {name: c, cluster: {${cluster}}}\n`);
        const run = await world.kcfg(["import", evil, "--replace", "--kubeconfig", mine]);
        held(run.code !== 0, `replaced without a question: ${what}`);
        held(run.stderr.includes("credentials of your user"), `not reported: ${what}: ${run.stderr}`);
        held(world.read("own.yaml") === own, "refused, but changed the kubeconfig all the same");
      }
    },
  },
  {
    row: "M3",
    attack: "doctor has findings for files outside the folder, interpreters as plugins and loader variables",
    run: async (world) => {
      world.write("home/.vault-token", VAULT);
      await eachVariant(
        DANGERS.filter(([name]) =>
          /shell|interpreter|LD_PRELOAD|NODE_OPTIONS|token file (?:above|by its)/u.test(name),
        ),
        ([name]) => name,
        async ([, text, word]) => {
          const file = world.write("home/Downloads/k.yaml", text.replaceAll("HOME", world.home));
          const plain = world.write("home/Downloads/plain.yaml", kubeconfig());
          const codes = async (path: string): Promise<readonly string[]> => {
            const { stdout } = await world.kcfg(["doctor", "-o", "json", "--kubeconfig", path]);
            const { findings } = JSON.parse(stdout) as {
              findings: readonly { code: string; message: string }[];
            };
            return findings.map(({ code, message }) => `${code}: ${message}`);
          };
          const usual = await codes(plain);
          const found = (await codes(file)).filter(
            (line) => !usual.includes(line) && line.includes(word.split("/").at(-1) ?? word),
          );
          held(found.length > 0, `no finding names ${word}`);
          held(!found.join().includes(VAULT), "a finding shows what the file holds");
        },
      );
      held(SECRET.length > 0, "");
    },
  },
];
