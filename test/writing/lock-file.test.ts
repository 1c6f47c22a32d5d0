import type { Host } from "../../src/host/host.ts";
import type { FoundLock } from "../../src/writing/lock-file.ts";
import {
  ABANDONED_AFTER,
  findLock,
  isAbandoned,
  makeLock,
  removeAbandoned,
  removeLock,
} from "../../src/writing/lock-file.ts";
import type { LockOwner } from "../../src/writing/lock-owner.ts";
import { describeMachine, formatOwner, isDead, newOwner, parseOwner } from "../../src/writing/lock-owner.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "../../src/writing/locks.ts";
import { fakeHost } from "../support/fake-host.ts";

const LOCK = "/here/config.lock";
const me: LockOwner = { pid: 4711, machine: "fake", place: "fake", serial: "1", started: "s" };
const text = (owner: LockOwner): string => formatOwner(owner);

type Fs = Host["fs"];

/** A machine with the folder of the locks. */
function machine(files: Readonly<Record<string, string | null>> = {}): Host {
  return fakeHost({ files: { "/here": null, ...files } });
}

function faulty(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

/** A machine with some functions of its own. */
function hostWith(fs: (usual: Fs) => Partial<Fs>, self: Partial<Host["self"]> = {}, usual = machine()): Host {
  return { ...usual, fs: { ...usual.fs, ...fs(usual.fs) }, self: { ...usual.self, ...self } };
}

function found(fields: Partial<FoundLock> = {}): FoundLock {
  return { path: LOCK, age: 0, made: 0, owner: undefined, identity: "i", isFolder: false, ...fields };
}

/** The claim on the lock that is there: the place where a remover makes it. */
function claimOn(lock: FoundLock): string {
  let claim = "";
  removeAbandoned(
    hostWith(() => ({ createLink: (path) => void (claim = path) })),
    lock,
    me,
  );
  return claim;
}

/** The lock of a kubectl that runs. */
function kubectls(): Host {
  const usual = machine({ [LOCK]: "" });
  return hostWith((fs) => ({ lookAt: (path) => ({ ...fs.lookAt(path), modified: usual.now() }) }), {}, usual);
}

function waiting(host: Host): { readonly host: Host; readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    host: hostWith(() => ({}), { sleep: (pause) => (pauses.push(pause), Promise.resolve()) }, host),
    pauses,
  };
}

async function said(age: number, owner?: LockOwner, path = "/here/config"): Promise<string> {
  const usual = machine({ [`${path}.lock`]: owner === undefined ? "" : text(owner) });
  const host = hostWith(
    (fs) => ({ lookAt: (at) => ({ ...fs.lookAt(at), modified: usual.now() - age }) }),
    {},
    usual,
  );
  return lockFiles(host, [path], 0, () => undefined).then(
    () => "locked",
    (error: Error) => error.message,
  );
}

describe("making a lock", () => {
  test("a link that leads to its owner", () => {
    const host = machine();
    expect(makeLock(host, LOCK, me)).toBe(true);
    expect(host.fs.readLink(LOCK)).toBe(text(me));
    expect(makeLock(host, LOCK, me)).toBe(false);
  });

  test.each(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL"])(
    "where links are refused with %s, a file for its owner alone, through no link, that is closed",
    (code) => {
      const events: string[] = [];
      const host = hostWith((usual) => ({
        createLink: faulty(code),
        open: (path, options) => {
          expect(options).toEqual({ follow: false, create: { mode: 0o600 } });
          const file = usual.open(path, options);
          return {
            ...file,
            write: (data) => (events.push("write"), file.write(data)),
            close: () => (events.push("close"), file.close()),
          };
        },
      }));
      expect(makeLock(host, LOCK, me)).toBe(true);
      expect(Buffer.from(host.fs.readFile(LOCK, 4096)).toString()).toBe(text(me));
      expect(events).toEqual(["write", "close"]);
      expect(makeLock(host, LOCK, me)).toBe(false);
    },
  );

  test("other errors are told, of links and of files", () => {
    expect(() =>
      makeLock(
        hostWith(() => ({ createLink: faulty("EIO") })),
        LOCK,
        me,
      ),
    ).toThrow("EIO");
    const host = hostWith(() => ({ createLink: faulty("EPERM"), open: faulty("EACCES") }));
    expect(() => makeLock(host, LOCK, me)).toThrow("EACCES");
  });
});

