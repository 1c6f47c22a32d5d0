import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { builtCli } from "../conformance/repository.ts";
import type { UserRun } from "../support/as-user.ts";
import { stageForUsers, startAs } from "../support/as-user.ts";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";
import { describeUnless, lackOfPosix, lackOfRoot, testUnless } from "../support/unless.ts";

const CONFIG = `# mine
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
contexts:
- {name: a, context: {cluster: c, user: u}}
- {name: b, context: {cluster: c, user: u}}
current-context: a
users: [{name: u, user: {token: s3cr3t-token}}]
`;
const SWITCHED = CONFIG.replace("context: a\n", "context: b\n");

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-mounted-"));
  mkdirSync(at(".kube"), { mode: 0o700 });
  writeFileSync(at(".kube/config"), CONFIG, { mode: 0o600 });
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (path: string): string => join(home, path);
const read = (path: string): string => readFileSync(at(path), "utf8");

/** Runs the CLI where no kubeconfig can be replaced: rename fails as it does over a mount point. */
function kcfg(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  writeFileSync(
    at("busy.cjs"),
    `const fs = require("node:fs");
    const { renameSync } = fs;
    fs.renameSync = (from, to) => {
      if (/config$/.test(to)) throw Object.assign(new Error("EBUSY"), { code: "EBUSY", syscall: "rename" });
      return renameSync(from, to);
    };
    require("node:module").syncBuiltinESMExports();`,
  );
  return runBin(args, {
    cwd: home,
    env: { HOME: home, NODE_OPTIONS: `--require=${at("busy.cjs")}`, ...env },
  });
}
const note = (): string =>
  `note: ${at(".kube/config")} was written in place, since it is mounted by itself; kcfg undo has what it held before\n`;

describeUnless(lackOfPosix)("a kubeconfig that cannot be replaced, as one that is mounted by itself", () => {
  test("is written in place after a backup, with a note, and can be undone", () => {
    const { ino } = statSync(at(".kube/config"));
    expect(kcfg(["use-context", "b"])).toEqual({
      stdout: 'Switched to context "b".\n',
      stderr: note(),
      exitCode: 0,
    });
    expect(read(".kube/config")).toBe(SWITCHED);
    expect(kcfg(["delete-user", "u"])).toMatchObject({ stderr: note(), exitCode: 0 });
    expect(read(".kube/config")).not.toContain("s3cr3t");
    expect(kcfg(["undo", "2"])).toMatchObject({ stderr: note(), exitCode: 0 });
    expect(read(".kube/config")).toBe(CONFIG);
    const { ino: now, mode } = statSync(at(".kube/config"));
    expect([now, mode & 0o777]).toEqual([ino, 0o600]);
    expect(readdirSync(at(".kube")).toSorted()).toEqual(["config", "kcfg"]);
  });

  test("is left alone where its content cannot be kept", () => {
    const { stderr, exitCode } = kcfg(["use-context", "b"], { KCFG_STATE_DIR: "relative" });
    expect(stderr).toContain(
      `error: open ${at(".kube/config")}: it is mounted by itself, so it can only be written in place, and there is no place to keep what it holds; nothing was changed\n`,
    );
    expect([exitCode, read(".kube/config"), readdirSync(at(".kube"))]).toEqual([1, CONFIG, ["config"]]);
  });

  test("does not stand in the way of the others of an edit", () => {
    writeFileSync(at("second"), "contexts:\n- {name: d, context: {cluster: c, user: u}}\n", {
      mode: 0o600,
    });
    const env = { KUBECONFIG: `${at(".kube/config")}:${at("second")}` };
    expect(kcfg(["rename-cluster", "c", "e"], env)).toMatchObject({ stderr: note(), exitCode: 0 });
    expect([read(".kube/config"), read("second")].every((text) => text.includes("cluster: e"))).toBe(true);
    expect(kcfg(["undo"], env).exitCode).toBe(0);
    expect(read(".kube/config")).toBe(CONFIG);
  });

  test("is refused by export, which keeps nothing", () => {
    const { stderr, exitCode } = kcfg(["export", "a", "-o", ".kube/config", "--force"]);
    expect(stderr).toBe("error: open .kube/config: it is mounted by itself, so it cannot be replaced\n");
    expect([exitCode, read(".kube/config"), readdirSync(at(".kube"))]).toEqual([1, CONFIG, ["config"]]);
  });
});

