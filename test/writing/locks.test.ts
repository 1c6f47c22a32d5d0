import { execFileSync } from "node:child_process";
import { lstatSync, lutimesSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync } from "node:fs";
import { rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { FoundLock } from "../../src/writing/lock-file.ts";
import { findLock, makeLock, removeAbandoned } from "../../src/writing/lock-file.ts";
import type { LockOwner } from "../../src/writing/lock-owner.ts";
import { describeMachine, formatOwner, newOwner, parseOwner } from "../../src/writing/lock-owner.ts";
import type { HeldLocks } from "../../src/writing/locks.ts";
import { lockFiles } from "../../src/writing/locks.ts";
import { describeUnless, lackOfLinux } from "../support/unless.ts";

let folder = "";
let warnings: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-locks-"));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const lock = (files: readonly string[], timeout = 0, host: Host = nodeHost): Promise<HeldLocks> =>
  lockFiles(host, files.map(at), timeout, (message) => warnings.push(message));
const names = (): readonly string[] => readdirSync(folder).toSorted();

/** A process of this machine that runs no more. */
function deadPid(): number {
  return Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
}

function ownerWith(changes: Partial<LockOwner>): LockOwner {
  return { ...newOwner(nodeHost), ...changes };
}

/** The lock that is there now. */
function foundLock(): FoundLock {
  const found = findLock(nodeHost, at("config.lock"));
  if (found === undefined) {
    throw new Error("no lock is there");
  }
  return found;
}

function age(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(path, then, then);
}

describe("a lock", () => {
  test("is a file with the name that kubectl gives it, and gone after the release", async () => {
    const held = await lock(["config"]);
    expect(names()).toEqual(["config.lock"]);
    await held.release();
    expect(names()).toEqual([]);
  });

  test("tells the process, the machine and the place of its owner", async () => {
    const held = await lock(["config"]);
    expect(parseOwner(readlinkSync(at("config.lock")))).toMatchObject({
      pid: process.pid,
      machine: nodeHost.self.machine(),
      place: nodeHost.self.processNamespace(),
    });
    await held.release();
  });

  test("exists for a program that makes its lock as an ordinary file", async () => {
    const held = await lock(["config"]);
    expect(() => writeFileSync(at("config.lock"), "", { flag: "wx" })).toThrow("EEXIST");
    await held.release();
  });

  test("is made for every file of the list, under both names of a symbolic link, and once for two names of a file", async () => {
    mkdirSync(at("real"));
    symlinkSync("real/b", at("b"));
    const held = await lock(["c", "a", "b", "./a"]);
    expect([...names(), ...readdirSync(at("real"))]).toEqual([
      "a.lock",
      "b",
      "b.lock",
      "c.lock",
      "real",
      "b.lock",
    ]);
    await held.release();
    expect(names()).toEqual(["b", "real"]);
  });

  test("is an ordinary file where there are no symbolic links", async () => {
    const host: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        createLink: () => {
          throw Object.assign(new Error("EPERM"), { code: "EPERM" });
        },
      },
    };
    const held = await lock(["config"], 0, host);
    expect(lstatSync(at("config.lock")).isFile()).toBe(true);
    await expect(lock(["config"], 0, host)).rejects.toThrow(`kcfg (process ${process.pid} on `);
    await held.release();
    expect(names()).toEqual([]);
  });

  test("that is not this owner's any more is left alone at the release", async () => {
    const held = await lock(["config"]);
    rmSync(at("config.lock"));
    writeFileSync(at("config.lock"), "");
    await held.release();
    expect(names()).toEqual(["config.lock"]);
  });
});

