import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";

const CONFIG = `# mine
clusters:
- {name: dev, cluster: {server: "https://dev"}}
users:
- {name: me, user: {token: s3cr3t}}
contexts:
- {name: dev, context: {cluster: dev, user: me}}
- {name: old, context: {cluster: dev, user: me}}
current-context: old
`;

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-steps-"));
  mkdirSync(at(".kube/clusters"), { recursive: true });
  writeFileSync(at("a"), CONFIG, { mode: 0o600 });
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (path: string): string => join(home, path);
const read = (path: string): string => readFileSync(at(path), "utf8");

function kcfg(list: string, ...args: readonly string[]): Run {
  return runBin(args, { cwd: home, env: { HOME: home, KUBECONFIG: list } });
}

function done(list: string, ...args: readonly string[]): string {
  const { stdout, stderr, exitCode } = kcfg(list, ...args);
  expect([stderr, exitCode]).toEqual(["", 0]);
  return stdout;
}

describe("undo of several changes", () => {
  test("goes back to before the change of that number, and can be undone itself", () => {
    done("a", "set-context", "dev", "--namespace=web");
    const second = read("a");
    done("a", "set-cluster", "dev", "--server=https://other");
    done("a", "rename-user", "me", "you");
    const last = read("a");
    expect(done("a", "undo", "--list")).toMatch(
      /^NUMBER +WHEN +CHANGE +FILES\n1 +.* ago +rename-user +a\n2 +.* ago +set-cluster +a\n3 +.* ago +set-context +a\n$/,
    );
    expect(done("a", "undo", "2", "--dry-run")).toMatch(/^--- a\n/);
    expect(read("a")).toBe(last);
    expect(done("a", "undo", "2")).toBe("Undid 2 changes in a.\n");
    expect(read("a")).toBe(second);
    expect(done("a", "undo")).toBe("Undid undo of 2 changes in a.\n");
    expect(read("a")).toBe(last);
    expect(done("a", "undo", "5")).toBe("Undid 5 changes in a.\n");
    expect(read("a")).toBe(CONFIG);
  });

  test("covers all files that they touched", () => {
    writeFileSync(at("b"), CONFIG.replaceAll("dev", "b").replaceAll("old", "bold"), {
      mode: 0o600,
    });
    const b = read("b");
    done("a:b", "rename-context", "dev", "eve");
    done("a:b", "rename-context", "b", "bee");
    done("a:b", "set-context", "eve", "-n", "x");
    expect(done("a:b", "undo", "3")).toBe("Undid 3 changes in a, b.\n");
    expect([read("a"), read("b")]).toEqual([CONFIG, b]);
  });

  test("keeps what something else has written in between", () => {
    done("a", "set-context", "dev", "--namespace=web");
    appendFileSync(at("a"), "# by hand\n");
    done("a", "set-context", "dev", "--namespace=shop");
    const now = read("a");
    expect(done("a", "undo", "--list")).toMatch(
      /\n1 .*a\n2 .*a \(impossible: changed since by something else\)\n$/,
    );
    const { stderr, exitCode } = kcfg("a", "undo", "2");
    expect(stderr).toContain(
      "error: cannot undo 2 changes: a has been changed since by something else; what it held",
    );
    expect([exitCode, read("a")]).toEqual([1, now]);
    done("a", "undo");
    expect(read("a")).toContain("namespace: web");
    expect(read("a")).toContain("# by hand\n");
  });

  test("knows the last 20", () => {
    for (let i = 0; i < 21; i++) {
      done("a", "set-context", "dev", `--namespace=n${i}`);
    }
    expect(done("a", "undo", "--list").split("\n")).toHaveLength(22);
    expect(kcfg("a", "undo", "21").stderr).toBe(
      "error: there are only 20 changes to undo; --list shows them\n",
    );
    done("a", "undo", "20");
    expect(read("a")).toContain("namespace: n0,");
  }, 60_000);

  test("restores modes with the content", () => {
    writeFileSync(at(".kube/config"), CONFIG, { mode: 0o644 });
    kcfg("", "doctor", "--fix");
    expect(statSync(at(".kube/config")).mode & 0o777).toBe(0o600);
    kcfg("", "set-context", "dev", "-n", "x");
    expect(kcfg("", "undo", "2").stdout).toContain("Undid 2 changes");
    expect(statSync(at(".kube/config")).mode & 0o777).toBe(0o644);
    expect(read(".kube/config")).toBe(CONFIG);
  });

  test.each(["0", "-1", "x", "1.5", ""])("refuses %j", (number) => {
    done("a", "set-context", "dev", "-n", "x");
    expect(kcfg("a", "undo", "--", number)).toMatchObject({ stdout: "", exitCode: 1 });
    expect(read("a")).toContain("namespace: x");
  });

  test("says that there is nothing", () => {
    expect(done("a", "undo", "--list")).toBe("There is nothing to undo.\n");
    expect(kcfg("a", "undo", "2")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("nothing to undo"),
    });
  });

  test("works for the kuberc", () => {
    const set = (value: string): string =>
      done(
        "a",
        "kuberc",
        "set",
        "--section=defaults",
        "--command=get",
        `--option=output=${value}`,
        "--overwrite",
      );
    set("wide");
    const first = read(".kube/kuberc");
    set("yaml");
    set("json");
    expect(done("a", "kuberc", "undo", "--list").split("\n")).toHaveLength(5);
    expect(done("a", "kuberc", "undo", "2")).toBe(`Undid 2 changes in ${at(".kube/kuberc")}.\n`);
    expect(read(".kube/kuberc")).toBe(first);
    expect(done("a", "undo", "--list")).toBe("There is nothing to undo.\n");
  });
});

