import { existsSync, linkSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { EDITS, kubeconfig, SECRET } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { succeeded } from "../world.ts";

/** Makes a kubeconfig with an edit, and returns it with the files that kcfg keeps of it. */
async function edited(world: World, folder: string): Promise<{ file: string; state: readonly string[] }> {
  const file = world.write(`${folder}/k.yaml`, kubeconfig());
  succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
  const state = world.files("home/.kube/kcfg").map(([path]) => path);
  held(state.length > 0, "no state in ~/.kube/kcfg after an edit");
  return { file, state };
}

/** Makes the history look as if every change was made some days ago, by the records and the names of the files. */
function ageHistory(world: World, state: string, days: number): void {
  const made = Math.round(Date.now() - days * 24 * 60 * 60_000);
  const older = (text: string): string => text.replaceAll(/[0-9a-z]{8}(?=-[0-9a-f]{16})/g, made.toString(36));
  for (const [path, text] of world.files(state)) {
    if (path.endsWith(".json")) {
      world.write(path, older(text).replaceAll(/"time": \d+/g, `"time": ${made}`));
    } else {
      renameSync(path, older(path));
    }
  }
}

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export const attacks: readonly Attack[] = [
  {
    row: "S",
    attack:
      "KUBECONFIG names every file of a folder: a context that was deleted must not come back from a side file",
    run: async (world) => {
      world.write("configs/a", kubeconfig());
      world.write("configs/b", "kind: Config\napiVersion: v1\n");
      const all = (): string =>
        readdirSync(world.at("configs"))
          .map((name) => world.at("configs", name))
          .join(":");
      for (const args of [...EDITS.filter(([name]) => name === "delete-context"), ["delete-user", "u"]]) {
        succeeded(await world.kcfg(args, { env: { KUBECONFIG: all() } }));
      }
      const view = succeeded(await world.kcfg(["view", "--raw"], { env: { KUBECONFIG: all() } }));
      held(!view.stdout.includes("name: prod"), "the deleted context is there again");
      held(!view.stdout.includes(SECRET), "the deleted token is there again");
      held(
        readdirSync(world.at("configs")).join() === "a,b",
        "something was left in the folder of kubeconfigs",
      );
    },
  },
  {
    row: "S",
    attack: "The state folder: 0700 and its files 0600, whatever the umask; previous context and undo work",
    run: async (world) => {
      await eachVariant(
        ["000", "022", "077"],
        (umask) => `umask ${umask}`,
        async (umask) => {
          rmSync(world.at("home"), { recursive: true, force: true });
          world.mkdir("home");
          const file = world.write("k.yaml", kubeconfig());
          const run = (args: string): Promise<unknown> =>
            world
              .sh(
                `umask ${umask}; exec "${world.node}" "${world.package}/dist/cli/bin.cjs" ${args} --kubeconfig ${file}`,
              )
              .then(succeeded);
          await run("use-context prod");
          const state = world.at("home/.kube/kcfg");
          held(existsSync(state), "no state in ~/.kube/kcfg after an edit");
          held(world.mode(state) === "700", `the state folder has the mode ${world.mode(state)}`);
          for (const [path] of world.files(state)) {
            held((statSync(path).mode & 0o7177) === 0, `${path} has the mode ${world.mode(path)}`);
          }
          await run("use-context -");
          held(world.read(file).includes("current-context: dev"), "use-context - did not go back");
          await run("undo");
          held(world.read(file).includes("current-context: prod"), "undo did not undo");
        },
      );
    },
  },
  {
    row: "S",
    attack: "A deleted token is in the history; seven days later the next edit of any kubeconfig erases it",
    run: async (world) => {
      const { file, state: first } = await edited(world, "a");
      const own = first.map((path) => path.replace(/^.*\/([0-9a-f]+)\..*$/, "$1"));
      succeeded(await world.kcfg(["delete-user", "u", "--kubeconfig", file]));
      const state = world.at("home/.kube/kcfg");
      const isTokenKept = (): boolean =>
        world.files(state).some(([path, text]) => path.includes(`/${own[0]}.`) && text.includes(SECRET));
      held(isTokenKept(), "undo has nothing to restore the token from");
      await eachVariant(
        [
          [6.9, true],
          [7.1, false],
        ] as const,
        ([days]) => `${days} days later`,
        async ([days, isKept], index) => {
          ageHistory(world, state, days);
          await edited(world, `other${index}`);
          held(isTokenKept() === isKept, `the token is ${isKept ? "gone" : "still there"}`);
          const undo = await world.kcfg(["undo", "--dry-run", "--kubeconfig", file]);
          held((undo.code === 0) === isKept, `undo ended with ${undo.code}: ${undo.stderr}`);
        },
      );
    },
  },
  {
    row: "S",
    attack:
      "Every file of the state folder is replaced by a link, hard link, folder, FIFO or socket: edits go on, no target is touched",
    run: async (world) => {
      const victim = world.write("victim", "mine\n", { mode: 0o644 });
      const traps: readonly (readonly [string, (path: string) => unknown])[] = [
        ["link", (path) => world.link(victim, path)],
        ["dangling link", (path) => world.link(world.at("made"), path)],
        ["hard link", (path) => linkSync(victim, path)],
        ["folder", (path) => world.mkdir(path)],
        ["FIFO", (path) => world.sh(`mkfifo ${path}`)],
        ["link to /dev/zero", (path) => world.link("/dev/zero", path)],
        ["link to /proc/self/pagemap", (path) => world.link("/proc/self/pagemap", path)],
      ];
      await eachVariant(
        traps,
        ([name]) => name,
        async ([, trap], index) => {
          rmSync(world.at("home/.kube"), { recursive: true, force: true });
          const { file, state } = await edited(world, `f${index}`);
          for (const path of state) {
            rmSync(path);
            await trap(path);
          }
          for (const args of [["undo"], ["use-context", "-"]]) {
            await world.kcfg([...args, "--kubeconfig", file]);
          }
          succeeded(await world.kcfg(["use-context", "dev", "--kubeconfig", file]));
          succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
          held(world.read(victim) === "mine\n", "the target was overwritten");
          held(world.mode(victim) === "644", "the target's mode was changed");
          held(!existsSync(world.at("made")), "a file was made where the dangling link pointed to");
        },
      );
    },
  },
  {
    row: "S",
    attack:
      "~/.kube or ~/.kube/kcfg or KCFG_STATE_DIR is a link, a file, a FIFO, a device or not writable: edits go on with a warning",
    run: async (world) => {
      const elsewhere = world.mkdir("elsewhere", { mode: 0o700 });
      const traps: readonly (readonly [string, (path: string) => unknown])[] = [
        ["link", (path) => world.link(elsewhere, path)],
        ["dangling link", (path) => world.link(world.at("nowhere"), path)],
        ["file", (path) => world.write(path, "x")],
        ["FIFO", (path) => world.sh(`mkfifo ${path}`)],
        ["open to all", (path) => world.mkdir(path, { mode: 0o777 })],
        ["link to itself", (path) => world.link(path, path)],
      ];
      await eachVariant(
        traps.flatMap(([name, trap]) => [
          [`~/.kube/kcfg: ${name}`, trap, "kcfg"] as const,
          [`KCFG_STATE_DIR: ${name}`, trap, "variable"] as const,
        ]),
        ([name]) => name,
        async ([name, trap, where], index) => {
          const home = world.mkdir(`home${index}`);
          world.mkdir(`${home}/.kube`, { mode: 0o700 });
          const state = where === "kcfg" ? `${home}/.kube/kcfg` : world.at(`state${index}`);
          await trap(state);
          const file = world.write(`k${index}.yaml`, kubeconfig());
          const env = { HOME: home, ...(where === "variable" && { KCFG_STATE_DIR: state }) };
          succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file], { env }));
          held(world.files(elsewhere).length === 0, "the history was written through the link");
          held(!existsSync(world.at("nowhere")), "a folder was made where the dangling link pointed to");
          const open = world.files(state).filter(([, text]) => text.includes(SECRET));
          held(
            open.length === 0 || !name.endsWith("open to all") || world.mode(state) === "700",
            "the history stands in a folder that is open to all",
          );
        },
      );
    },
  },
  {
    row: "S",
    attack:
      "KCFG_STATE_DIR is empty, relative, /dev/null, /proc, / or 5,000 letters long: edits go on, nothing is made elsewhere",
    run: async (world) => {
      await eachVariant(
        ["", "relative/state", ".", "/dev/null", "/proc", "/proc/self/fd", "/", "x".repeat(5000), "a\nb"],
        (value) => JSON.stringify(value.slice(0, 20)),
        async (value, index) => {
          const cwd = world.mkdir(`w${index}`);
          const file = world.write(`k${index}.yaml`, kubeconfig());
          succeeded(
            await world.kcfg(["use-context", "prod", "--kubeconfig", file], {
              cwd,
              env: { KCFG_STATE_DIR: value },
            }),
          );
          for (const [path, text] of world.files(cwd)) {
            held((statSync(path).mode & 0o077) === 0 || !text.includes(SECRET), `${path} is open`);
          }
          held(world.read(file).includes("prod"), "the edit did not reach the file");
        },
      );
    },
  },
  {
    row: "S",
    attack: "Old side files (config.kcfg-backup and -state.json), well made by an attacker, are never read",
    run: async (world) => {
      const evil = kubeconfig({ server: "https://evil.example" });
      const file = world.write("k.yaml", kubeconfig());
      world.write("k.yaml.kcfg-backup", evil);
      world.write(
        "k.yaml.kcfg-state.json",
        JSON.stringify({
          previousContext: "prod",
          undo: {
            operation: "x",
            command: "use-context",
            existed: true,
            backup: sha(evil),
            written: sha(kubeconfig()),
          },
        }),
      );
      await world.kcfg(["undo", "--kubeconfig", file]);
      held(!world.read(file).includes("evil"), "undo wrote the attacker's text into the kubeconfig");
      await world.kcfg(["use-context", "-", "--kubeconfig", file]);
      held(world.read(file) === kubeconfig(), "use-context - went where the attacker's file said");
      const { stdout } = await world.kcfg(["doctor", "--kubeconfig", file]);
      held(
        stdout.includes("kcfg-backup") && stdout.includes("kcfg-state.json"),
        "doctor does not name the leftover files",
      );
    },
  },
  {
    row: "S",
    attack: "kcfg undo --forget leaves no deleted token in any file below the home or beside the kubeconfig",
    run: async (world) => {
      const file = world.write("home/configs/k.yaml", kubeconfig());
      succeeded(await world.kcfg(["delete-user", "u", "--kubeconfig", file]));
      succeeded(await world.kcfg(["set-context", "dev", "-n", "x", "--kubeconfig", file]));
      succeeded(await world.kcfg(["undo", "--forget", "--kubeconfig", file]));
      const left = world.files("home").filter(([, text]) => text.includes(SECRET));
      held(left.length === 0, `the token is still in ${left.map(([path]) => path).join(", ")}`);
      const again = await world.kcfg(["undo", "--kubeconfig", file]);
      held(again.code !== 0, "undo still had something to undo");
    },
  },
  {
    row: "S",
    attack:
      "The history of one kubeconfig is reached by another path to it (a link), and not by another file that took its place",
    run: async (world) => {
      const { file } = await edited(world, "f");
      const link = world.link(file, "by-link.yaml");
      succeeded(await world.kcfg(["undo", "--kubeconfig", link]));
      held(world.read(file) === kubeconfig(), "undo by another path to the same file did not undo");
      succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
      const mine = kubeconfig({ server: "https://changed.by.hand" });
      world.write(file, mine);
      await world.kcfg(["undo", "--kubeconfig", file]);
      held(world.read(file) === mine, "undo overwrote a change that was made by hand since");
    },
  },
];