describe("a lock that somebody holds", () => {
  test("is waited for", async () => {
    const held = await lock(["config"]);
    setTimeout(() => void held.release(), 120);
    const begin = Date.now();
    await (await lock(["config"], 5000)).release();
    expect(Date.now() - begin).toBeGreaterThanOrEqual(100);
  });

  test("is named in the error, with its age, its owner and how to remove it", async () => {
    const held = await lock(["config"]);
    await expect(lock(["config"])).rejects.toMatchObject({
      code: "ConfigLock",
      file: at("config.lock"),
      message: expect.stringMatching(
        new RegExp(
          `^cannot lock the kubeconfig: open ${at("config.lock")}: file exists; held for \\d+ms by kcfg \\(process ${process.pid} on \\S+\\), which runs still; .*rm ${at("config.lock")}$`,
        ),
      ),
    });
    await held.release();
  });

  test("is named as a folder if it is one: nothing removes that, however old it is", async () => {
    mkdirSync(at("config.lock"));
    utimesSync(at("config.lock"), 1, 1);
    await expect(lock(["config"])).rejects.toThrow(
      `cannot lock the kubeconfig: open ${at("config.lock")}: file exists; it is a folder, which kcfg does not remove; ` +
        `remove it with: rm -r ${at("config.lock")}`,
    );
    expect(names()).toEqual(["config.lock"]);
  });

  test("leaves no lock on the other files of the list", async () => {
    writeFileSync(at("b.lock"), "");
    await expect(lock(["a", "b", "c"], 80)).rejects.toThrow("b.lock: file exists; held for");
    expect(names()).toEqual(["b.lock"]);
  });

  test("of another machine is waited for, dead or not", async () => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid(), machine: "moon", place: "moon" }));
    await expect(lock(["config"])).rejects.toThrow("by kcfg (process");
  });
});

describe("a lock that was left behind", () => {
  test("by a kcfg that runs no more is taken away at once, without a word", async () => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid() }));
    const held = await lock(["config"], 1000);
    expect([names(), warnings]).toEqual([["config.lock"], []]);
    await held.release();
    expect(names()).toEqual([]);
  });

  test("by kubectl is taken away when it is five minutes old, with a warning", async () => {
    writeFileSync(at("config.lock"), "", { mode: 0 });
    age(at("config.lock"), 290);
    await expect(lock(["config"])).rejects.toThrow("kcfg removes it when it is 5m0s old");
    age(at("config.lock"), 301);
    await (await lock(["config"], 1000)).release();
    expect(warnings).toEqual([
      `warning: removed the lock ${at("config.lock")}, which kubectl or the like made 5m1s ago and left behind`,
    ]);
    expect(names()).toEqual([]);
  });

  test("is taken away when a kcfg died while it took it away", async () => {
    const owner = ownerWith({ pid: deadPid() });
    makeLock(nodeHost, at("config.lock"), owner);
    const found = foundLock();
    const dying: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        remove: () => {
          throw new Error("killed");
        },
      },
    };
    expect(() => removeAbandoned(dying, found, ownerWith({ pid: deadPid() }))).toThrow("killed");
    expect(names()).toHaveLength(2);
    await (await lock(["config"], 1000)).release();
    expect(names()).toEqual([]);
  });

  test("is not confused with the new lock of a process that was faster", () => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid() }));
    const found = foundLock();
    rmSync(at("config.lock"));
    const faster = ownerWith({});
    makeLock(nodeHost, at("config.lock"), faster);
    removeAbandoned(nodeHost, found, ownerWith({}));
    expect(readlinkSync(at("config.lock"))).toBe(formatOwner(faster));
    expect(names()).toEqual(["config.lock"]);
  });
});

describe("where no lock can be made", () => {
  test("the file is reported, and the others are locked", async () => {
    const held = await lock(["missing/config", "config"]);
    expect([...held.refusals].map(([file, { message }]) => [file, message])).toEqual([
      [at("missing/config"), `open ${at("missing/config.lock")}: no such file or directory`],
    ]);
    expect(names()).toEqual(["config.lock"]);
    await held.release();
  });

  test("because the disk is full, nothing is locked", async () => {
    const host: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        createLink: (path, target) => {
          if (path.endsWith("b.lock")) {
            throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
          }
          nodeHost.fs.createLink(path, target);
        },
      },
    };
    await expect(lock(["a", "b"], 0, host)).rejects.toThrow(`open ${at("b.lock")}: no space left on device`);
    expect(names()).toEqual([]);
  });
});

