import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodePath, NODES } from "../../scripts/nodes.ts";
import { kubectlPath } from "../conformance/kubectl.ts";
import { judge } from "../conformance/kubectl-version.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import type { Attack, Need } from "./attack.ts";
import { NotHeld } from "./attack.ts";
import { attacks } from "./rows.ts";
import type { Stage } from "./world.ts";
import { makeWorld } from "./world.ts";

/**
 * Attacks the built kcfg and prints for each attack whether kcfg held.
 *
 *     npm run attack                  every attack, on this Node.js
 *     npm run attack -- H1 M5         the attacks of these rows
 *     KCFG_ATTACK_NODES=all           on Node.js 20, 22, 24 and 26 (or a list: 20,24)
 *     KCFG_ATTACK_USERS=plain         as a plain user only (or: root)
 *     KCFG_ATTACK_PACKAGE=FOLDER      attack another checkout of kcfg, as it was built there
 *     KCFG_ATTACK_ALL=1               show every variant that was not held, not only the first three
 *
 * Started by root, it plays a plain user and another user of the machine (two numbers that nobody has), and attacks
 * root as well. Started by another user, it skips what needs root. It works in a temporary folder and talks to
 * loopback only.
 */
const PLAIN = 6501;
const OTHER = 6502;
const AT_ONCE = 2;

interface Verdict {
  readonly attack: Attack;
  readonly state: "held" | "NOT HELD" | "not run";
  readonly what: string;
  readonly seconds: number;
}

const wanted = process.argv.slice(2).map((row) => row.toUpperCase());
const chosen = attacks.filter(({ row }) => wanted.length === 0 || wanted.includes(row));
const asRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), "kcfg-attack-"));
chmodSync(base, 0o755);
process.on("exit", () => rmSync(base, { recursive: true, force: true }));

const built = copyOfPackage();
const kubectl = await findKubectl();
const nodes = await chosenNodes();
let passed = 0;
let failed = 0;
let skipped = 0;
for (const node of nodes) {
  for (const me of users()) {
    const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
    const who = me === 0 ? "as root" : `as a plain user (uid ${me})`;
    console.log(`\nNode.js ${version}, ${who}`);
    const stage: Stage = {
      node: readableBy(me, node),
      nodeMajor: Number(version.slice(1).split(".")[0]),
      package: built,
      children: join(base, "children"),
      me,
      other: asRoot ? OTHER : undefined,
      kubectl: kubectl.path,
    };
    await inOrder(stage, (verdict) => {
      passed += verdict.state === "held" ? 1 : 0;
      failed += verdict.state === "NOT HELD" ? 1 : 0;
      skipped += verdict.state === "not run" ? 1 : 0;
      print(verdict);
    });
  }
}
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function users(): readonly number[] {
  const own = process.getuid?.() ?? -1;
  const all = own === 0 ? [PLAIN, 0] : [own];
  const only = process.env["KCFG_ATTACK_USERS"];
  return only === undefined ? all : all.filter((uid) => (only === "root") === (uid === 0));
}

