import { mkdirSync, existsSync, rmSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { selfSigned } from "../certificate-shapes.ts";

const FILES = [
  "/proc/self/pagemap",
  "/dev/zero",
  "/dev/urandom",
  "/dev/full",
  "/proc/self/mem",
  "FIFO",
  "SPARSE",
  "FOLDER",
  "SOCKET",
];

const FIELDS: readonly (readonly [string, (path: string) => string])[] = [
  ["certificate-authority", (path) => kubeconfig({ cluster: `certificate-authority: "${path}"` })],
  ["tokenFile", (path) => kubeconfig({ user: `tokenFile: "${path}"` })],
  [
    "client-certificate",
    (path) => kubeconfig({ user: `client-certificate: "${path}", client-key: "${path}"` }),
  ],
  ["client-key", (path) => kubeconfig({ user: `client-certificate: c.pem, client-key: "${path}"` })],
];

const COMMANDS = [
  "doctor",
  "explain",
  "resolve",
  "export",
  "view --flatten --raw",
  "raw /",
  "credential",
  "check-plugins",
];

/** Makes a file without an end, or one that nobody writes to, and returns its path. */
async function endless(world: World, name: string): Promise<string> {
  const path = world.at(name.toLowerCase());
  if (name.startsWith("/")) {
    return name;
  }
  if (!existsSync(path)) {
    if (name === "FIFO") {
      await world.sh(`mkfifo ${path}`);
    } else if (name === "SPARSE") {
      await world.sh(`truncate -s 100G ${path}`);
    } else if (name === "FOLDER") {
      mkdirSync(path);
    } else {
      await world.run([
        world.node,
        "-e",
        `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`,
      ]);
    }
  }
  return path;
}

export const attacks: readonly Attack[] = [
  {
    row: "M7",
    attack:
      "certificate-authority, tokenFile, client-certificate or client-key names a file without an end or a FIFO: every command ends, in bounds",
    run: async (world) => {
      world.write("c.pem", (await selfSigned({})).certificate);
      await eachVariant(
        FIELDS.flatMap(([field, text]) =>
          FILES.flatMap((file) => COMMANDS.map((command) => [field, text, file, command] as const)),
        ).filter((_, index) => process.env["KCFG_ATTACK_ALL"] !== undefined || index % 2 === 0 || index < 40),
        ([field, , file, command]) => `${command}, ${field}: ${file}`,
        async ([, text, file, command]) => {
          const path = world.write("k.yaml", text(await endless(world, file)));
          await world.kcfg([...command.split(" "), "--kubeconfig", path], { seconds: 20, maxMiB: 700 });
        },
      );
    },
  },
  {
    row: "M7",
    attack: "KUBECONFIG, --kubeconfig, import, --kuberc, KUBERC and --embed-certs name such a file",
    run: async (world) => {
      const own = world.write("own.yaml", kubeconfig());
      const uses: readonly (readonly [
        string,
        (path: string) => readonly string[],
        ((path: string) => Readonly<Record<string, string>>)?,
      ])[] = [
        ["KUBECONFIG", () => ["view"], (path) => ({ KUBECONFIG: path })],
        ["KUBECONFIG, doctor", () => ["doctor"], (path) => ({ KUBECONFIG: `${own}:${path}` })],
        ["use-context", (path) => ["use-context", "prod", "--kubeconfig", path]],
        ["import", (path) => ["import", path, "--kubeconfig", own]],
        ["--kuberc", (path) => ["check-plugins", "--kuberc", path, "--kubeconfig", own]],
        ["KUBERC", () => ["raw", "/", "--kubeconfig", own], (path) => ({ KUBERC: path })],
        [
          "kuberc set",
          (path) => [..."kuberc set --section aliases --name a --command get --kuberc".split(" "), path],
        ],
        ["kuberc view", (path) => ["kuberc", "view", "--kuberc", path]],
        [
          "set-cluster --embed-certs",
          (path) => [
            "set-cluster",
            "c",
            "--embed-certs",
            "--certificate-authority",
            path,
            "--kubeconfig",
            own,
          ],
        ],
        [
          "set-credentials --embed-certs",
          (path) => [
            "set-credentials",
            "u",
            "--embed-certs",
            "--client-certificate",
            path,
            "--kubeconfig",
            own,
          ],
        ],
        [
          "--certificate-authority",
          (path) => ["raw", "/", "--certificate-authority", path, "--kubeconfig", own],
        ],
      ];
      await eachVariant(
        uses.flatMap(([name, args, env]) => FILES.map((file) => [name, args, env, file] as const)),
        ([name, , , file]) => `${name}: ${file}`,
        async ([, args, env, file]) => {
          const path = await endless(world, file);
          await world.kcfg(args(path), { ...(env && { env: env(path) }), maxMiB: 2500 });
          rmSync(`${path}.lock`, { force: true });
        },
      );
    },
  },
  {
    row: "M7",
    attack: "An endless standard input as kubeconfig to import, and a kubeconfig that is a bomb of aliases",
    run: async (world) => {
      const bin = `"${world.node}" "${world.package}/dist/cli/bin.cjs"`;
      const run = await world.sh(`${bin} import - --kubeconfig ${world.at("own.yaml")} < /dev/zero`, {
        maxMiB: 2500,
        seconds: 40,
      });
      held(!run.hung && !run.grew, "no end");
      const lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"];
      for (let depth = 1; depth < 12; depth++) {
        lines.push(`a${depth}: &a${depth} [${Array.from({ length: 10 }, () => `*a${depth - 1}`).join(",")}]`);
      }
      const bomb = world.write(
        "bomb.yaml",
        `${lines.join("\n")}\nextensions: [{name: x, extension: *a11}]\n`,
      );
      for (const command of ["view", "doctor", "set-context x", "import"]) {
        await world.kcfg(
          [
            ...command.split(" "),
            ...(command === "import" ? [bomb] : []),
            "--kubeconfig",
            command === "import" ? world.at("own.yaml") : bomb,
          ],
          { maxMiB: 1000 },
        );
      }
      const deep = world.write("deep.yaml", `kind: ${"[".repeat(200_000)}\n`);
      const nested = world.write(
        "nested.json",
        `{"extensions":${'[{"name":"x","extension":'.repeat(50_000)}1${"}]".repeat(50_000)}}`,
      );
      for (const file of [deep, nested]) {
        for (const command of ["view", "doctor", "check-plugins", "set-context x"]) {
          await world.kcfg([...command.split(" "), "--kubeconfig", file], { maxMiB: 1000 });
        }
      }
    },
  },
];
