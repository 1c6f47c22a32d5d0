import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { TestUser, UserRun, UserStage } from "../support/as-user.ts";
import { mayActAsOthers, stageForUsers, startAs } from "../support/as-user.ts";
import { describeUnless, lackOfRoot } from "../support/unless.ts";

const CONFIG = `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
contexts:
- {name: a, context: {cluster: c, user: u}}
- {name: b, context: {cluster: c, user: u}}
current-context: a
users: [{name: u, user: {token: s3cr3t-token}}]
`;
const SWITCHED = CONFIG.replace("context: a", "context: b");

const describeAsRoot = describeUnless(lackOfRoot);

let stage: UserStage;
let root: TestUser;
let victim: TestUser;
let attacker: TestUser;

beforeEach(() => {
  if (mayActAsOthers) {
    stage = stageForUsers();
    [root, victim, attacker] = [stage.user(0), stage.user(6501), stage.user(6502)];
    mkdirSync(at("shared"));
    chmodSync(at("shared"), 0o1777);
    mkdirSync(at("own"));
  }
});
afterEach(() => {
  if (mayActAsOthers) {
    stage.remove();
  }
});

const at = (name: string): string => join(stage.folder, name);
const read = (path: string): string => readFileSync(path, "utf8");

function write(path: string, owner: TestUser, text = CONFIG, mode = 0o600): void {
  writeFileSync(path, text);
  chmodSync(path, mode);
  chownSync(path, owner.uid, owner.uid);
}

function kcfg(
  user: TestUser,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<UserRun> {
  return startAs(user, [process.execPath, stage.cli, ...args], { cwd: stage.folder, env }).ended;
}

function shell(user: TestUser, script: string): Promise<UserRun> {
  return startAs(user, ["sh", "-c", script], { cwd: stage.folder }).ended;
}

const PREPARED: readonly (readonly [string, string])[] = [
  ["an empty file", ": > F.SUFFIX; chmod 666 F.SUFFIX"],
  ["a link to a file of the victim", "ln -s VICTIM/.profile F.SUFFIX"],
  ["a link to a file of his own", ": > ATTACKER/loot; chmod 666 ATTACKER/loot; ln -s ATTACKER/loot F.SUFFIX"],
  ["a pipe", "mkfifo -m 666 F.SUFFIX"],
  ["a folder", "mkdir -m 777 F.SUFFIX"],
];

describeAsRoot("a kubeconfig in a folder where others may create files", () => {
  describe("and did create F.kcfg-backup and F.kcfg-state.json:", () => {
    test.each(PREPARED)(
      "%s is not used, by a user or root",
      async (_what, script) => {
        for (const owner of [victim, root]) {
          const file = at(`shared/${owner.uid}.yaml`);
          write(file, owner);
          write(join(owner.home, ".profile"), owner, "mine\n", 0o644);
          for (const suffix of ["kcfg-backup", "kcfg-state.json"]) {
            const prepared = await shell(
              attacker,
              script
                .replaceAll("F.SUFFIX", `${file}.${suffix}`)
                .replaceAll("VICTIM", owner.home)
                .replaceAll("ATTACKER", attacker.home),
            );
            expect(prepared).toMatchObject({ exitCode: 0, stderr: "" });
          }
          for (const args of [["use-context", "b"], ["undo"], ["use-context", "b"]]) {
            expect(await kcfg(owner, [...args, `--kubeconfig=${file}`])).toMatchObject({
              exitCode: 0,
              stderr: "",
            });
          }
          expect([read(file), read(join(owner.home, ".profile"))]).toEqual([SWITCHED, "mine\n"]);
          const { uid, mode } = statSync(file);
          expect([uid, mode & 0o777]).toEqual([owner.uid, 0o600]);
        }
        const seen = await shell(
          attacker,
          `grep -rs -D skip --exclude-dir=cli s3cr3t ${stage.folder}; cat ${attacker.home}/loot 2>/dev/null`,
        );
        expect(seen.stdout).not.toContain("s3cr3t");
      },
      60_000,
    );
  });

  test("a lock that somebody else made is waited for, no longer than asked for, and not removed", async () => {
    write(at("shared/f.yaml"), victim);
    await shell(attacker, "mkfifo -m 666 shared/f.yaml.lock");
    await shell(attacker, "touch -d '2 hours ago' shared/f.yaml.lock");
    const begin = Date.now();
    const { exitCode, stderr } = await kcfg(victim, [
      "use-context",
      "b",
      "--kubeconfig=shared/f.yaml",
      "--lock-timeout=1s",
    ]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("open shared/f.yaml.lock: file exists")]);
    expect(Date.now() - begin).toBeLessThan(10_000);
    expect(readdirSync(at("shared")).toSorted()).toEqual(["f.yaml", "f.yaml.lock"]);
  });
});