describe("finding a lock", () => {
  test("none", () => {
    expect(findLock(machine(), LOCK)).toBeUndefined();
  });

  test("the same by a file as by a link", () => {
    const link = machine();
    link.fs.createLink(LOCK, text(me));
    const file = machine({ [LOCK]: text(me) });
    for (const host of [link, file]) {
      expect(findLock(host, LOCK)).toMatchObject({
        path: LOCK,
        owner: me,
        identity: text(me),
        isFolder: false,
      });
    }
  });

  test.each([
    ["an empty file, as kubectl makes it", ""],
    ["one that is no lock of kcfg's", "x"],
    ["one that is longer than any of kcfg's", text(me) + "&".repeat(4097 - text(me).length)],
  ])("%s has no owner, and is known by what the file system says", (_name, content) => {
    const host = machine({ [LOCK]: content });
    const { identity } = host.fs.lookAt(LOCK);
    expect(findLock(host, LOCK)).toMatchObject({ owner: undefined, identity });
  });

  test("one that is as long as they can be has one", () => {
    const content = text(me) + "&".repeat(4096 - text(me).length);
    expect(findLock(machine({ [LOCK]: content }), LOCK)?.owner).toEqual(me);
  });

  test.each(["pipe", "socket", "device"] as const)("of a %s nothing is read", (kind) => {
    const usual = machine({ [LOCK]: text(me) });
    const [reads, closed]: [string[], string[]] = [[], []];
    const host = hostWith(
      (fs) => ({
        open: (path, options) => {
          expect(options.follow).toBe(false);
          const file = fs.open(path, options);
          return {
            ...file,
            stat: () => ({ ...file.stat(), kind }),
            read: () => (reads.push(path), file.read(4096)),
            close: () => (closed.push(path), file.close()),
          };
        },
      }),
      {},
      usual,
    );
    expect(findLock(host, LOCK)).toMatchObject({ owner: undefined });
    expect([reads, closed]).toEqual([[], [LOCK]]);
  });

  test("one that may not be read is there, without an owner", () => {
    const host = hostWith(() => ({ open: faulty("EACCES") }), {}, machine({ [LOCK]: "" }));
    expect(findLock(host, LOCK)).toMatchObject({ owner: undefined });
  });

  test("one that goes while it is looked at is not there", () => {
    const host = hostWith(() => ({ open: faulty("ENOENT") }), {}, machine({ [LOCK]: "" }));
    expect(findLock(host, LOCK)).toBeUndefined();
  });

  test("other errors are told", () => {
    expect(() =>
      findLock(
        hostWith(() => ({ lookAt: faulty("EIO") })),
        LOCK,
      ),
    ).toThrow("EIO");
  });

  test("a folder is one", () => {
    const host = machine({ [LOCK]: null });
    expect(findLock(host, LOCK)).toMatchObject({ isFolder: true, owner: undefined });
  });

  test("its age counts from when it was made, also if that is in the future", () => {
    const host = machine({ [LOCK]: "" });
    const at = (modified: number): number | undefined =>
      findLock(
        hostWith((fs) => ({ lookAt: (path) => ({ ...fs.lookAt(path), modified }) }), {}, host),
        LOCK,
      )?.age;
    expect([at(host.now() - 5), at(host.now() + 7)]).toEqual([5, 7]);
  });
});

