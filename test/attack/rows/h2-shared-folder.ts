import { chownSync, existsSync, readdirSync, statSync } from "node:fs";
import { spawn } from "node:child_process";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig, SECRET } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { succeeded } from "../world.ts";

/** Makes a folder in which everybody may create files, sticky as /tmp or not, with my kubeconfig (0600) in it. */
function shared(world: World, name: string, mode = 0o1777): string {
  world.mkdir(name, { mode, owner: 0 });
  return world.write(`${name}/config`, kubeconfig());
}

/** Returns the files below a folder in which the other user can read my token. */
async function leak(world: World, below = world.folder): Promise<string> {
  const { stdout } = await world.sh(`grep -rl ${SECRET} ${below} 2>/dev/null; true`, {
    as: world.theOther(),
  });
  return stdout.trim();
}

const PREPARED: readonly (readonly [string, string])[] = [
  ["an empty file, 0666", "umask 0; : > F"],
  ["an empty file, 0644", ": > F"],
  ["a link to a file of his own", "umask 0; : > $HERE/his; ln -s $HERE/his F"],
  ["a dangling link", "ln -s $HERE/his-new F"],
  ["a link to a folder of his own", "mkdir -p $HERE/hisdir; ln -s $HERE/hisdir F"],
  ["a folder", "mkdir -m 777 F"],
  ["a FIFO", "mkfifo -m 666 F"],
];

/** Runs a loop of another user's while a function runs. */
async function beside<Value>(world: World, script: string, run: () => Promise<Value>): Promise<Value> {
  const loop = spawn("/bin/sh", ["-c", `while :; do ${script}; done`], {
    uid: world.theOther(),
    gid: world.theOther(),
    stdio: "ignore",
    detached: true,
  });
  try {
    return await run();
  } finally {
    if (loop.pid !== undefined) {
      process.kill(-loop.pid, "SIGKILL");
    }
  }
}

