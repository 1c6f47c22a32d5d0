import { readdirSync, statSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";

/** Lists every file and folder below one, with what changes when it is written to. */
function listing(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .toSorted()
    .join("\n");
}

/** Runs kcfg twice, so that a cache would be filled and then used, and returns what was created below a folder. */
async function grown(world: World, home: string, watched: string, as: number): Promise<string> {
  const before = listing(watched);
  for (let round = 0; round < 2; round++) {
    await world.kcfg(["view"], { as, env: { HOME: home } });
  }
  return listing(watched)
    .split("\n")
    .filter((line) => !before.split("\n").includes(line))
    .join(", ");
}

export const attacks: readonly Attack[] = [
  {
    row: "M1",
    needs: ["root"],
    attack: "The home belongs to another user (sudo -E): no compiled code is kept in it or taken from it",
    run: async (world) => {
      await eachVariant(
        [
          ["his home, his .kube", world.theOther(), world.theOther()],
          ["his home, my .kube", world.theOther(), world.me],
          ["my home, his .kube", world.me, world.theOther()],
        ] as const,
        ([name]) => name,
        async ([, homeOwner, kubeOwner], index) => {
          const home = world.mkdir(`home${index}`, { owner: homeOwner });
          for (const part of [".kube", ".kube/cache", ".kube/cache/kcfg"]) {
            world.mkdir(`${home}/${part}`, { owner: kubeOwner, mode: 0o777 });
          }
          const made = await grown(world, home, home, world.me);
          held(made === "", `a cache was made: ${made.slice(0, 200)}`);
        },
      );
    },
  },
  {
    row: "M1",
    attack: "~/.kube, cache or kcfg is a link, or others may write to it: no cache is made behind it",
    run: async (world) => {
      const parts = [".kube", ".kube/cache", ".kube/cache/kcfg"];
      await eachVariant(
        [
          ...parts.flatMap((part) => [
            `${part} is a link`,
            `${part} is open to all`,
            `${part} is open to a group`,
          ]),
          "the home is open to all",
          "the home is a link into a folder that is open to all",
        ],
        (name) => name,
        async (name, index) => {
          const elsewhere = world.mkdir(`elsewhere${index}`, { mode: 0o755 });
          let home = world.mkdir(`home${index}`);
          if (name.startsWith("the home is a link")) {
            const open = world.mkdir(`open${index}`, { mode: 0o777 });
            home = world.link(world.mkdir(`${open}/real`), `link${index}`);
          }
          for (const part of parts) {
            const path = `${home}/${part}`;
            if (name.startsWith(`${part} is a link`)) {
              for (const below of parts.filter((other) => other.startsWith(`${part}/`))) {
                world.mkdir(`${elsewhere}${below.slice(part.length)}`);
              }
              world.link(elsewhere, path);
              break;
            }
            const mode =
              name === `${part} is open to all`
                ? 0o777
                : name === `${part} is open to a group`
                  ? 0o775
                  : 0o755;
            world.mkdir(path, { mode });
          }
          if (name === "the home is open to all") {
            world.mkdir(home, { mode: 0o777 });
          }
          const made = `${await grown(world, home, elsewhere, world.me)}${await grown(world, home, home, world.me)}`;
          held(made === "", `a cache was made: ${made.slice(0, 200)}`);
        },
      );
    },
  },
  {
    row: "M1",
    needs: ["root"],
    attack:
      "Root runs kcfg with the home of another user, who turns ~/.kube between a folder and a link meanwhile",
    run: async (world) => {
      const home = world.mkdir("his-home", { owner: world.theOther() });
      const rootOnly = world.mkdir("rootonly", { owner: 0, mode: 0o700 });
      world.mkdir("rootonly/cache/kcfg", { owner: 0, mode: 0o700 });
      world.write(`${home}/k.yaml`, kubeconfig(), { owner: world.theOther(), mode: 0o644 });
      const loop = world.sh(
        `cd ${home}; mkdir -p real/cache/kcfg; while [ ! -e stop ]; do ln -sfn ${rootOnly} .kube; rm -f .kube; ln -sfn real .kube; rm -f .kube; done; true`,
        { as: world.theOther(), seconds: 120 },
      );
      try {
        for (let round = 0; round < 20; round++) {
          await world.kcfg(["view", "--kubeconfig", `${home}/k.yaml`], { as: 0, env: { HOME: home } });
        }
      } finally {
        world.write(`${home}/stop`, "", { owner: world.theOther() });
        await loop;
      }
      held(
        listing(rootOnly).split("\n").length === 2,
        "a cache was made behind the link, in a folder of root's",
      );
      const his = listing(`${home}/real`)
        .split("\n")
        .filter((path) => path !== "" && statSync(path).uid === 0);
      held(his.length === 0, "root made files in the home of the other user");
    },
  },
];
