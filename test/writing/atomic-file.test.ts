import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { stageRemoval, writeFileAtomically } from "../../src/writing/atomic-file.ts";

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