describe("a lock is abandoned", () => {
  const host = machine();
  const dead = { ...me, pid: 1 };

  test("without an owner after five minutes", () => {
    expect(ABANDONED_AFTER).toBe(300_000);
    expect([299_999, 300_000].map((age) => isAbandoned(host, found({ age })))).toEqual([false, true]);
  });

  test("of another machine after five minutes, though nothing of that number runs here", () => {
    const owner = { ...dead, place: "other" };
    expect([299_999, 300_000].map((age) => isAbandoned(host, found({ owner, age })))).toEqual([false, true]);
    expect(isDead(host, owner, 0)).toBe(false);
  });

  test("at once when its owner has ended, and never while it runs", () => {
    expect(isAbandoned(host, found({ owner: dead }))).toBe(true);
    expect(isAbandoned(host, found({ owner: me, age: 1e9 }))).toBe(false);
  });

  test.each([
    ["the same start", "s", true, false],
    ["another start", "t", true, true],
    ["a start before it was made", undefined, -5000, false],
    ["a start as late as clocks may differ", undefined, 2000, false],
    ["a start after that", undefined, 2001, true],
  ])("by a process of its number with %s", (_name, started, start, isIt) => {
    const made = 1_000_000;
    const time = typeof start === "number" ? made + start : 0;
    const running = hostWith(() => ({}), { startOf: () => ({ mark: "s", time }) });
    const { started: _none, ...old } = me;
    expect(isDead(running, started === undefined ? old : { ...me, started }, made)).toBe(isIt);
  });

  test("not where the start of a process is not known", () => {
    expect(isDead(host, { ...me, started: "t" }, 0)).toBe(false);
  });
});

describe("removing", () => {
  test("only the lock of this owner", () => {
    const host = machine();
    makeLock(host, LOCK, me);
    removeLock(host, LOCK, { ...me, serial: "2" });
    expect(findLock(host, LOCK)).toBeDefined();
    removeLock(host, LOCK, me);
    expect(findLock(host, LOCK)).toBeUndefined();
  });

  const old = { ...me, pid: 1, serial: "old" };

  function abandoned(): { readonly host: Host; readonly lock: FoundLock } {
    const host = machine();
    makeLock(host, LOCK, old);
    const lock = findLock(host, LOCK);
    if (lock === undefined) {
      throw new Error("no lock is there");
    }
    return { host, lock };
  }

  test("the claim has the name that every version gives it, by FNV-1a of two seeds", () => {
    expect(claimOn(found({ identity: "" }))).toBe(`${LOCK}.811c9dc501000193`);
    expect(claimOn(found({ identity: "a" }))).toBe(`${LOCK}.e40c292c85030ff6`);
    expect(claimOn(found({ identity: "\u00e9" }))).not.toBe(claimOn(found({ identity: "e" })));
  });

  test("an abandoned lock, and the claim with it", () => {
    const { host, lock } = abandoned();
    expect(removeAbandoned(host, lock, me)).toBe(true);
    expect(host.fs.list("/here")).toEqual([]);
  });

  test("not a lock that was made since", () => {
    const { host, lock } = abandoned();
    host.fs.remove(LOCK);
    makeLock(host, LOCK, { ...me, serial: "new" });
    expect(removeAbandoned(host, lock, me)).toBe(false);
    expect(host.fs.list("/here")).toEqual(["config.lock"]);
    host.fs.remove(LOCK);
    expect(removeAbandoned(host, lock, me)).toBe(false);
  });

  test("not while another process, which runs, has the claim", () => {
    const { host, lock } = abandoned();
    const claim = claimOn(lock);
    makeLock(host, claim, { ...me, serial: "other" });
    expect(removeAbandoned(host, lock, me)).toBe(false);
    expect(host.fs.list("/here")).toHaveLength(2);
  });

  test("a claim that was left behind, first", () => {
    const { host, lock } = abandoned();
    makeLock(host, claimOn(lock), { ...old, serial: "remover" });
    expect(removeAbandoned(host, lock, me)).toBe(false);
    expect(host.fs.list("/here")).toEqual(["config.lock"]);
    expect(removeAbandoned(host, lock, me)).toBe(true);
  });

  test("eight claims on claims are followed, and no more", () => {
    const left = [8, 9].map((count) => {
      const { host, lock } = abandoned();
      let last = lock;
      for (let depth = 0; depth < count; depth++) {
        const claim = claimOn(last);
        makeLock(host, claim, { ...old, serial: `remover ${depth}` });
        last = findLock(host, claim) ?? last;
      }
      removeAbandoned(host, lock, me);
      return host.fs.list("/here").length;
    });
    expect(left).toEqual([8, 10]);
  });

  test("nothing where no claim can be made", () => {
    const { host, lock } = abandoned();
    const readOnly = hostWith(() => ({ createLink: faulty("EROFS") }), {}, host);
    expect(removeAbandoned(readOnly, lock, me)).toBe(false);
    expect(host.fs.list("/here")).toEqual(["config.lock"]);
  });

  test.each(["EACCES", "EBUSY", "EISDIR", "EPERM", "EROFS"])("not what is refused with %s", (code) => {
    const { host, lock } = abandoned();
    const refusing = hostWith(
      (fs) => ({ remove: (path) => (path === LOCK ? faulty(code)() : fs.remove(path)) }),
      {},
      host,
    );
    expect(removeAbandoned(refusing, lock, me)).toBe(false);
    expect(host.fs.list("/here")).toEqual(["config.lock"]);
  });

  test("other errors are told, and the claim does not stay", () => {
    const { host, lock } = abandoned();
    const faultyHost = hostWith(
      (fs) => ({ remove: (path) => (path === LOCK ? faulty("EIO")() : fs.remove(path)) }),
      {},
      host,
    );
    expect(() => removeAbandoned(faultyHost, lock, me)).toThrow("EIO");
    expect(host.fs.list("/here")).toEqual(["config.lock"]);
  });
});

