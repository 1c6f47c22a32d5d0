import { linkSync, renameSync, statSync, symlinkSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import { spawn } from "node:child_process";

const fields: readonly (readonly [string, (path: string) => string])[] = [
  ["tokenFile", (path) => kubeconfig({ user: `tokenFile: ${JSON.stringify(path)}` })],
  [
    "client-key",
    (path) => kubeconfig({ user: `client-certificate: c.pem, client-key: ${JSON.stringify(path)}` }),
  ],
  [
    "certificate-authority",
    (path) => kubeconfig({ cluster: `certificate-authority: ${JSON.stringify(path)}` }),
  ],
];

export const attacks: readonly Attack[] = [
  {
    row: "M2",
    attack: "A downloaded kubeconfig names files outside its folder: doctor --fix must not change their mode",
    run: async (world) => {
      const places: readonly (readonly [string, (outside: string, folder: string) => string])[] = [
        ["absolute", (outside) => outside],
        ["../", () => "../outside"],
        [
          "a link inside",
          (outside, folder) => {
            world.link(outside, `${folder}/inside`);
            return "inside";
          },
        ],
        [
          "a hard link inside",
          (outside, folder) => {
            linkSync(outside, world.at(folder, "inside"));
            return "inside";
          },
        ],
        [
          "below a link to a folder",
          (_, folder) => {
            world.link("..", `${folder}/up`);
            return "up/outside";
          },
        ],
        [
          "folder/../../",
          (_, folder) => {
            world.mkdir(`${folder}/sub`);
            return "sub/../../outside";
          },
        ],
      ];
      await eachVariant(
        fields.flatMap(([field, text]) => places.map(([place, make]) => [field, place, text, make] as const)),
        ([field, place]) => `${field}, ${place}`,
        async ([, , text, make], index) => {
          const outside = world.write(`v${index}/outside`, "root:x:0:0", { mode: 0o644 });
          world.mkdir(`v${index}/repo`);
          const file = world.write(`v${index}/repo/k.yaml`, text(make(outside, `v${index}/repo`)));
          await world.kcfg(["doctor", "--fix", "--kubeconfig", file]);
          held(world.mode(outside) === "644", `the mode of the file outside became ${world.mode(outside)}`);
        },
      );
    },
  },
  {
    row: "M2",
    attack:
      "A token file of the user's own in the folder: its mode is fixed, and undo gives the old mode back",
    run: async (world) => {
      const token = world.write("repo/token", "t", { mode: 0o644 });
      const file = world.write("repo/k.yaml", kubeconfig({ user: "tokenFile: token" }));
      await world.kcfg(["doctor", "--fix", "--kubeconfig", file]);
      held(world.mode(token) === "600", `the mode became ${world.mode(token)}`);
      await world.kcfg(["undo", "--kubeconfig", file]);
      held(world.mode(token) === "644", `undo left the mode ${world.mode(token)}`);
    },
  },
  {
    row: "M2",
    attack: "The file has setuid, setgid and sticky bits: neither the fix nor undo sets one of them",
    run: async (world) => {
      await eachVariant(
        [0o4644, 0o2644, 0o1644, 0o6777, 0o7777],
        (mode) => mode.toString(8),
        async (mode, index) => {
          const token = world.write(`v${index}/token`, "t", { mode });
          const file = world.write(`v${index}/k.yaml`, kubeconfig({ user: "tokenFile: token" }));
          for (const args of [["doctor", "--fix"], ["undo"], ["undo"], ["undo"]]) {
            const before = statSync(token).ctimeMs;
            await world.kcfg([...args, "--kubeconfig", file]);
            const after = statSync(token);
            held(
              after.ctimeMs === before || (after.mode & 0o7000) === 0,
              `${args.join(" ")} set the mode ${world.mode(token)}`,
            );
          }
        },
      );
    },
  },
  {
    row: "M2",
    needs: ["root"],
    attack: "The file in the folder belongs to somebody else: doctor --fix leaves it alone",
    run: async (world) => {
      const token = world.write("repo/token", "t", { mode: 0o644, owner: world.theOther() });
      const file = world.write("repo/k.yaml", kubeconfig({ user: "tokenFile: token" }));
      await world.kcfg(["doctor", "--fix", "--kubeconfig", file]);
      held(world.mode(token) === "644", `the mode became ${world.mode(token)}`);
    },
  },
  {
    row: "M2",
    attack: "The name is swapped for a link to a file outside between doctor's look and its chmod (a loop)",
    run: async (world) => {
      const outside = world.write("outside", "mine", { mode: 0o755 });
      const file = world.write("repo/k.yaml", kubeconfig({ user: "tokenFile: token" }));
      for (let round = 0; round < 15; round++) {
        world.write("repo/real", "t", { mode: 0o644 });
        const done = { value: false };
        const swaps = (async () => {
          while (!done.value) {
            for (const make of [
              () => symlinkSync("real", world.at("repo/l")),
              () => symlinkSync(outside, world.at("repo/l")),
              () => linkSync(world.at("repo/real"), world.at("repo/l")),
            ]) {
              make();
              renameSync(world.at("repo/l"), world.at("repo/token"));
              await new Promise((resolve) => {
                setImmediate(resolve);
              });
            }
          }
        })();
        try {
          await world.kcfg(["doctor", "--fix", "--kubeconfig", file]);
        } finally {
          done.value = true;
          await swaps;
        }
        held(world.mode(outside) === "755", `the file outside got the mode ${world.mode(outside)}`);
      }
    },
  },
  {
    row: "M2",
    needs: ["root"],
    attack:
      "Root fixes another user's kubeconfig while he swaps a file for a link to a program of root's: it must not become setuid",
    run: async (world) => {
      const his = world.mkdir("his", { owner: world.theOther() });
      const program = world.write("rootprog", "#!/bin/sh\n", { owner: 0, mode: 0o755 });
      const file = world.write(
        "his/config",
        kubeconfig({ cluster: "certificate-authority: ca.pem", user: "tokenFile: tok" }),
        { owner: world.theOther() },
      );
      world.write("his/real", "x", { owner: world.theOther(), mode: 0o6777 });
      const loop = spawn(
        "/bin/sh",
        [
          "-c",
          `cd ${his}; while :; do for n in tok ca.pem; do cp -p real l$n; mv -f l$n $n; ln -sf ${program} l$n; mv -f l$n $n; done; done 2>/dev/null`,
        ],
        { uid: world.theOther(), gid: world.theOther(), stdio: "ignore", detached: true },
      );
      try {
        for (let round = 0; round < 15; round++) {
          for (const flags of [[], ["--trust-folder-owner"]]) {
            await world.kcfg(["doctor", "--fix", ...flags, "--kubeconfig", file], { as: 0 });
          }
          held(world.mode(program) === "755", `root's program got the mode ${world.mode(program)}`);
          held(statSync(program).uid === 0, "root's program was given away");
        }
      } finally {
        if (loop.pid !== undefined) {
          process.kill(-loop.pid, "SIGKILL");
        }
      }
    },
  },
];
