import { existsSync, linkSync, lstatSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { EDITS, kubeconfig } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";
import { succeeded } from "../world.ts";

/** Names that kcfg has used, uses or may use next to a kubeconfig F. */
const SIDES = ["kcfg-backup", "kcfg-state.json", "kcfg-history", "kcfg-undo", "bak", "tmp"];

const BASHRC = "alias ll='ls -l'\n";

/** Links to a file of the user, as a tarball or a clone may hold them. */
const LINKS: readonly (readonly [string, (world: World, side: string, victim: string) => void])[] = [
  ["relative link", (world, side, victim) => world.link(`../${basename(victim)}`, side)],
  ["absolute link", (world, side, victim) => world.link(victim, side)],
  [
    "link to a link",
    (world, side, victim) => {
      world.link(victim, `${side}.2`);
      world.link(`${basename(side)}.2`, side);
    },
  ],
  ["hard link", (world, side, victim) => linkSync(victim, world.at(side))],
  ["dangling link", (world, side, victim) => world.link(`${victim}.new`, side)],
];

async function editBeside(
  world: World,
  folder: string,
  args: readonly string[],
  trap: (side: string, victim: string) => void,
): Promise<void> {
  const victim = world.write(`${folder}/.bashrc`, BASHRC, { mode: 0o644 });
  const file = world.write(`${folder}/repo/cluster.yaml`, kubeconfig({ current: "dev" }));
  for (const side of SIDES) {
    trap(`${folder}/repo/cluster.yaml.${side}`, victim);
  }
  const before = lstatSync(victim);
  const run = await world.kcfg([...args, "--kubeconfig", file]);
  held(world.read(victim) === BASHRC, "the user's .bashrc was overwritten through the link");
  held(lstatSync(victim).mode === before.mode, "the mode of the user's .bashrc was changed through the link");
  held(!existsSync(`${victim}.new`), "a file was made where the dangling link pointed to");
  held(run.code === 0, `the edit was refused: ${run.stderr.trim()}`);
  held(world.read(file) !== kubeconfig({ current: "dev" }), "the edit did not reach the file");
}

export const attacks: readonly Attack[] = [
  {
    row: "H1",
    attack:
      "A cloned folder has links to ~/.bashrc where side files of the kubeconfig were; any edit follows",
    run: async (world) => {
      const edits = [...EDITS, ["import", world.write("more.yaml", kubeconfig().replaceAll("dev", "x"))]];
      await eachVariant(
        edits,
        (args) => args.join(" "),
        (args, index) =>
          editBeside(
            world,
            `edit${index}`,
            args[0] === "import" ? [...args, "--rename"] : args,
            (side, victim) => world.link(victim, side),
          ),
      );
    },
  },
  {
    row: "H1",
    attack: "The same with relative, chained, hard and dangling links",
    run: async (world) => {
      await eachVariant(
        LINKS,
        ([name]) => name,
        ([, trap], index) =>
          editBeside(world, `link${index}`, ["use-context", "prod"], (side, victim) =>
            trap(world, side, victim),
          ),
      );
    },
  },
  {
    row: "H1",
    attack: "kcfg doctor --fix, undo and the undo of undo in a folder with such links",
    run: async (world) => {
      const victim = world.write("home/.bashrc", BASHRC, { mode: 0o644 });
      const file = world.write("home/repo/cluster.yaml", kubeconfig({ user: "tokenFile: token" }), {
        mode: 0o644,
      });
      world.write("home/repo/token", "t", { mode: 0o644 });
      for (const side of SIDES) {
        world.link("../.bashrc", `home/repo/cluster.yaml.${side}`);
      }
      for (const args of [["doctor", "--fix"], ["use-context", "prod"], ["undo"], ["undo"]]) {
        await world.kcfg([...args, "--kubeconfig", file]);
        held(world.read(victim) === BASHRC, `${args.join(" ")} wrote through the link`);
        held(world.mode(victim) === "644", `${args.join(" ")} changed the mode of the link's target`);
      }
    },
  },
  {
    row: "H1",
    attack: "The link ships as cluster.yaml.lock: locking must not write to, remove or follow its target",
    run: async (world) => {
      const victim = world.write("home/.bashrc", BASHRC);
      const file = world.write("home/repo/cluster.yaml", kubeconfig());
      world.link("../.bashrc", "home/repo/cluster.yaml.lock");
      await world.kcfg(["use-context", "prod", "--kubeconfig", file, "--lock-timeout", "1s"]);
      held(world.read(victim) === BASHRC, "the target of the lock's link was changed");
    },
  },
  {
    row: "H1",
    attack: "Side files of a kuberc in a cloned folder are links: kcfg kuberc set --kuberc follows them",
    run: async (world) => {
      const victim = world.write("home/.bashrc", BASHRC);
      const kuberc = world.write(
        "home/repo/kuberc",
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n",
      );
      for (const side of SIDES) {
        world.link("../.bashrc", `home/repo/kuberc.${side}`);
      }
      succeeded(
        await world.kcfg([
          ..."kuberc set --section aliases --name a --command get --kuberc".split(" "),
          kuberc,
        ]),
      );
      held(world.read(victim) === BASHRC, "the user's .bashrc was overwritten through the link");
    },
  },
  {
    row: "H1",
    attack:
      "The kubeconfig itself is a link of the user's own: an edit still keeps it a link (must go on working)",
    run: async (world) => {
      const file = world.write("home/real/cluster.yaml", kubeconfig());
      const link = world.link("real/cluster.yaml", "home/config");
      succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", link]));
      held(readlinkSync(link) === "real/cluster.yaml", "the link was replaced");
      held(world.read(file).includes("current-context: prod"), "the file behind the link was not changed");
    },
  },
];
