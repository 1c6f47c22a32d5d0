import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { builtCli } from "../conformance/repository.ts";
import type { UserRun } from "../support/as-user.ts";
import { startAs } from "../support/as-user.ts";
import { describeUnless, lackOfPosix } from "../support/unless.ts";

const DAY = 24 * 3600;
const CONFIG = `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
contexts:
- {name: a, context: {cluster: c, user: u}}
- {name: b, context: {cluster: c, user: u}}
current-context: a
users: [{name: u, user: {token: s3cr3t-token}}]
`;

const describeOnPosix = describeUnless(lackOfPosix);
const cli = builtCli();

let folder = "";
let home = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "kcfg-sides-")));
  home = join(folder, "home");
  mkdirSync(home, { mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");
function write(name: string, text = CONFIG): void {
  writeFileSync(at(name), text, { mode: 0o600 });
}
const stateNames = (): readonly string[] => readdirSync(at("home/.kube/kcfg")).toSorted();

function kcfg(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<UserRun> {
  const me = { uid: process.getuid?.() ?? 0, home };
  return startAs(me, [process.execPath, cli, ...args], { cwd: folder, env }).ended;
}

/** The history of the only kubeconfig that was edited, to be damaged. */
function historyFile(): string {
  return join(folder, "home/.kube/kcfg", stateNames().find((name) => name.endsWith(".json")) ?? "");
}

const glob = (): string =>
  execFileSync("sh", ["-c", "printf '%s:' ~/.kube/configs/*"], { env: { HOME: home }, encoding: "utf8" });

const edit = async (env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
  write("config");
  const { exitCode, stdout, stderr } = await kcfg(["use-context", "b", "--kubeconfig=config"], env);
  expect([exitCode, stdout, read("config")]).toEqual([
    0,
    'Switched to context "b".\n',
    CONFIG.replace("context: a", "context: b"),
  ]);
  expect(stderr.endsWith("\n")).toBe(true);
  return stderr.trimEnd().split("\n");
};
const warning = (reason: string): readonly string[] => [
  `warning: kcfg undo will not know of this change: ${reason}`,
];

const valid = (changes: object): string => {
  const history: { readonly records: readonly object[] } = JSON.parse(readFileSync(historyFile(), "utf8"));
  return JSON.stringify({ ...history, records: [{ ...history.records[0], ...changes }] });
};

const secrets = (): string =>
  stateNames()
    .map((name) => readFileSync(join(home, ".kube/kcfg", name), "utf8"))
    .join("\n");

/** Has what is remembered be older: the names of old contents hold the time, and the histories. */
function ageStateBy(seconds: number): void {
  const state = join(home, ".kube/kcfg");
  const aged = (time: number): number => time - seconds * 1000;
  for (const name of stateNames()) {
    const path = join(state, name);
    const time = statSync(path).mtimeMs / 1000 - seconds;
    if (name.endsWith(".json")) {
      const text = readFileSync(path, "utf8")
        .replaceAll(/"time": (\d+)/g, (_all, each: string) => `"time": ${aged(Number(each))}`)
        .replaceAll(
          /"kept": "(\w+)-/g,
          (_all, each: string) => `"kept": "${aged(Number.parseInt(each, 36)).toString(36)}-`,
        );
      writeFileSync(path, text);
      utimesSync(path, time, time);
    } else {
      const renamed = name.replace(
        /\.(\w+)-/,
        (_all, each: string) => `.${aged(Number.parseInt(each, 36)).toString(36)}-`,
      );
      renameSync(path, join(state, renamed));
    }
  }
}

describeOnPosix("links that somebody put beside a kubeconfig", () => {
  test.each(["kcfg-backup", "kcfg-state.json", "kcfg-1-a1.tmp"])(
    "F.%s is not followed, read or changed by any edit",
    async (suffix) => {
      writeFileSync(join(home, ".bashrc"), "mine\n");
      mkdirSync(at("repo"));
      write("repo/cluster.yaml");
      symlinkSync("../home/.bashrc", at(`repo/cluster.yaml.${suffix}`));
      const flag = "--kubeconfig=repo/cluster.yaml";
      for (const args of [
        ["use-context", "b"],
        ["set-credentials", "u", "--token=t"],
        ["undo"],
        ["doctor", "--fix"],
        ["undo"],
      ]) {
        await kcfg([...args, flag]);
      }
      expect(read("home/.bashrc")).toBe("mine\n");
      expect(lstatSync(at(`repo/cluster.yaml.${suffix}`)).isSymbolicLink()).toBe(true);
      expect(readdirSync(at("repo")).toSorted()).toEqual(["cluster.yaml", `cluster.yaml.${suffix}`]);
    },
    60_000,
  );

  test("doctor names them, and how to remove them", async () => {
    write("config");
    write("config.kcfg-backup");
    const { stdout } = await kcfg(["doctor", "--kubeconfig=config"]);
    expect(stdout).toContain("kcfg-leftover");
    expect(stdout).toContain("rm config.kcfg-backup");
  });
});

describeOnPosix("a folder of kubeconfigs", () => {
  test("has no second kubeconfig after an edit, so that a deleted context stays deleted", async () => {
    mkdirSync(at("home/.kube/configs"), { recursive: true });
    write("home/.kube/configs/one");
    write(
      "home/.kube/configs/two",
      CONFIG.replaceAll("name: a", "name: z").replace("context: a", "context: z"),
    );
    const { exitCode, stderr } = await kcfg(["delete-context", "a"], { KUBECONFIG: glob() });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("removed your active context")]);
    const { stdout } = await kcfg(["get-contexts", "-o", "name"], { KUBECONFIG: glob() });
    expect(stdout).toBe("b\nz\n");
    expect(readdirSync(at("home/.kube/configs")).toSorted()).toEqual(["one", "two"]);
  });
});

describeOnPosix(
  "where the state folder cannot be used, an edit is made, with one warning that says why",
  () => {
    test("it is a symbolic link", async () => {
      mkdirSync(at("home/.kube"));
      mkdirSync(at("elsewhere"));
      symlinkSync(at("elsewhere"), at("home/.kube/kcfg"));
      expect(await edit()).toEqual(warning(`${at("home/.kube/kcfg")} is a symbolic link`));
      expect(readdirSync(at("elsewhere"))).toEqual([]);
    });

    test("~/.kube is a symbolic link", async () => {
      mkdirSync(at("elsewhere"));
      symlinkSync(at("elsewhere"), at("home/.kube"));
      expect(await edit()).toEqual(warning(`${at("home/.kube")} is a symbolic link`));
      expect(readdirSync(at("elsewhere"))).toEqual([]);
    });

    test.each(["home", "home/.kube", "home/.kube/kcfg"])("others may write in %s", async (name) => {
      mkdirSync(at("home/.kube/kcfg"), { recursive: true, mode: 0o700 });
      chmodSync(at(name), 0o777);
      expect(await edit()).toEqual(warning(`${at(name)} may be written by others`));
      expect(stateNames()).toEqual([]);
    });

    test("it is a file", async () => {
      mkdirSync(at("home/.kube"));
      write("home/.kube/kcfg", "");
      expect(await edit()).toEqual(warning(`${at("home/.kube/kcfg")} is no folder`));
    });

    test("there is no home, or none that exists", async () => {
      expect(await edit({ HOME: "" })).toEqual(warning("there is no home directory"));
      expect(await edit({ HOME: at("nowhere") })).toEqual(
        warning(`${at("nowhere")}: no such file or directory`),
      );
      expect(existsSync(at("nowhere"))).toBe(false);
    });

    test("KCFG_STATE_DIR is relative", async () => {
      expect(await edit({ KCFG_STATE_DIR: "state" })).toEqual(
        warning("KCFG_STATE_DIR must be an absolute path"),
      );
      expect(existsSync(at("state"))).toBe(false);
    });

    test("KCFG_STATE_DIR is in a folder where others may exchange it", async () => {
      mkdirSync(at("shared"));
      chmodSync(at("shared"), 0o777);
      expect(await edit({ KCFG_STATE_DIR: at("shared/state") })).toEqual(
        warning(`${at("shared")} may be written by others`),
      );
    });
  },
);

describeOnPosix("the state folder", () => {
  test("is made by the first edit, not by a look", async () => {
    write("config");
    await kcfg(["get-contexts", "--kubeconfig=config"]);
    await kcfg(["use-context", "-", "--kubeconfig=config"]);
    await kcfg(["undo", "--kubeconfig=config"]);
    await kcfg(["use-context", "b", "--kubeconfig=config", "--dry-run"]);
    expect(readdirSync(home)).toEqual([]);
    await kcfg(["use-context", "b", "--kubeconfig=config"]);
    expect(statSync(at("home/.kube/kcfg")).mode & 0o777).toBe(0o700);
  });

  test("is KCFG_STATE_DIR if that is set, also below a folder like /tmp", async () => {
    mkdirSync(at("shared"));
    chmodSync(at("shared"), 0o1777);
    write("config");
    const env = { KCFG_STATE_DIR: at("shared/state") };
    expect((await kcfg(["use-context", "b", "--kubeconfig=config"], env)).stderr).toBe("");
    expect(readdirSync(at("shared/state"))).toHaveLength(2);
    expect((await kcfg(["undo", "--kubeconfig=config"], env)).stdout).toBe("Undid use-context in config.\n");
    expect([read("config"), readdirSync(home)]).toEqual([CONFIG, []]);
  });

  test("knows a kubeconfig by its real path, whatever it is called", async () => {
    mkdirSync(at("real"));
    write("real/config");
    symlinkSync("real/config", at("link"));
    await kcfg(["use-context", "b", "--kubeconfig=link"]);
    expect((await kcfg(["undo", `--kubeconfig=${at("real/config")}`])).exitCode).toBe(0);
    expect(read("real/config")).toBe(CONFIG);
  });
});

describeOnPosix("a history that kcfg did not write", () => {
  const DAMAGED =
    /^error: the undo history of config is damaged: [ -~]{1,100}; `kcfg undo --forget` erases it\n$/;
  const ESCAPE = "\u001B]0;PWN\u0007";
  test.each<readonly [string, () => string]>([
    ["nothing", () => ""],
    ["no JSON", () => `{"x": ${ESCAPE}`],
    ["null", () => "null"],
    ["a list", () => "[]"],
    ["undo of old", () => '{"undo": null}'],
    ["records that are none", () => valid({}).replace(/"records":\[.*\]/s, '"records":{"length":1}')],
    ["a record that is null", () => valid({}).replace(/"records":\[.*\]/s, '"records":[null]')],
    ["a command that is a number", () => valid({ command: 5 })],
    ["a command that steers the terminal", () => valid({ command: `e${ESCAPE}\nroot#` })],
    ["a text that is a word", () => valid({ text: "x" })],
    [
      "a name that leads elsewhere",
      () => valid({ text: { existed: true, kept: "../../x", before: "", size: 0, written: "" } }),
    ],
    ["modes that are a word", () => valid({ modes: "x" })],
    ["a mode with set-uid", () => valid({ modes: [{ path: "/x", from: 0o4755, to: 0o600 }] })],
    ["the history of another file", () => valid({}).replace(/"file":"[^"]*"/, `"file":"/other"`)],
    ["a context that is a number", () => valid({}).replace('"records"', '"previousContext":5,"records"')],
    ["10 MB", () => `${valid({})}${" ".repeat(10_000_000)}`],
    ["nesting without end", () => "[".repeat(1_000_000)],
  ])(
    "%s is refused in words, and edits go on",
    async (_name, content) => {
      write("config");
      await kcfg(["use-context", "b", "--kubeconfig=config"]);
      writeFileSync(historyFile(), content());
      const undone = await kcfg(["undo", "--kubeconfig=config"]);
      expect(undone).toEqual({
        exitCode: 1,
        signal: null,
        stdout: "",
        stderr: expect.stringMatching(DAMAGED),
      });
      const { exitCode, stderr } = await kcfg(["use-context", "a", "--kubeconfig=config"]);
      expect([exitCode, stderr]).toEqual([
        0,
        expect.stringMatching(
          /^warning: the undo history of config was damaged, and begins anew: [ -~]{1,100}\n$/,
        ),
      ]);
      expect((await kcfg(["undo", "--kubeconfig=config"])).stdout).toBe("Undid use-context in config.\n");
    },
    60_000,
  );

  test.each<readonly [string, (path: string) => void]>([
    [
      "a link",
      (path) => {
        renameSync(path, `${path}-elsewhere`);
        symlinkSync(`${path}-elsewhere`, path);
      },
    ],
    [
      "a pipe",
      (path) => {
        rmSync(path);
        execFileSync("mkfifo", [path]);
      },
    ],
    [
      "a folder",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])("is refused when it is %s", async (_name, spoil) => {
    write("config");
    await kcfg(["use-context", "b", "--kubeconfig=config"]);
    spoil(historyFile());
    expect((await kcfg(["undo", "--kubeconfig=config"])).stderr).toMatch(
      /^error: the undo history of config is damaged: [ -~]+; `kcfg undo --forget` erases it\n$/,
    );
    expect((await kcfg(["use-context", "a", "--kubeconfig=config"])).exitCode).toBe(0);
  });

  test("an old content that is not what was kept is not written", async () => {
    write("config");
    await kcfg(["use-context", "b", "--kubeconfig=config"]);
    const kept = stateNames().find((name) => name.endsWith(".old")) ?? "";
    appendFileSync(join(home, ".kube/kcfg", kept), "users: [{name: x, user: {exec: {command: evil}}}]\n");
    const { exitCode, stderr } = await kcfg(["undo", "--kubeconfig=config"]);
    expect([exitCode, stderr, read("config")]).toEqual([
      1,
      expect.stringContaining("is damaged: the content that it is about is missing or has been changed"),
      CONFIG.replace("context: a", "context: b"),
    ]);
  });
});

describeOnPosix("what is remembered", () => {
  test("leaves after seven days, with the next edit of any kubeconfig", async () => {
    write("config");
    write("other");
    await kcfg(["delete-user", "u", "--kubeconfig=config"]);
    expect(secrets()).toContain("s3cr3t-token");
    ageStateBy(6 * DAY);
    await kcfg(["use-context", "b", "--kubeconfig=other"]);
    expect((await kcfg(["undo", "--dry-run", "--kubeconfig=config"])).exitCode).toBe(0);
    ageStateBy(2 * DAY);
    await kcfg(["undo", "--forget", "--kubeconfig=other"]);
    write("third", CONFIG.replace("s3cr3t-token", "t"));
    await kcfg(["use-context", "b", "--kubeconfig=third"]);
    expect(secrets()).not.toContain("s3cr3t-token");
    expect((await kcfg(["undo", "--kubeconfig=config"])).stderr).toMatch(/^error: nothing to undo: /);
  }, 60_000);

  test("leaves at once with --forget, the previous context too; of all kubeconfigs with --all", async () => {
    write("config");
    write("other");
    await kcfg(["use-context", "b", "--kubeconfig=config"]);
    await kcfg(["use-context", "b", "--kubeconfig=other"]);
    expect((await kcfg(["undo", "--forget", "--dry-run", "--kubeconfig=config"])).stdout).toBe(
      "Would forget the history of config.\n",
    );
    expect((await kcfg(["undo", "--forget", "--kubeconfig=config"])).stdout).toBe(
      "Forgot the history of config.\n",
    );
    expect(stateNames()).toHaveLength(2);
    expect((await kcfg(["use-context", "-", "--kubeconfig=config"])).stderr).toContain("no previous context");
    expect((await kcfg(["undo", "--forget", "--kubeconfig=config"])).stdout).toBe(
      "There was nothing to forget.\n",
    );
    expect((await kcfg(["undo", "--forget", "--all"])).stdout).toBe(
      `Forgot the history of ${at("home/.kube/kcfg")}.\n`,
    );
    expect(stateNames()).toEqual([]);
    expect((await kcfg(["undo", "--all"])).stderr).toBe("error: --all goes with --forget\n");
  }, 60_000);

  test("an operation that a killed kcfg did not come to is passed over", async () => {
    write("config");
    await kcfg(["set-context", "a", "--namespace=one", "--kubeconfig=config"]);
    const one = read("config");
    await kcfg(["set-context", "a", "--namespace=two", "--kubeconfig=config"]);
    writeFileSync(at("config"), one);
    await kcfg(["undo", "--kubeconfig=config"]);
    expect(read("config")).toBe(CONFIG);
  });
});

describeOnPosix("what stands where a lock goes", () => {
  test.each<readonly [string, (path: string) => void]>([
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
    [
      "a link to a pipe",
      (path) => {
        execFileSync("mkfifo", [`${path}-pipe`]);
        symlinkSync(`${path}-pipe`, path);
      },
    ],
    ["a link to an endless device", (path) => symlinkSync("/dev/zero", path)],
    [
      "a file of 100 MB",
      (path) => {
        writeFileSync(path, "kcfg-lock:");
        execFileSync("truncate", ["-s", "100M", path]);
      },
    ],
  ])(
    "%s: the time is kept, signals work, and nothing is left",
    async (name, make) => {
      write("config");
      make(at("config.lock"));
      const before = readdirSync(folder);
      const begin = Date.now();
      const { exitCode, stderr } = await kcfg([
        "use-context",
        "b",
        "--kubeconfig=config",
        "--lock-timeout=1s",
      ]);
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringMatching(
          name === "a folder"
            ? /^error: cannot lock the kubeconfig: open config\.lock: file exists; it is a folder, which kcfg does not remove/
            : /^error: cannot lock the kubeconfig: open config\.lock: file exists; held for /,
        ),
      ]);
      expect(Date.now() - begin).toBeLessThan(10_000);
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        const me = { uid: process.getuid?.() ?? 0, home };
        const args = [process.execPath, cli, "use-context", "b", "--kubeconfig=config", "--lock-timeout=60s"];
        const { child, ended } = startAs(me, args, { cwd: folder });
        setTimeout(() => child.kill(signal), 700);
        expect((await ended).signal).toBe(signal);
      }
      expect([readdirSync(folder), read("config")]).toEqual([before, CONFIG]);
    },
    60_000,
  );

  test("the text of a lock is bounded, and steers no terminal", async () => {
    write("config");
    symlinkSync(
      `kcfg-lock:pid=1&machine=%1b]0;PWN%07%0aroot%23${"x".repeat(3000)}&place=x&serial=1`,
      at("config.lock"),
    );
    const { stderr } = await kcfg(["use-context", "b", "--kubeconfig=config", "--lock-timeout=0"]);
    expect(stderr).toMatch(/^error: cannot lock the kubeconfig: [ -~]{1,600}\n$/);
  });
});