const refused = (file: string, whose: string): RegExp =>
  new RegExp(
    `^error: refusing to edit ${file} as root: ${whose}, who could exchange the file meanwhile; .*--trust-folder-owner\\n$`,
  );

describeAsRoot("root, and a kubeconfig that somebody else could exchange meanwhile", () => {
  test.each<readonly [string, (file: string) => string, string]>([
    [
      "in a folder of that user",
      (file) => `mkdir -p ATTACKER/.kube; cp shared/k ${file}`,
      "its folder \\S+ belongs to user 6502",
    ],
    [
      "in a folder of root's that the user cannot exchange, but can the one above",
      (file) => `mkdir -p ATTACKER/.kube; cp shared/k ${file}`,
      "its folder \\S+/home-6502 belongs to user 6502",
    ],
    [
      "in a shared folder, and it is the user's own",
      () => "cp shared/k shared/theirs",
      "\\S+/shared/theirs, in the shared folder \\S+, belongs to user 6502",
    ],
    [
      "behind a link in a shared folder",
      () => "ln -s ../own/config shared/link",
      "\\S+/shared/link, in the shared folder \\S+, belongs to user 6502",
    ],
    [
      "behind a link to a folder",
      () => "ln -s ../own ATTACKER/folder",
      "its folder \\S+/home-6502 belongs to user 6502",
    ],
  ])("%s: refuses before it locks anything", async (name, script, whose) => {
    write(at("own/config"), root);
    write(at("shared/k"), attacker, CONFIG, 0o644);
    const file = name.startsWith("in a folder")
      ? "home-6502/.kube/config"
      : name.includes("link to a folder")
        ? "home-6502/folder/config"
        : name.startsWith("behind")
          ? "shared/link"
          : "shared/theirs";
    await shell(attacker, script(file).replaceAll("ATTACKER", attacker.home));
    if (name.includes("folder of root's")) {
      chownSync(at("home-6502/.kube"), 0, 0);
    }
    const before = read(at(file));
    const { exitCode, stderr } = await kcfg(root, ["use-context", "b", `--kubeconfig=${file}`]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(refused(file, whose))]);
    expect([read(at(file)), read(at("own/config"))]).toEqual([before, CONFIG]);
    expect(existsSync(`${at(file)}.lock`)).toBe(false);
  });

  test("in a folder where everybody may write: the same", async () => {
    mkdirSync(at("open"));
    chmodSync(at("open"), 0o777);
    write(at("open/config"), root);
    const { exitCode, stderr } = await kcfg(root, ["use-context", "b", "--kubeconfig=open/config"]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(refused("open/config", "its folder \\S+/open may be written by others")),
    ]);
  });

  test.each([
    [["import", "--kubeconfig=F", "own/config"]],
    [["undo", "--kubeconfig=F"]],
    [["doctor", "--fix", "--kubeconfig=F"]],
    [["set-credentials", "u", "--token=x", "--kubeconfig=F"]],
    [["kuberc", "set", "--section=credentialplugin", "--policy=DenyAll", "--kuberc=F"]],
    [["check-plugins", "--suggest", "--write", "--kubeconfig=own/config", "--kuberc=F"]],
    [["export", "-o", "F", "--force", "--kubeconfig=own/config"]],
  ])("kcfg %j refuses, too", async (args) => {
    write(at("own/config"), root);
    const file = join(attacker.home, "f");
    write(
      file,
      attacker,
      args[0] === "doctor"
        ? CONFIG.replace("users: [", "users: [{name: unused, user: {}}, ")
        : args.includes("--kuberc=F")
          ? ""
          : CONFIG,
    );
    const before = read(file);
    const ended = await kcfg(
      root,
      args.map((arg) => arg.replace(/\bF$/, file)),
    );
    expect(ended.exitCode).toBeGreaterThan(0);
    expect(ended.stderr).toMatch(refused(file, "its folder \\S+ belongs to user 6502"));
    expect([read(file), readdirSync(attacker.home)]).toEqual([before, ["f"]]);
  });

  test("edits it with --trust-folder-owner, and leaves the file to its owner", async () => {
    mkdirSync(join(attacker.home, ".kube"));
    chownSync(join(attacker.home, ".kube"), 6502, 6502);
    const file = join(attacker.home, ".kube/config");
    write(file, attacker, CONFIG, 0o640);
    symlinkSync(at("own/loot"), `${file}.kcfg-backup`);
    const flags = [`--kubeconfig=${file}`, "--trust-folder-owner"];
    expect(await kcfg(root, ["use-context", "b", ...flags])).toMatchObject({ exitCode: 0, stderr: "" });
    const { uid, gid, mode } = statSync(file);
    expect([read(file), uid, gid, mode & 0o777]).toEqual([SWITCHED, 6502, 6502, 0o640]);
    expect(await kcfg(root, ["undo", ...flags])).toMatchObject({ exitCode: 0, stderr: "" });
    expect([read(file), statSync(file).uid, existsSync(at("own/loot"))]).toEqual([CONFIG, 6502, false]);
    expect(readdirSync(join(attacker.home, ".kube")).toSorted()).toEqual(["config", "config.kcfg-backup"]);
  });

  test("edits its own in a folder like /tmp, and in folders of its own, without a word", async () => {
    for (const file of ["shared/config", "own/config"]) {
      write(at(file), root);
      expect(await kcfg(root, ["use-context", "b", `--kubeconfig=${file}`])).toMatchObject({
        exitCode: 0,
        stderr: "",
      });
    }
  });

  test("keeps what undo needs in no home of another user, whatever HOME says", async () => {
    write(at("own/config"), root);
    const { exitCode, stderr } = await kcfg(root, ["use-context", "b", "--kubeconfig=own/config"], {
      HOME: attacker.home,
    });
    expect([exitCode, stderr]).toEqual([
      0,
      `warning: kcfg undo will not know of this change: ${attacker.home} belongs to user 6502\n`,
    ]);
    expect([read(at("own/config")), readdirSync(attacker.home)]).toEqual([SWITCHED, []]);
  });
});