describe("an owner", () => {
  test("is another one for each lock of a process", () => {
    const host = machine();
    const [one, two] = [newOwner(host), newOwner(host)];
    expect(one).toEqual({ pid: 4711, machine: "fake", place: "fake", serial: one.serial });
    expect(one.serial).toMatch(/^[0-9a-z]+-[1-9]\d*$/);
    expect(Number(two.serial.split("-")[1])).toBe(Number(one.serial.split("-")[1]) + 1);
  });

  test("says when its process started, where that is known", () => {
    const host = hostWith(() => ({}), { startOf: (pid) => ({ mark: `of ${pid}`, time: 0 }) });
    expect(newOwner(host).started).toBe("of 4711");
  });

  test("is read as it is written", () => {
    const odd = { ...me, machine: "a&b=c%/ é", serial: "\n" };
    expect(parseOwner(text(odd))).toEqual(odd);
    const { started: _none, ...old } = me;
    expect(text(old)).toBe("kcfg-lock:pid=4711&machine=fake&place=fake&serial=1");
    expect(parseOwner(text(old))).toEqual(old);
  });

  test.each([
    ["another beginning", text(me).slice(1)],
    ["no beginning", text(me).slice("kcfg-lock:".length)],
    ["no pid", text(me).replace("pid=4711&", "")],
    ["an empty pid", text(me).replace("4711", "")],
    ["the pid 0", text(me).replace("4711", "0")],
    ["a pid with a sign", text(me).replace("4711", "-1")],
    ["a pid that ends in a letter", text(me).replace("4711", "1x")],
    ["a pid that begins with a letter", text(me).replace("4711", "x1")],
    ["a pid of eleven digits", text(me).replace("4711", "12345678901")],
    ["no machine", text(me).replace("machine=fake", "")],
    ["no place", text(me).replace("place=fake", "")],
    ["no serial", text(me).replace("serial=1", "")],
    ["more than a link can hold", text(me) + "&".repeat(4097 - text(me).length)],
  ])("is none with %s", (_name, content) => {
    expect(parseOwner(content)).toBeUndefined();
  });

  test("may be as long as a link can be", () => {
    expect(parseOwner(text(me) + "&".repeat(4096 - text(me).length))).toEqual(me);
  });

  test("has a machine whose name is fit for a message, as long as one can be", () => {
    expect(describeMachine({ ...me, machine: "a\u001b[1m é.b:c-d_e" })).toBe("a??1m??.b:c-d_e");
    expect(describeMachine({ ...me, machine: "m".repeat(300) })).toBe("m".repeat(253));
  });
});