/** Runs the attacks, a few at once, and reports each in its turn. */
async function inOrder(stage: Stage, report: (verdict: Verdict) => void): Promise<void> {
  const results = new Map<number, Verdict>();
  let next = 0;
  let reported = 0;
  const worker = async (): Promise<void> => {
    while (next < chosen.length) {
      const index = next++;
      const attack = chosen[index];
      if (attack !== undefined) {
        results.set(index, await judgeAttack(stage, attack, index));
      }
      for (let done = results.get(reported); done !== undefined; done = results.get(reported)) {
        report(done);
        reported++;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function judgeAttack(stage: Stage, attack: Attack, index: number): Promise<Verdict> {
  const start = Date.now();
  const verdict = (state: Verdict["state"], what: string): Verdict => ({
    attack,
    state,
    what,
    seconds: (Date.now() - start) / 1000,
  });
  const missing = attack.needs?.map((need) => lacks(need)).find((reason) => reason !== undefined);
  if (missing !== undefined) {
    return verdict("not run", missing);
  }
  const folder = join(base, `${stage.nodeMajor}-${stage.me}-${index}`);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  try {
    await attack.run(makeWorld(stage, folder));
    return verdict("held", "");
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return verdict("NOT HELD", error instanceof NotHeld ? text : `the attack itself failed: ${text}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns why an attack cannot run; undefined if it can. */
function lacks(need: Need): string | undefined {
  const reasons: Readonly<Record<Need, () => string | undefined>> = {
    root: () => (asRoot ? undefined : "needs root"),
    kubectl: () => (kubectl.path === undefined ? kubectl.reason : undefined),
    terminal: () => (has("script") ? undefined : "needs script(1), which gives it a terminal"),
    "mount namespace": () => {
      if (!asRoot) {
        return "needs root";
      }
      const isAllowed = spawnSync("unshare", ["--mount", "true"]).status === 0;
      return isAllowed ? undefined : "needs a mount namespace, which this system refuses";
    },
  };
  return reasons[need]();
}

function has(program: string): boolean {
  return spawnSync("/bin/sh", ["-c", `command -v ${program}`]).status === 0;
}

function print({ attack, state, what, seconds }: Verdict): void {
  const time = seconds >= 1 ? ` (${Math.round(seconds)} s)` : "";
  const verdict = state === "not run" ? `not run: ${what}` : state;
  console.log(`  ${attack.row.padEnd(3)} ${verdict.padEnd(9)} ${attack.attack}${time}`);
  if (state === "NOT HELD") {
    for (const line of what.split("\n")) {
      console.log(`${" ".repeat(16)}${visible(line)}`);
    }
  }
}

/** Escapes the attackers' output, which must not reach the terminal. */
function visible(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * Copies the built package to where every user can read it: a checkout may be in a folder that others may not enter.
 */
function copyOfPackage(): string {
  const root = process.env["KCFG_ATTACK_PACKAGE"] ?? repositoryRoot();
  if (!existsSync(join(root, "dist/cli/bin.cjs"))) {
    throw new Error("kcfg is not built: npm run build");
  }
  const target = join(base, "package");
  for (const part of ["package.json", "dist", "node_modules/undici", "node_modules/commander"]) {
    cpSync(join(root, part), join(target, part), { recursive: true });
  }
  spawnSync("chmod", ["-R", "a+rX", target]);
  cpSync(join(repositoryRoot(), "test/attack/children"), join(base, "children"), { recursive: true });
  chmodSync(join(target, "dist/cli/bin.cjs"), 0o755);
  return target;
}

/** Returns the path of a Node.js that the user can run. */
function readableBy(uid: number, node: string): string {
  if (!asRoot || spawnSync(node, ["--version"], { uid, gid: uid }).status === 0) {
    return node;
  }
  const copy = join(base, `node-${readdirSync(base).length}`);
  cpSync(node, copy);
  chmodSync(copy, 0o755);
  return copy;
}

async function findKubectl(): Promise<{ readonly path?: string; readonly reason: string }> {
  try {
    const path = await kubectlPath(judge);
    if (asRoot && spawnSync(path, ["version", "--client"], { uid: PLAIN, gid: PLAIN }).status !== 0) {
      const copy = join(base, "kubectl");
      cpSync(path, copy);
      chmodSync(copy, 0o755);
      return { path: copy, reason: "" };
    }
    return { path, reason: "" };
  } catch (error) {
    return { reason: `needs kubectl: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function chosenNodes(): Promise<readonly string[]> {
  const asked = process.env["KCFG_ATTACK_NODES"];
  if (asked === undefined || asked === "") {
    return [process.execPath];
  }
  const own = Number(process.versions.node.split(".")[0]);
  const majors = asked === "all" ? [own, ...NODES.map(({ major }) => major)] : asked.split(",").map(Number);
  const paths: string[] = [];
  for (const major of new Set(majors)) {
    const source = NODES.find((known) => known.major === major);
    if (major === own) {
      paths.push(process.execPath);
    } else if (source === undefined) {
      throw new Error(
        `no Node.js ${major} here: this one is ${own}, others are ${NODES.map((node) => node.major).join(", ")}`,
      );
    } else {
      paths.push(await nodePath(source));
    }
  }
  return paths;
}
