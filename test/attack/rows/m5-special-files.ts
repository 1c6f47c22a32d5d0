import { existsSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import type { Attack } from "../attack.ts";
import { eachVariant, held, NotHeld } from "../attack.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { succeeded } from "../world.ts";

/** Things in place of a file of kcfg's. */
const THINGS: readonly (readonly [string, (world: World, path: string) => unknown])[] = [
  ["a FIFO", (world, path) => world.sh(`mkfifo ${path}`)],
  ["a FIFO for all", (world, path) => world.sh(`mkfifo -m 666 ${path}`)],
  [
    "a link to a FIFO",
    async (world, path) => {
      await world.sh(`mkfifo ${path}.fifo`);
      world.link(`${path}.fifo`, path);
    },
  ],
  ["a link to /dev/zero", (world, path) => world.link("/dev/zero", path)],
  ["a link to /dev/tty", (world, path) => world.link("/dev/tty", path)],
  ["a link to itself", (world, path) => world.link(path, path)],
  ["a folder", (_, path) => mkdirSync(path)],
  [
    "a socket",
    (world, path) =>
      world.run([
        world.node,
        "-e",
        `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`,
      ]),
  ],
  ["a sparse file of 1 TB", (world, path) => world.sh(`truncate -s 1T ${path}`)],
];

/** Signals a run of kcfg a second after its start, and returns how long it lived on. */
async function signalled(world: World, args: readonly string[], signal: NodeJS.Signals): Promise<void> {
  const run = await world.kcfg(args, {
    mayCrash: true,
    seconds: 15,
    started: (pid) => {
      setTimeout(() => {
        try {
          process.kill(pid, signal);
        } catch {
          // It has ended by itself.
        }
      }, 1000);
    },
  });
  if (run.hung) {
    throw new NotHeld(`alive 14 s after ${signal}`);
  }
}

export const attacks: readonly Attack[] = [
  {
    row: "M5",
    attack:
      "A FIFO, device, folder, socket or endless file is called F.lock: --lock-timeout is kept, nothing is left behind",
    run: async (world) => {
      await eachVariant(
        THINGS,
        ([name]) => name,
        async ([, make], index) => {
          const file = world.write(`v${index}/k.yaml`, kubeconfig());
          await make(world, `${file}.lock`);
          const was = lstatSync(`${file}.lock`).mode;
          await world.kcfg(["use-context", "prod", "--kubeconfig", file, "--lock-timeout", "1s"]);
          held(
            !existsSync(`${file}.lock`) || lstatSync(`${file}.lock`).mode === was,
            "a lock of kcfg's own was left behind",
          );
        },
      );
    },
  },
  {
    row: "M5",
    attack: "The same at the names of old side files, and at F.lock of a kuberc: edits go on",
    run: async (world) => {
      await eachVariant(
        ["kcfg-backup", "kcfg-state.json"].flatMap((side) =>
          THINGS.map(([name, make]) => [side, name, make] as const),
        ),
        ([side, name]) => `${side}: ${name}`,
        async ([side, , make], index) => {
          const file = world.write(`v${index}/k.yaml`, kubeconfig());
          await make(world, `${file}.${side}`);
          succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
          await world.kcfg(["undo", "--kubeconfig", file]);
          await world.kcfg(["doctor", "--kubeconfig", file]);
          held(!existsSync(`${file}.lock`), "the lock is left");
        },
      );
      await eachVariant(
        THINGS,
        ([name]) => `kuberc.lock: ${name}`,
        async ([, make], index) => {
          const kuberc = world.at(`r${index}/kuberc`);
          world.mkdir(`r${index}`);
          await make(world, `${kuberc}.lock`);
          await world.kcfg(
            [..."kuberc set --section aliases --name a --command get --kuberc".split(" "), kuberc],
            { seconds: 30 },
          );
        },
      );
    },
  },
  {
    row: "M5",
    attack:
      "The kubeconfig or the kuberc itself is a FIFO without a writer, a socket, a folder: every command ends by itself",
    run: async (world) => {
      const commands = [
        "view",
        "use-context prod",
        "doctor",
        "check-plugins",
        "explain",
        "export",
        "kuberc view",
        "resolve",
      ];
      await eachVariant(
        THINGS.filter(([name]) => !name.includes("zero") && !name.includes("tty")).flatMap(([name, make]) => [
          [`kubeconfig: ${name}`, make, "k.yaml"] as const,
          [`kuberc: ${name}`, make, "kuberc"] as const,
        ]),
        ([name]) => name,
        async ([, make, which], index) => {
          const home = world.mkdir(`h${index}`);
          world.mkdir(`h${index}/.kube`);
          const file = `${home}/k.yaml`;
          if (which === "kuberc") {
            world.write(file, kubeconfig());
            await make(world, `${home}/.kube/kuberc`);
          } else {
            await make(world, file);
          }
          for (const command of commands) {
            await world.kcfg([...command.split(" "), "--kubeconfig", file], { env: { HOME: home } });
          }
          await world.kcfg(["view"], { env: { HOME: home, KUBECONFIG: `${file}:${file}x` } });
        },
      );
    },
  },
  {
    row: "M5",
    attack: "While kcfg waits for a FIFO (as a kubeconfig, lock, token or kuberc), SIGINT and SIGTERM end it",
    run: async (world) => {
      const held_: (readonly [string, readonly string[], string])[] = [];
      const file = (name: string): string => world.write(`${name}/k.yaml`, kubeconfig());
      for (const side of ["lock", "kcfg-backup", "kcfg-state.json"]) {
        held_.push([side, ["use-context", "prod", "--kubeconfig", file(side)], `${side}/k.yaml.${side}`]);
      }
      held_.push(["kubeconfig", ["view", "--kubeconfig", world.at("fifo")], "fifo"]);
      world.write("token.yaml", kubeconfig({ user: `tokenFile: ${world.at("token")}` }));
      held_.push(["token", ["doctor", "--kubeconfig", world.at("token.yaml")], "token"]);
      held_.push(["kuberc", ["check-plugins", "--kuberc", world.at("kuberc")], "kuberc"]);
      await eachVariant(
        held_.flatMap(([name, args, path]) =>
          (["SIGINT", "SIGTERM"] as const).map((signal) => [name, args, path, signal] as const),
        ),
        ([name, , , signal]) => `${name}, ${signal}`,
        async ([, args, path, signal]) => {
          rmSync(world.at(path), { force: true });
          await world.sh(`mkfifo ${world.at(path)}`);
          // A writer that never writes: without it a reader may give up by itself.
          const writer = spawn("/bin/sh", ["-c", `exec 3<>${world.at(path)}; exec sleep 60`], {
            stdio: "ignore",
            uid: world.me,
            gid: world.me,
          });
          try {
            await signalled(world, args, signal);
          } finally {
            writer.kill("SIGKILL");
          }
          held(
            path.endsWith(".lock") || args[0] !== "use-context" || !existsSync(`${args.at(-1)}.lock`),
            "a lock is left behind",
          );
        },
      );
    },
  },
  {
    row: "M5",
    attack: "Honest pipes go on working: a kubeconfig from standard input and from the shell's <(…)",
    run: async (world) => {
      const good = world.write("k.yaml", kubeconfig());
      const bin = `"${world.node}" "${world.package}/dist/cli/bin.cjs"`;
      for (const script of [
        `cat ${good} | ${bin} view --kubeconfig /dev/stdin`,
        `mkfifo ${world.at("f")}; (sleep 1; cat ${good} > ${world.at("f")}) & ${bin} view --kubeconfig ${world.at("f")}`,
      ]) {
        const run = await world.sh(script);
        held(run.code === 0 && run.stdout.includes("name: prod"), `${script}: ${run.stderr.trim()}`);
      }
    },
  },
];
