import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { kubeconfig, plugin, pluginScript } from "../kubeconfig-text.ts";
import type { World } from "../world.ts";

/** Returns a shell script that leaves a mark, and then acts as a plugin. */
function shellText(world: World): string {
  return pluginScript(`echo ran >> ${world.at("marker")}`).replace("#!/bin/sh\n", "");
}

/** Returns the first bytes of a valid executable with some of them changed, followed by a shell script. */
function elf(changes: Readonly<Record<number, number>>, length = 64): Buffer {
  const bytes = Buffer.from(readFileSync("/bin/true").subarray(0, length));
  for (const [at, value] of Object.entries(changes)) {
    bytes[Number(at)] = value;
  }
  return bytes;
}

type Made = (world: World) => string | Buffer;

const withShell =
  (head: string | Buffer): Made =>
  (world) =>
    Buffer.concat([Buffer.from(head as string, "latin1"), Buffer.from(`\n${shellText(world)}`)]);

/** Files that the kernel does not start. */
const REFUSED: readonly (readonly [string, Made])[] = [
  ["no first line", (world) => shellText(world)],
  ["an empty line first", withShell("")],
  ["a comment first", withShell("# /bin/sh")],
  ["ELF magic only", withShell("\x7fELF")],
  ["ELF of 32 bits", withShell(elf({ 4: 1 }))],
  ["ELF of no class", withShell(elf({ 4: 9 }))],
  ["ELF, big-endian", withShell(elf({ 5: 2 }))],
  ["ELF for another machine", withShell(elf({ 18: 0xb7, 19: 0 }))],
  ["ELF for machine 0", withShell(elf({ 18: 0, 19: 0 }))],
  ["ELF, an object file", withShell(elf({ 16: 1, 17: 0 }))],
  ["ELF, a core file", withShell(elf({ 16: 4, 17: 0 }))],
  ["ELF without program headers", withShell(elf({ 56: 0, 57: 0 }))],
  ["ELF with a wrong size of program headers", withShell(elf({ 54: 1, 55: 0 }))],
  ["ELF whose program headers lie beyond its end", withShell(elf({ 32: 0xff, 33: 0xff, 34: 0xff }))],
  ["ELF cut off", withShell(elf({}, 20))],
  ["ELF header and no more", withShell(elf({}, 64))],
  ["#! alone", withShell("#!")],
  ["#! and blanks", withShell("#!   \t ")],
  ["#! without a line end", () => "#!"],
  ["#! and a relative interpreter that is junk", withShell("#!junk")],
  ["#! and an interpreter that is junk", (world) => `#!${world.at("junk")}\n${shellText(world)}`],
  [
    "#! and an interpreter that is a script that is junk",
    (world) => `#!${world.at("chain1")}\n${shellText(world)}`,
  ],
  ["#! and a chain of five scripts", (world) => `#!${world.at("deep1")}\n${shellText(world)}`],
  ["#! and an interpreter that is empty", (world) => `#!${world.at("empty")}\n${shellText(world)}`],
  ["#! and an interpreter with ELF magic only", (world) => `#!${world.at("elf")}\n${shellText(world)}`],
  ["#! and an interpreter that is a folder", (world) => `#!${world.folder}\n${shellText(world)}`],
  ["#! and an interpreter that is not there", (world) => `#!${world.at("missing")}\n${shellText(world)}`],
  ["#! and itself", (world) => `#!${world.at("plug")}\n${shellText(world)}`],
  ["#! and a line of 300 letters", withShell(`#!/${"x".repeat(300)}`)],
  ["#! behind a byte-order mark", withShell("\xef\xbb\xbf#!/bin/sh")],
  ["#! and a NUL", withShell("#!\0/bin/sh")],
  ["#! behind a blank", withShell(" #!/bin/sh")],
  ["#! and a carriage return", withShell("#!/bin/sh\r")],
  ["Mach-O", withShell("\xfe\xed\xfa\xce")],
  ["Mach-O, 64 bits", withShell("\xcf\xfa\xed\xfe")],
  ["Mach-O, universal", withShell("\xca\xfe\xba\xbe")],
  ["a program for Windows", withShell("MZ\x90")],
  ["a.out", withShell("\x0b\x01")],
  ["binary with a NUL", withShell("\0\x01\x02")],
  ["UTF-16", (world) => Buffer.from(`\ufeff${shellText(world)}`, "utf16le")],
];

/** Returns why there were no credentials, without what precedes it. */
function reasonIn(stderr: string): string {
  return (stderr.trim().split("\n").at(-1) ?? "").replace(/^.*getting credentials: /u, "");
}

function prepare(world: World): void {
  const mode = { mode: 0o755 };
  world.write("junk", `junk\n${shellText(world)}`, mode);
  world.write("elf", `\x7fELF\n${shellText(world)}`, mode);
  world.write("empty", "", mode);
  world.write("chain1", `#!${world.at("junk")}\n${shellText(world)}`, mode);
  for (let depth = 1; depth <= 6; depth++) {
    world.write(
      `deep${depth}`,
      `#!${depth === 6 ? "/bin/sh" : world.at(`deep${depth + 1}`)}\n${shellText(world)}`,
      mode,
    );
  }
}