/** Why no file can be mounted here; undefined if it can. */
function lackOfMounts(): string | undefined {
  if (lackOfRoot !== undefined) {
    return lackOfRoot;
  }
  return spawnSync("unshare", ["-m", "true"]).status === 0 ? undefined : "no mounts of one's own here";
}

testUnless(lackOfMounts())("a file that really is mounted over the kubeconfig is written in place", () => {
  writeFileSync(at("outside"), CONFIG, { mode: 0o600 });
  const cli = `${process.execPath} ${builtCli()}`;
  const script = `mount --bind ${at("outside")} ${at(".kube/config")} && ${cli} use-context b && ${cli} set-context b -n x && ${cli} undo`;
  const { stdout, stderr, status } = spawnSync("unshare", ["-m", "sh", "-ec", script], {
    cwd: home,
    env: { PATH: process.env["PATH"], HOME: home },
    encoding: "utf8",
  });
  expect(stderr.split("\n").every((line) => line === "" || line.startsWith("note: "))).toBe(true);
  expect([status, stdout]).toEqual([
    0,
    `Switched to context "b".\nContext "b" modified.\nUndid set-context in ${at(".kube/config")}.\n`,
  ]);
  expect([read("outside"), read(".kube/config")]).toEqual([SWITCHED, CONFIG]);
});

/** Edits, as user 6501, a kubeconfig in a folder. */
async function edit(
  folder: { readonly owner: number; readonly mode: number },
  file: { readonly owner: number; readonly mode: number },
): Promise<UserRun & { readonly text: string; readonly owner: number; readonly mode: number }> {
  const stage = stageForUsers();
  try {
    const [user, other] = [stage.user(6501), stage.user(6502)];
    const path = join(stage.folder, "team", "config");
    mkdirSync(join(stage.folder, "team"));
    writeFileSync(path, CONFIG);
    chmodSync(path, file.mode);
    chownSync(path, file.owner === 6502 ? other.uid : file.owner, file.owner);
    chownSync(join(stage.folder, "team"), folder.owner, folder.owner);
    chmodSync(join(stage.folder, "team"), folder.mode);
    const run = await startAs(
      user,
      [process.execPath, stage.cli, "use-context", "b", `--kubeconfig=${path}`],
      {
        cwd: stage.folder,
      },
    ).ended;
    const { uid, mode } = statSync(path);
    expect(readdirSync(join(stage.folder, "team"))).toEqual(["config"]);
    return { ...run, text: readFileSync(path, "utf8"), owner: uid, mode: mode & 0o777 };
  } finally {
    stage.remove();
  }
}

describeUnless(lackOfRoot)("a kubeconfig of another user that one may write", () => {
  test.each([
    [6502, { owner: 6501, mode: 0o755 }],
    [0, { owner: 6501, mode: 0o700 }],
    [0, { owner: 0, mode: 0o1777 }],
  ])("is written in place, with a note, and stays theirs: user %d", async (owner, folder) => {
    const run = await edit(folder, { owner, mode: 0o666 });
    expect(run.stderr).toMatch(
      new RegExp(
        `^note: .* was written in place, since it belongs to user ${owner} and group ${owner}; kcfg undo has what it held before\\n$`,
      ),
    );
    expect(run).toMatchObject({ exitCode: 0, text: SWITCHED, owner, mode: 0o666 });
  });

  test.each([0o1777, 0o777])("is refused where anybody may have put it: %o", async (mode) => {
    const run = await edit({ owner: 0, mode }, { owner: 6502, mode: 0o666 });
    expect(run.stderr).toContain("it belongs to user 6502 and group 6502, who could not keep it");
    expect(run).toMatchObject({ exitCode: 1, text: CONFIG, owner: 6502 });
  });

  test("is refused where one may not write it", async () => {
    const run = await edit({ owner: 6501, mode: 0o755 }, { owner: 6502, mode: 0o644 });
    expect(run.stderr).toContain("permission denied");
    expect(run).toMatchObject({ exitCode: 1, text: CONFIG });
  });
});