test("a signal handler is there only while locks are held", async () => {
  const before = process.listenerCount("SIGTERM");
  const held = await lock(["config"]);
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await held.release();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

// Linux alone reports when processes started.
const describeOnLinux = describeUnless(lackOfLinux);

describeOnLinux("a lock whose process number is in use again", () => {
  const HOUR = 3600;

  test.each<readonly [string, Partial<LockOwner>]>([
    ["by a process that started at another time", { started: "1" }],
    ["by this very process, in a container that was started again", { pid: process.pid, started: "1" }],
  ])("%s is taken away at once, without a word", async (_name, owner) => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: process.ppid, ...owner }));
    await (await lock(["config"], 1000)).release();
    expect([names(), warnings]).toEqual([[], []]);
  });

  test("and that does not say when its process started, is taken away if that was after it was made", async () => {
    const { started: _left, ...old } = ownerWith({ pid: process.ppid });
    makeLock(nodeHost, at("config.lock"), old);
    await expect(lock(["config"])).rejects.toThrow("which runs still");
    const then = Date.now() / 1000 - 10_000 * HOUR;
    lutimesSync(at("config.lock"), then, then);
    await (await lock(["config"], 1000)).release();
    expect([names(), warnings]).toEqual([[], []]);
  });

  test("is respected while its process runs, however old it is", async () => {
    const started = nodeHost.self.startOf(process.ppid)?.mark;
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: process.ppid, started }));
    const then = Date.now() / 1000 - HOUR;
    lutimesSync(at("config.lock"), then, then);
    await expect(lock(["config"])).rejects.toThrow("which runs still");
  });

  test("is respected where the system does not report when processes started", async () => {
    const host: Host = { ...nodeHost, self: { ...nodeHost.self, startOf: () => undefined } };
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: process.ppid, started: "1" }));
    await expect(lock(["config"], 0, host)).rejects.toThrow("which runs still");
  });
});

describe("what is no lock of kcfg's, and stands in the way", () => {
  test("a claim that is a pipe, or a folder, keeps nobody longer than asked for", async () => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid() }));
    const found = foundLock();
    let claim = "";
    const watching: Host = {
      ...nodeHost,
      fs: { ...nodeHost.fs, createLink: (path) => void (claim = path) },
    };
    removeAbandoned(watching, found, ownerWith({}));
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid(), serial: "2" }));
    for (const make of [(): void => void execFileSync("mkfifo", [claim]), (): void => mkdirSync(claim)]) {
      rmSync(at("config.lock"), { force: true });
      symlinkSync(formatOwner(found.owner ?? ownerWith({})), at("config.lock"));
      make();
      await expect(lock(["config"], 100)).rejects.toThrow("config.lock: file exists");
      rmSync(claim, { recursive: true });
    }
  });

  test("locks that are made again as soon as they are removed do not keep the event loop from turning", async () => {
    const host: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        remove: (path) => {
          nodeHost.fs.remove(path);
          if (path === at("config.lock")) {
            makeLock(nodeHost, path, ownerWith({ pid: 999_999_999 }));
          }
        },
      },
    };
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: 999_999_999 }));
    await expect(lock(["config"], 100, host)).rejects.toThrow("config.lock: file exists");
  });

  test("in a read-only folder, it is named as well when it was left behind", async () => {
    makeLock(nodeHost, at("config.lock"), ownerWith({ pid: deadPid() }));
    const host: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        createLink: (path) => {
          throw Object.assign(new Error("no"), { code: path === at("config.lock") ? "EEXIST" : "EROFS" });
        },
      },
    };
    await expect(lock(["config"], 0, host)).rejects.toThrow("config.lock: file exists");
  });

  test("its text is shown only as far as it is the name of a machine", () => {
    const owner = ownerWith({ machine: `\u001B]0;x\u0007\n${"x".repeat(5000)}` });
    expect(describeMachine(owner)).toMatch(/^\?\?0\?x\?\?x{1,300}$/);
    expect(parseOwner(formatOwner(owner))).toBeUndefined();
  });
});
