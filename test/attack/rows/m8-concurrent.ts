import { rmSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { held } from "../attack.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import { succeeded } from "../world.ts";

export const attacks: readonly Attack[] = [
  {
    row: "M8",
    attack: "Eight kuberc set at once, a DenyAll among them: no change is lost",
    run: async (world) => {
      for (let round = 0; round < 5; round++) {
        rmSync(world.at("home/.kube"), { recursive: true, force: true });
        const names = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `alias${letter}`);
        const runs = names.map((name) => `kuberc set --section aliases --name ${name} --command get`);
        runs.splice(round * 2, 0, "kuberc set --section credentialplugin --policy DenyAll");
        for (const run of await Promise.all(
          runs.map((args) => world.kcfg(args.split(" "), { seconds: 60 })),
        )) {
          succeeded(run);
        }
        const text = world.read("home/.kube/kuberc");
        held(/credentialPluginPolicy: "?DenyAll/u.test(text), `round ${round}: the policy was lost`);
        const lost = names.filter((name) => !text.includes(name));
        held(lost.length === 0, `round ${round}: ${lost.join(", ")} lost`);
      }
    },
  },
  {
    row: "M8",
    attack:
      "Eight edits of a kubeconfig at once: no change is lost, no lock or other file is left, undo is whole",
    run: async (world) => {
      for (let round = 0; round < 2; round++) {
        const file = world.write(`f${round}/k.yaml`, kubeconfig());
        const names = ["a", "b", "c", "d", "e", "f", "g", "h"].map((letter) => `ctx-${letter}`);
        const runs = await Promise.all(
          names.map((name) =>
            world.kcfg(["set-context", name, "--cluster=c", "--kubeconfig", file, "--lock-timeout=60s"], {
              seconds: 90,
            }),
          ),
        );
        for (const run of runs) {
          succeeded(run);
        }
        const lost = names.filter((name) => !world.read(file).includes(name));
        held(lost.length === 0, `${lost.join(", ")} lost`);
        const { stdout } = await world.sh(`ls ${world.at(`f${round}`)}`);
        held(stdout.trim() === "k.yaml", `left beside it: ${stdout.trim().replaceAll("\n", ", ")}`);
        succeeded(await world.kcfg(["undo", "--kubeconfig", file]));
        const gone = names.filter((name) => !world.read(file).includes(name));
        held(gone.length === 1, `undo took ${gone.length} changes back, not one`);
      }
    },
  },
];
