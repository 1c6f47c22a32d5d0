import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { FileFacts, OpenFile, OpenOptions } from "../../src/host/open-file.ts";
import { isTemporaryOf, stageRemoval, writeFileAtomically } from "../../src/writing/atomic-file.ts";
import { fakeHost } from "../support/fake-host.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-atomic-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const data = new TextEncoder().encode("new");
const write = (path: string, host: Host = nodeHost): void => writeFileAtomically(host, path, data, 0o600);
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe("a file is replaced in one step", () => {
  test("a new one gets the mode that is asked for, in a folder that is made", () => {
    const path = join(folder, "a", "b", "kuberc");
    write(path);
    expect([readFileSync(path, "utf8"), modeOf(path), modeOf(join(folder, "a"))]).toEqual([
      "new",
      0o600,
      0o700,
    ]);
  });

  test("one that is there keeps its mode, and nothing is left beside it", () => {
    const path = join(folder, "kuberc");
    writeFileSync(path, "old");
    chmodSync(path, 0o664);
    write(path);
    expect([readFileSync(path, "utf8"), modeOf(path), readdirSync(folder)]).toEqual([
      "new",
      0o664,
      ["kuberc"],
    ]);
  });

  test("whoever has the old one open still sees the old one", () => {
    const path = join(folder, "kuberc");
    writeFileSync(path, "old");
    const { ino } = statSync(path);
    write(path);
    expect(statSync(path).ino).not.toBe(ino);
  });

  test("a symbolic link stays one", () => {
    const [path, target] = [join(folder, "kuberc"), join(folder, "target")];
    writeFileSync(target, "old");
    symlinkSync("target", path);
    write(path);
    expect([lstatSync(path).isSymbolicLink(), readFileSync(target, "utf8")]).toEqual([true, "new"]);
  });

  test("somebody's temporary file is neither used nor removed", () => {
    const path = join(folder, "kuberc");
    writeFileSync(`${path}.tmp1`, "theirs");
    write(path);
    expect([readFileSync(path, "utf8"), readFileSync(`${path}.tmp1`, "utf8")]).toEqual(["new", "theirs"]);
  });
});

describe("what is done outlives a crash of the machine", () => {
  const [target, steps] = ["kuberc", [] as string[]];
  const noting: Host = {
    ...nodeHost,
    fs: {
      ...nodeHost.fs,
      open: (file, options) => {
        const opened = nodeHost.fs.open(file, options);
        return { ...opened, sync: () => (steps.push("content"), opened.sync()) };
      },
      rename: (from, to) => (steps.push("rename"), nodeHost.fs.rename(from, to)),
      remove: (path) => (steps.push("remove"), nodeHost.fs.remove(path)),
      syncDirectory: (path) => (steps.push(`folder ${path}`), nodeHost.fs.syncDirectory(path)),
    },
  };
  beforeEach(() => steps.splice(0));

  test("the content is on the disk before it has its name, and the folder after that", () => {
    write(join(folder, target), noting);
    expect(steps).toEqual(["content", "rename", `folder ${folder}`]);
  });

  test("so is a removal", () => {
    writeFileSync(join(folder, target), "old");
    stageRemoval(noting, join(folder, target)).commit();
    expect(steps).toEqual(["remove", `folder ${folder}`]);
  });
});

describe("what fails changes nothing", () => {
  test("a folder is not replaced", () => {
    expect(() => write(folder)).toThrow(`open ${folder}: is a directory`);
  });

  test("a disk that is full leaves the old file and no other", () => {
    const path = join(folder, "kuberc");
    writeFileSync(path, "old");
    const full: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        open: (file, options) => {
          const opened = nodeHost.fs.open(file, options);
          return {
            ...opened,
            write: (content) => {
              opened.write(content.subarray(0, 1));
              throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
            },
          };
        },
      },
    };
    expect(() => write(path, full)).toThrow(`open ${path}: no space left on device`);
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["old", ["kuberc"]]);
  });

  test("a rename that fails leaves no temporary file", () => {
    const path = join(folder, "kuberc");
    const stuck: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        rename: () => {
          throw Object.assign(new Error("EACCES"), { code: "EACCES" });
        },
      },
    };
    expect(() => write(path, stuck)).toThrow("permission denied");
    expect(existsSync(path) || readdirSync(folder).length > 0).toBe(false);
  });
});