describe("waiting for a lock", () => {
  test("takes ten seconds at most, unless something else is asked for", () => {
    expect(DEFAULT_LOCK_TIMEOUT).toBe(10_000);
  });

  test("pauses are of 5 to 60 ms, and as many as fit in the timeout where the clock stands still", async () => {
    const { host, pauses } = waiting(kubectls());
    await expect(lockFiles(host, ["/here/config"], 1000, () => undefined)).rejects.toThrow("file exists");
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeCloseTo(1000);
    expect(pauses.slice(0, -1).every((pause) => pause >= 5 && pause <= 60)).toBe(true);
    expect(pauses.length).toBeGreaterThan(15);
  });

  test.each([
    [0, 5],
    [1, 60],
  ])("where chance is %d the pause is of %d ms", async (chance, pause) => {
    const random = jest.spyOn(Math, "random").mockReturnValue(chance);
    const { host, pauses } = waiting(kubectls());
    await expect(lockFiles(host, ["/here/config"], 100, () => undefined)).rejects.toThrow("file exists");
    random.mockRestore();
    expect(pauses[0]).toBe(pause);
  });

  test("without a timeout there is one attempt", async () => {
    const { host, pauses } = waiting(kubectls());
    await expect(lockFiles(host, ["/here/config"], 0, () => undefined)).rejects.toThrow("file exists");
    expect(pauses).toEqual([]);
  });

  test("a timeout of a millisecond is waited for", async () => {
    const { host, pauses } = waiting(kubectls());
    await expect(lockFiles(host, ["/here/config"], 1, () => undefined)).rejects.toThrow("file exists");
    expect(pauses).toEqual([1]);
  });

  test("a hundred locks that were left behind are removed without a pause, and no more", async () => {
    let made = 0;
    const usual = machine();
    const { host, pauses } = waiting(
      hostWith(
        (fs) => ({
          remove: (path) => {
            fs.remove(path);
            if (path === "/here/config.lock") {
              made++;
              makeLock(usual, path, { ...me, pid: 1, serial: `${made}` });
            }
          },
        }),
        {},
        usual,
      ),
    );
    makeLock(usual, "/here/config.lock", { ...me, pid: 1 });
    await expect(lockFiles(host, ["/here/config"], 0, () => undefined)).rejects.toThrow("file exists");
    expect([made, pauses]).toEqual([101, []]);
  });

  test("a lock that went as soon as it was met is waited for, as one of now that nobody owns", async () => {
    const usual = machine();
    const { host } = waiting(hostWith(() => ({ createLink: faulty("EEXIST") }), {}, usual));
    await expect(lockFiles(host, ["/here/config"], 0, () => undefined)).rejects.toThrow(
      "config.lock: file exists; held for 0ms by kubectl or the like; kcfg removes it when it is 5m0s old",
    );
  });
});