describe("one file under several names is one file", () => {
  beforeEach(() => {
    writeFileSync(at(".kube/clusters/dev.yaml"), CONFIG, { mode: 0o600 });
    symlinkSync("clusters/dev.yaml", at(".kube/config"));
    symlinkSync("clusters", at(".kube/folder"));
  });

  test.each([
    ["./a:a", "a"],
    ["a:./a:.kube/../a", "a"],
    ["HOME/a:a", "a"],
    ["HOME/.kube/config:HOME/.kube/clusters/dev.yaml", ".kube/clusters/dev.yaml"],
    ["HOME/.kube/clusters/dev.yaml:HOME/.kube/config", ".kube/clusters/dev.yaml"],
    [".kube/folder/dev.yaml:.kube/clusters/dev.yaml:.kube/config", ".kube/clusters/dev.yaml"],
  ])("KUBECONFIG=%s", (list, file) => {
    const files = list.replaceAll("HOME", home);
    const [first] = files.split(":");
    expect(done(files, "delete-context", "dev")).toBe(`deleted context dev from ${first}\n`);
    expect(done(files, "get-contexts", "-o", "name")).toBe("old\n");
    expect(done(files, "undo")).toBe(`Undid delete-context in ${first}.\n`);
    expect(read(file)).toBe(CONFIG);
    done(files, "rename-context", "dev", "eve");
    done(files, "rename-cluster", "dev", "eve");
    done(files, "delete-user", "me");
    done(files, "unset", "current-context");
    expect(done(files, "get-contexts", "-o", "name")).toBe("eve\nold\n");
    expect(read(file)).not.toContain("s3cr3t");
    expect(done(files, "undo", "--list").split("\n")).toHaveLength(8);
    expect(done(files, "undo", "4")).toBe(`Undid 4 changes in ${first}.\n`);
    expect(read(file)).toBe(CONFIG);
    expect(done(files, "undo", "--forget")).toBe(`Forgot the history of ${first}.\n`);
  });

  test("two files with the same entries are two", () => {
    writeFileSync(at("b"), CONFIG);
    expect(kcfg("a:b", "delete-context", "dev").stderr).toBe(
      'warning: context "dev" is still there: b defines it too\n',
    );
  });
});

test.each([0o600, 0o640, 0o644])("a kubeconfig that is migrated keeps its mode: %o", (mode) => {
  writeFileSync(at(".kube/.kubeconfig"), CONFIG, { mode });
  expect(runBin(["current-context"], { cwd: home, env: { HOME: home } }).stdout).toBe("old\n");
  expect(statSync(at(".kube/config")).mode & 0o777).toBe(mode);
  expect(read(".kube/config")).toBe(CONFIG);
});