function refuseWith(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

describe("what is opened", () => {
  const FILE = "/home/u/kuberc";
  const TEMPORARY = /^\/home\/u\/\.kuberc\.kcfg-[0-9a-f]{16}\.tmp$/;

  interface Opened {
    readonly path: string;
    readonly options: OpenOptions;
    readonly done: string[];
  }

  /** A machine that notes what is done to every file that it opens; the old file has these facts. */
  function notingHost(
    old: Partial<FileFacts>,
    changes: Partial<OpenFile> = {},
  ): { host: Host; opened: Opened[] } {
    const usual = fakeHost({ files: { [FILE]: "old" } });
    const opened: Opened[] = [];
    const open: Host["fs"]["open"] = (path, options) => {
      const file = usual.fs.open(path, options);
      const done: string[] = [];
      opened.push({ path, options, done });
      const stat = (): FileFacts => ({
        ...file.stat(),
        user: 1,
        group: 1,
        ...(options.create === undefined && old),
      });
      return {
        ...file,
        stat,
        write: (content) => (done.push("write"), file.write(content)),
        changeMode: (mode) => (done.push(`mode ${mode.toString(8)}`), file.changeMode(mode)),
        changeOwner: (user, group) => void done.push(`owner ${user}:${group}`),
        sync: () => (done.push("sync"), file.sync()),
        close: () => (done.push("close"), file.close()),
        ...changes,
      };
    };
    return { host: { ...usual, fs: { ...usual.fs, open } }, opened };
  }

  const replace = (host: Host, mode = 0o640): void =>
    writeFileAtomically(host, FILE, Buffer.from("new"), mode);

  test("follows no link, is for the user alone until it is complete, has its mode before its content is safe, and is closed", () => {
    const { host, opened } = notingHost({ mode: 0o104_644 });
    replace(host);
    expect(opened).toEqual([
      { path: FILE, options: { follow: false }, done: ["close"] },
      {
        path: expect.stringMatching(TEMPORARY),
        options: { follow: false, create: { mode: 0o600 } },
        done: ["write", "mode 644", "sync", "close"],
      },
    ]);
    expect(isTemporaryOf("kuberc", opened[1]?.path.slice("/home/u/".length) ?? "")).toBe(true);
  });

  test("a new file gets the mode that is asked for", () => {
    const { host, opened } = notingHost({});
    host.fs.remove(FILE);
    replace(host, 0o640);
    expect(opened.map(({ done }) => done)).toEqual([["write", "mode 640", "sync", "close"]]);
  });

  test.each([
    [2, 1],
    [1, 2],
    [2, 2],
  ])("the file of user %d and group %d stays theirs", (user, group) => {
    const { host, opened } = notingHost({ user, group, mode: 0o100_600 });
    replace(host);
    expect(opened[1]?.done).toEqual(["write", `owner ${user}:${group}`, "mode 600", "sync", "close"]);
  });

  test("or is left alone where it cannot", () => {
    const { host, opened } = notingHost({ user: 2, group: 3 }, { changeOwner: refuseWith("EPERM") });
    expect(() => replace(host)).toThrow(
      `open ${FILE}: it belongs to user 2 and group 3, so it cannot be replaced`,
    );
    expect([host.fs.list("/home/u"), opened[1]?.done]).toEqual([["kuberc"], ["write", "sync", "close"]]);
  });

  test.each(["pipe", "socket", "device"] as const)("a %s is not replaced", (kind) => {
    const { host, opened } = notingHost({ kind });
    expect(() => replace(host)).toThrow(`open ${FILE}: is no regular file, so it cannot be replaced`);
    expect(opened.map(({ done }) => done)).toEqual([["close"]]);
  });

  test.each(["open", "checkWritable"] as const)("a file is not replaced that %s refuses", (name) => {
    const { host } = notingHost({});
    const refusing = { ...host, fs: { ...host.fs, [name]: refuseWith("EACCES") } };
    expect(() => replace(refusing)).toThrow(`open ${FILE}: permission denied`);
    expect(Buffer.from(host.fs.readFile(FILE, 10)).toString()).toBe("old");
  });
});

test.each([
  [".config.kcfg-0123456789abcdef.tmp", true],
  [".config.kcfg-0123456789abcdef.tmp1", false],
  [".config.kcfg-00123456789abcdef.tmp", false],
  [".config.kcfg-x0123456789abcdef.tmp", false],
  [".config.kcfg-0123456789abcde.tmp", false],
  [".config.kcfg-0123456789abcdeX.tmp", false],
  [".config.kcfg-", false],
  [".other1.kcfg-0123456789abcdef.tmp", false],
  ["config.kcfg-0123456789abcdef.tmp", false],
])("%s is a temporary file for config: %s", (name, isOne) => {
  expect(isTemporaryOf("config", name)).toBe(isOne);
});