export const attacks: readonly Attack[] = [
  {
    row: "M4",
    attack:
      "A plugin that the kernel refuses (ELF magic, bare #!, junk interpreters, Mach-O, …) is never given to a shell",
    run: async (world) => {
      prepare(world);
      await eachVariant(
        REFUSED,
        ([name]) => name,
        async ([, make]) => {
          rmSync(world.at("marker"), { force: true });
          world.write("plug", make(world), { mode: 0o755 });
          const file = world.write("k.yaml", kubeconfig({ user: plugin("./plug") }));
          for (const args of [["credential"], ["check-plugins"]]) {
            await world.kcfg([...args, "--kubeconfig", file]);
            held(!existsSync(world.at("marker")), `${args.join(" ")}: a shell ran it`);
          }
        },
      );
    },
  },
  {
    row: "M4",
    attack: "The same as a kuberc's or PATH's bare name, and by a link",
    run: async (world) => {
      prepare(world);
      await eachVariant(
        REFUSED.filter((_, index) => index % 3 === 0),
        ([name]) => name,
        async ([, make]) => {
          rmSync(world.at("marker"), { force: true });
          world.write("bin/real-plug", make(world), { mode: 0o755 });
          rmSync(world.at("bin/plug"), { force: true });
          world.link("real-plug", "bin/plug");
          const file = world.write("k.yaml", kubeconfig({ user: plugin("plug") }));
          await world.kcfg(["credential", "--kubeconfig", file], {
            env: { PATH: `${world.at("bin")}:/usr/bin:/bin` },
          });
          held(!existsSync(world.at("marker")), "a shell ran it");
        },
      );
    },
  },
  {
    row: "M4",
    needs: ["kubectl"],
    attack: "kcfg refuses each of them where kubectl does, and runs it where kubectl does",
    run: async (world) => {
      prepare(world);
      await eachVariant(
        REFUSED,
        ([name]) => name,
        async ([, make]) => {
          world.write("plug", make(world), { mode: 0o755 });
          const file = world.write("k.yaml", kubeconfig({ user: plugin("./plug") }));
          const ran = (): boolean => {
            const marker = existsSync(world.at("marker"));
            rmSync(world.at("marker"), { force: true });
            return marker;
          };
          const kubectl = await world.run([world.kubectl ?? "", "get", "--raw", "/", "--kubeconfig", file]);
          const byKubectl = ran();
          const kcfg = await world.kcfg(["raw", "/", "--kubeconfig", file]);
          const byKcfg = ran();
          held(
            byKubectl === byKcfg,
            `kubectl ${byKubectl ? "runs" : "does not run"} it, kcfg does otherwise`,
          );
          held(
            byKubectl || reasonIn(kubectl.stderr) === reasonIn(kcfg.stderr),
            `kubectl: ${reasonIn(kubectl.stderr)}; kcfg: ${reasonIn(kcfg.stderr)}`,
          );
        },
      );
    },
  },
  {
    row: "M4",
    attack:
      "An honest program is swapped for one with ELF magic and shell text between the check and the start (a loop)",
    run: async (world) => {
      prepare(world);
      const bad = Buffer.concat([Buffer.from("\x7fELF\n"), Buffer.from(shellText(world))]);
      // Not a script: the kernel itself lets an interpreter open a script by its path, later.
      const good = readFileSync("/usr/bin/printf");
      const credential = pluginScript().split("'")[1] ?? "";
      const file = world.write("k.yaml", kubeconfig({ user: plugin("./plug", ["%s", credential]) }));
      world.write("plug", good, { mode: 0o755 });
      const done = { value: false };
      const swaps = (async () => {
        for (let round = 0; !done.value; round++) {
          world.write("next", round % 2 === 0 ? bad : good, { mode: 0o755 });
          renameSync(world.at("next"), world.at("plug"));
          await new Promise((resolve) => {
            setTimeout(resolve, 1);
          });
        }
      })();
      try {
        for (let round = 0; round < 40; round++) {
          await world.kcfg(["credential", "--kubeconfig", file]);
          held(!existsSync(world.at("marker")), "a shell ran it");
        }
      } finally {
        done.value = true;
        await swaps;
      }
    },
  },
  {
    row: "M4",
    attack: "Honest plugins still run: a script, a script of a script, env, a copy of a system program",
    run: async (world) => {
      const good: readonly (readonly [string, string])[] = [
        ["a script", pluginScript()],
        ["a script with a blank behind #!", pluginScript().replace("#!", "#! ")],
        ["env", pluginScript().replace("#!/bin/sh", "#!/usr/bin/env sh")],
        ["a script of a script", pluginScript().replace("#!/bin/sh", `#!${world.at("wrap")}`)],
      ];
      world.write("wrap", '#!/bin/sh\nexec /bin/sh "$@"\n', { mode: 0o755 });
      await eachVariant(
        good,
        ([name]) => name,
        async ([, text]) => {
          world.write("plug", text, { mode: 0o755 });
          const file = world.write("k.yaml", kubeconfig({ user: plugin("./plug") }));
          // Several times: a check that looks at processes may see them at any stage.
          for (let round = 0; round < 8; round++) {
            const run = await world.kcfg(["credential", "--kubeconfig", file]);
            held(run.code === 0 && run.stdout.includes("token"), `it did not run: ${run.stderr.trim()}`);
          }
        },
      );
      world.write("printf", readFileSync("/usr/bin/printf"), { mode: 0o755 });
      const credential = pluginScript().split("'")[1] ?? "";
      const file = world.write("k.yaml", kubeconfig({ user: plugin("./printf", ["%s", credential]) }));
      const run = await world.kcfg(["credential", "--kubeconfig", file]);
      held(run.code === 0, `a system program did not run: ${run.stderr.trim()}`);
    },
  },
];