describeAsRoot("a state folder of somebody else", () => {
  test("is not used", async () => {
    write(at("shared/config"), victim);
    mkdirSync(join(victim.home, ".kube/kcfg"), { recursive: true });
    chownSync(join(victim.home, ".kube"), 6501, 6501);
    chownSync(join(victim.home, ".kube/kcfg"), 6502, 6502);
    const { exitCode, stderr } = await kcfg(victim, ["use-context", "b", "--kubeconfig=shared/config"]);
    expect([exitCode, stderr]).toEqual([
      0,
      `warning: kcfg undo will not know of this change: ${victim.home}/.kube/kcfg belongs to user 6502\n`,
    ]);
    expect((await kcfg(victim, ["undo", "--kubeconfig=shared/config"])).stderr).toBe(
      `error: nothing to undo: kcfg keeps no history: ${victim.home}/.kube/kcfg belongs to user 6502\n`,
    );
  });

  test("is not used as KCFG_STATE_DIR either, made before in a shared folder", async () => {
    write(at("shared/config"), victim);
    await shell(attacker, "mkdir -m 777 shared/state");
    const { exitCode, stderr } = await kcfg(victim, ["use-context", "b", "--kubeconfig=shared/config"], {
      KCFG_STATE_DIR: at("shared/state"),
    });
    expect([exitCode, stderr]).toEqual([
      0,
      `warning: kcfg undo will not know of this change: ${at("shared/state")} belongs to user 6502\n`,
    ]);
    expect(readdirSync(at("shared/state"))).toEqual([]);
  });

  test("a history of somebody else is refused in one's own", async () => {
    write(at("shared/config"), victim);
    await kcfg(victim, ["use-context", "b", "--kubeconfig=shared/config"]);
    const state = join(victim.home, ".kube/kcfg");
    const history = join(state, readdirSync(state).find((name) => name.endsWith(".json")) ?? "");
    const text = read(history);
    rmSync(history);
    write(history, attacker, text, 0o644);
    expect((await kcfg(victim, ["undo", "--kubeconfig=shared/config"])).stderr).toBe(
      "error: the undo history of shared/config is damaged: it belongs to user 6502; `kcfg undo --forget` erases it\n",
    );
    expect((await kcfg(victim, ["undo", "--forget", "--kubeconfig=shared/config"])).exitCode).toBe(0);
    expect(readdirSync(state)).toEqual([]);
  });
});