export const attacks: readonly Attack[] = [
  {
    row: "H2",
    needs: ["root"],
    attack: "In a folder like /tmp another user makes config.kcfg-backup and config.kcfg-state.json first",
    run: async (world) => {
      await eachVariant(
        PREPARED,
        ([name]) => name,
        async ([, script], index) => {
          const file = shared(world, `shared${index}`);
          const here = world.mkdir(`his${index}`, { owner: world.theOther() });
          for (const side of ["config.kcfg-backup", "config.kcfg-state.json"]) {
            await world.sh(script.replaceAll("F", `${world.at(`shared${index}`)}/${side}`), {
              as: world.theOther(),
              env: { HERE: here },
            });
          }
          const run = await world.kcfg(["use-context", "prod", "--kubeconfig", file]);
          const found = `${await leak(world, world.at(`shared${index}`))}${await leak(world, here)}`;
          held(found === "", `he reads the token in ${found}`);
          held(run.code === 0, `the edit is refused: ${run.stderr.trim()}`);
        },
      );
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack: "He links the side file's name to a world-readable file of mine: it is lost, and shows my token",
    run: async (world) => {
      const file = shared(world, "shared");
      const profile = world.write("home/.profile", "# mine\n", { mode: 0o644 });
      for (const side of ["kcfg-backup", "kcfg-state.json"]) {
        await world.sh(`ln -s ${profile} ${file}.${side}`, { as: world.theOther() });
      }
      succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
      held(world.read(profile) === "# mine\n", "my .profile was overwritten");
      held((await leak(world)) === "", "he reads the token");
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack:
      "After any edit, nothing beside the kubeconfig is left and nobody else can read the token, umask 0 too",
    run: async (world) => {
      const file = shared(world, "shared", 0o777);
      for (const umask of ["022", "0"]) {
        for (const args of ["use-context prod", "set-credentials u --token=t2", "delete-user u", "undo"]) {
          await world.sh(
            `umask ${umask}; exec "${world.node}" "${world.package}/dist/cli/bin.cjs" ${args} --kubeconfig ${file}`,
          );
          held((await leak(world)) === "", `he reads the token in ${await leak(world)} after ${args}`);
          const left = readdirSync(world.at("shared")).filter((name) => name !== "config");
          held(left.length === 0, `${left.join(", ")} is left beside the kubeconfig after ${args}`);
          held(world.mode(file) === "600", `the kubeconfig has the mode ${world.mode(file)}`);
        }
      }
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack: "He puts a kubeconfig that I may write into a folder like /tmp: no edit gives it my token",
    run: async (world) => {
      await eachVariant(
        [0o1777, 0o777],
        (mode) => mode.toString(8),
        async (mode) => {
          world.mkdir(`shared${mode}`, { mode, owner: 0 });
          const his = world.write(`shared${mode}/config`, kubeconfig({ user: "token: his" }), {
            mode: 0o666,
            owner: world.theOther(),
          });
          const mine = world.write("mine.yaml", kubeconfig());
          for (const args of [
            ["set-credentials", "me", `--token=${SECRET}`],
            ["import", mine, "--rename", "--trust"],
          ]) {
            const run = await world.kcfg([...args, "--kubeconfig", his]);
            held(run.code !== 0, `${args[0] ?? ""} wrote to his file: ${run.stderr}`);
            held(!world.read(his).includes(SECRET), "he has the token");
          }
        },
      );
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack: "Root edits the kubeconfig of another user, in his folder: refused without --trust-folder-owner",
    run: async (world) => {
      const his = world.mkdir("his/.kube", { owner: world.theOther() });
      const file = world.write(`${his}/config`, kubeconfig(), { owner: world.theOther() });
      world.mkdir("rootonly");
      await world.sh(`ln -s ${world.at("rootonly/x.sh")} ${file}.kcfg-backup`, { as: world.theOther() });
      const args = ["use-context", "prod", "--kubeconfig", file];
      const run = await world.kcfg(args, { as: 0 });
      held(run.code !== 0, "root edited it without being asked whether he trusts the folder's owner");
      held(run.stderr.includes("--trust-folder-owner"), `no word of the flag: ${run.stderr.trim()}`);
      held(world.read(file) === kubeconfig(), "the file was changed all the same");
      succeeded(await world.kcfg([...args, "--trust-folder-owner"], { as: 0 }));
      held(world.read(file).includes("current-context: prod"), "with the flag the file was not changed");
      held(statSync(file).uid === world.theOther(), "with the flag the file changed its owner");
      held(!existsSync(world.at("rootonly/x.sh")), "root wrote through his link");
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack: "The folder is root's, but one above it is another user's: root's edit is refused as well",
    run: async (world) => {
      world.mkdir("his", { owner: world.theOther() });
      world.mkdir("his/below", { owner: 0 });
      const file = world.write("his/below/config", kubeconfig(), { owner: 0 });
      world.link(world.at("his/below"), "mine", { owner: 0 });
      for (const path of [file, world.at("mine/config")]) {
        const run = await world.kcfg(["use-context", "prod", "--kubeconfig", path], { as: 0 });
        held(run.code !== 0, `root edited ${path}`);
        held(world.read(file) === kubeconfig(), "the file was changed all the same");
      }
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack:
      "Root edits with --trust-folder-owner while the owner swaps every new file for a link to a file of root's",
    run: async (world) => {
      const his = world.mkdir("his", { owner: world.theOther() });
      const file = world.write("his/config", kubeconfig(), { owner: world.theOther() });
      const root = world.write("rootfile", "root's\n", { owner: 0, mode: 0o600 });
      const loop = `cd ${his}; for f in * .*; do case $f in config|.|..) ;; *) ln -sf ${root} l && mv -f l "$f" ;; esac; done 2>/dev/null`;
      await beside(world, loop, async () => {
        for (let round = 0; round < 12; round++) {
          const to = round % 2 === 0 ? "prod" : "dev";
          const run = await world.kcfg(
            ["use-context", to, "--kubeconfig", file, "--trust-folder-owner", "--lock-timeout", "500ms"],
            { as: 0 },
          );
          held(!run.stderr.includes("unknown flag"), "there is no flag --trust-folder-owner");
        }
      });
      held(world.read(root) === "root's\n", "root's file was overwritten");
      held(statSync(root).uid === 0, "root's file was given to him");
      held(world.mode(root) === "600", `root's file has the mode ${world.mode(root)}`);
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack:
      "Somebody else's state folder (KCFG_STATE_DIR or ~/.kube/kcfg of his, a link, open to all) is never used",
    run: async (world) => {
      const variants: readonly (readonly [string, (path: string) => void])[] = [
        ["his folder", (path) => world.mkdir(path, { owner: world.theOther(), mode: 0o777 })],
        ["my folder, open to all", (path) => world.mkdir(path, { mode: 0o777 })],
        ["my folder below his", (path) => void world.mkdir(path, { mode: 0o700 })],
        [
          "a link to his folder",
          (path) =>
            void world.link(world.mkdir(`${path}.real`, { owner: world.theOther(), mode: 0o777 }), path),
        ],
        [
          "his link to my folder",
          (path) =>
            void world.link(world.mkdir(`${path}.real`, { mode: 0o700 }), path, { owner: world.theOther() }),
        ],
      ];
      await eachVariant(
        variants.flatMap(([name, make]) => [
          [`KCFG_STATE_DIR: ${name}`, make, true] as const,
          [`~/.kube/kcfg: ${name}`, make, false] as const,
        ]),
        ([name]) => name,
        async ([name, make, byVariable], index) => {
          const home = world.mkdir(`home${index}`);
          const below = name.endsWith("below his") && byVariable;
          const state = byVariable ? world.at(`v${index}/state`) : `${home}/.kube/kcfg`;
          world.mkdir(byVariable ? `v${index}` : `${home}/.kube`, {
            mode: below ? 0o777 : 0o755,
            ...(below && { owner: world.theOther() }),
          });
          make(state);
          const file = world.write(`${home}/k.yaml`, kubeconfig());
          const env = { HOME: home, ...(byVariable && { KCFG_STATE_DIR: state }) };
          const run = await world.kcfg(["use-context", "prod", "--kubeconfig", file], { env });
          held(run.code === 0, `the edit is refused: ${run.stderr.trim()}`);
          const found = `${await leak(world, home)}${await leak(world, state)}`;
          held(found === "", `he reads the token in ${found}`);
          const left = readdirSync(home).filter((entry) => entry.startsWith("k.yaml."));
          held(left.length === 0, `${left.join(", ")} is beside the kubeconfig`);
          const kept = world.files(state).filter(([, text]) => text.includes(SECRET));
          held(
            kept.length === 0 || name.includes("my folder"),
            `the history is kept in a folder that others own: ${kept.join()}`,
          );
        },
      );
    },
  },
  {
    row: "H2",
    needs: ["root"],
    attack: "A file in my state folder that another user owns is neither read nor written",
    run: async (world) => {
      const file = world.write("k.yaml", kubeconfig());
      succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
      const state = world.files("home/.kube/kcfg").map(([path]) => path);
      held(state.length > 0, "no state in ~/.kube/kcfg after an edit");
      for (const path of state) {
        chownSync(path, world.theOther(), world.theOther());
      }
      const run = await world.kcfg(["undo", "--kubeconfig", file]);
      held(run.code !== 0, "undo used a file that another user owns");
      succeeded(await world.kcfg(["use-context", "dev", "--kubeconfig", file]));
      const found = await leak(world);
      held(found === "", `he reads the token in ${found}`);
    },
  },
];