describe("files that cannot be locked", () => {
  test.each(["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "ENAMETOOLONG"])(
    "for %s are reported, and the others are locked",
    async (code) => {
      const usual = machine();
      const host = hostWith(
        (fs) => ({
          createLink: (path, target) =>
            path.startsWith("/here/a") ? faulty(code)() : fs.createLink(path, target),
          open: (path, options) => (path.startsWith("/here/a") ? faulty(code)() : fs.open(path, options)),
        }),
        {},
        usual,
      );
      const locks = await lockFiles(host, ["/here/a", "/here/b"], 0, () => undefined);
      expect([...locks.refusals.keys()]).toEqual(["/here/a"]);
      expect(usual.fs.list("/here")).toEqual(["b.lock"]);
      await locks.release();
      expect(usual.fs.list("/here")).toEqual([]);
    },
  );

  test("let go of signals as well, where nothing could be locked", async () => {
    const calls: string[] = [];
    const host = hostWith(() => ({ createLink: faulty("EIO") }), {
      beforeEnd: () => (calls.push("begin"), () => (calls.push("end"), Promise.resolve())),
    });
    await expect(lockFiles(host, ["/here/a"], 0, () => undefined)).rejects.toThrow("open /here/a.lock");
    expect(calls).toEqual(["begin", "end"]);
  });

  test("are not those without a name", async () => {
    const usual = machine();
    const locks = await lockFiles(usual, ["", "/here/a"], 0, () => undefined);
    expect(usual.fs.list("/here")).toEqual(["a.lock"]);
    await locks.release();
  });

  test("for a time are not reported once they are locked", async () => {
    const usual = machine({ "/here/b.lock": "" });
    let attempts = 0;
    const host = hostWith(
      (fs) => ({
        createLink: (path, target) => {
          attempts += path === "/here/a.lock" ? 1 : 0;
          return path === "/here/a.lock" && attempts === 1 ? faulty("EACCES")() : fs.createLink(path, target);
        },
        lookAt: (path) => ({ ...fs.lookAt(path), modified: usual.now() }),
      }),
      { sleep: () => Promise.resolve(usual.fs.remove("/here/b.lock")) },
      usual,
    );
    const locks = await lockFiles(host, ["/here/a", "/here/b"], 1000, () => undefined);
    expect([attempts, locks.refusals.size, usual.fs.list("/here")]).toEqual([2, 0, ["a.lock", "b.lock"]]);
    await locks.release();
  });

  test("for another reason stop the rest, and no lock stays", async () => {
    const usual = machine();
    const host = hostWith(
      (fs) => ({
        createLink: (path, target) =>
          path.startsWith("/here/b") ? faulty("EIO")() : fs.createLink(path, target),
      }),
      {},
      usual,
    );
    await expect(lockFiles(host, ["/here/a", "/here/b"], 0, () => undefined)).rejects.toThrow(
      "open /here/b.lock",
    );
    expect(usual.fs.list("/here")).toEqual([]);
  });
});

describe("what is said of a lock", () => {
  test.each([
    [350.4, "350ms"],
    [999.4, "999ms"],
    [1000, "1s"],
    [59_999, "59s"],
    [60_000, "1m0s"],
    [299_999, "4m59s"],
  ])("an age of %d ms is %s", async (age, shown) => {
    expect(await said(age)).toContain(`held for ${shown} by kubectl or the like;`);
  });

  test("hours, of one whose owner runs", async () => {
    expect(await said(3_599_000, me)).toContain(
      "held for 59m59s by kcfg (process 4711 on fake), which runs still;",
    );
    expect(await said(3_600_000, me)).toContain("held for 1h0m by ");
    expect(await said(12_000_000, me)).toContain("held for 3h20m by ");
  });

  test("of another machine's it is not known whether its owner runs", async () => {
    expect(await said(1000, { ...me, place: "other" })).toContain(
      "by kcfg (process 4711 on fake); if nothing",
    );
  });

  test("the command that removes it is for a shell", async () => {
    expect(await said(0)).toContain("remove the lock with: rm /here/config.lock");
    expect(await said(0, undefined, "/here/it's $x")).toContain(`rm '/here/it'\\''s $x.lock'`);
    expect(await said(0, undefined, "/here/a b")).toContain("rm '/here/a b.lock'");
  });

  test("a removal is told where the owner might run", async () => {
    const told = async (age: number, owner?: LockOwner): Promise<readonly string[]> => {
      const warnings: string[] = [];
      const usual = machine({ [LOCK]: owner === undefined ? "" : text(owner) });
      const host = hostWith(
        (fs) => ({ lookAt: (at) => ({ ...fs.lookAt(at), modified: usual.now() - age }) }),
        {},
        usual,
      );
      await (await lockFiles(host, ["/here/config"], 0, (message) => warnings.push(message))).release();
      return warnings;
    };
    expect(await told(301_000)).toEqual([
      `warning: removed the lock ${LOCK}, which kubectl or the like made 5m1s ago and left behind`,
    ]);
    expect(await told(301_000, { ...me, place: "other" })).toEqual([
      `warning: removed the lock ${LOCK}, which kcfg (process 4711 on fake) made 5m1s ago and left behind`,
    ]);
    expect(await told(0, { ...me, pid: 1 })).toEqual([]);
  });
});
