import { execFileSync, spawn } from "node:child_process";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeHost } from "../../src/host/node-host.ts";
import { NO_DATA, TOO_LARGE } from "../../src/host/open-file.ts";
import { thrownBy } from "../support/fake-host.ts";
import { lackOfLinux, lackOfPosix, testUnless } from "../support/unless.ts";

const MIB = 1024 * 1024;
const { fs } = nodeHost;
const folder = mkdtempSync(join(tmpdir(), "kcfg-open-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const onPosix = testUnless(lackOfPosix);
const onLinux = testUnless(lackOfLinux);

let count = 0;
function place(): string {
  count += 1;
  return join(folder, String(count));
}

function fileWith(content: string | Uint8Array): string {
  const path = place();
  writeFileSync(path, content);
  return path;
}

function fifo(): string {
  const path = place();
  execFileSync("mkfifo", [path]);
  return path;
}

/** Runs a shell command that goes on while this process reads. */
function meanwhile(command: string): void {
  spawn("sh", ["-c", command], { stdio: "ignore", detached: true }).unref();
}

function text(data: Uint8Array): string {
  return Buffer.from(data).toString();
}

function timed(run: () => unknown): readonly [result: unknown, seconds: number] {
  const start = Date.now();
  const result = run();
  return [result, (Date.now() - start) / 1000];
}

function kindOf(path: string): string {
  const file = fs.open(path, { follow: true });
  try {
    return file.stat().kind;
  } finally {
    file.close();
  }
}

describe("reading a regular file", () => {
  test.each([0, 1, 65_535, 65_536, 65_537, MIB, 3 * MIB])("gives all %d bytes of it", (size) => {
    const content = Buffer.alloc(size, "abc");
    expect(Buffer.compare(fs.readFile(fileWith(content), size), content)).toBe(0);
  });

  test("refuses one that is larger than allowed, however little", () => {
    const error = thrownBy(() => fs.readFile(fileWith("12345"), 4));
    expect(error).toMatchObject({ code: TOO_LARGE, message: expect.stringContaining("larger than 4 bytes") });
  });

  test("refuses a huge one before anything is read", () => {
    const path = fileWith("");
    truncateSync(path, 1024 * MIB * 1024);
    const [error, seconds] = timed(() => thrownBy(() => fs.readFile(path, 256 * MIB)));
    expect(error).toMatchObject({ code: TOO_LARGE, message: expect.stringContaining("256 MiB") });
    expect(seconds).toBeLessThan(1);
  });

  onLinux("does not believe the size of a file that the system makes up", () => {
    expect(statSync("/proc/self/status").size).toBe(0);
    expect(text(fs.readFile("/proc/self/status", MIB))).toContain("VmPeak");
    expect(thrownBy(() => fs.readFile("/proc/self/pagemap", 16 * MIB))).toHaveProperty("code", TOO_LARGE);
  });

  onPosix("follows a symbolic link, and says that a folder is one", () => {
    const link = place();
    symlinkSync(fileWith("there"), link);
    expect(text(fs.readFile(link, 10))).toBe("there");
    expect(thrownBy(() => fs.readFile(folder, 10))).toHaveProperty("code", "EISDIR");
  });
});

describe("reading a device", () => {
  onPosix("ends where it ends", () => {
    expect(fs.readFile("/dev/null", 10)).toHaveLength(0);
  });

  onPosix.each(["/dev/zero", "/dev/urandom"])("gives %s up after 16 MiB, whatever is allowed", (path) => {
    const error = thrownBy(() => fs.readFile(path, 256 * MIB));
    expect(error).toMatchObject({ code: TOO_LARGE, message: expect.stringContaining("16 MiB") });
  });

  onLinux("gives one up that has nothing to give", () => {
    const [error, seconds] = timed(() => thrownBy(() => fs.readFile("/dev/ptmx", MIB)));
    expect(error).toMatchObject({ code: NO_DATA, message: "no data for 2 seconds" });
    expect(seconds).toBeLessThan(10);
  });
});

describe("reading a named pipe", () => {
  onPosix("gives it up if nobody writes to it", () => {
    const path = fifo();
    const [error, seconds] = timed(() => thrownBy(() => fs.readFile(path, MIB)));
    expect(error).toMatchObject({ code: NO_DATA, message: expect.stringContaining("no process writes") });
    expect(seconds).toBeLessThan(10);
  });

  onPosix("waits for a writer, and for what it writes", () => {
    const path = fifo();
    meanwhile(`sleep 0.5; { echo one; sleep 3; echo two; } > '${path}'`);
    expect(text(fs.readFile(path, MIB))).toBe("one\ntwo\n");
  });

  onPosix("reads no more than allowed of it", () => {
    const path = fifo();
    meanwhile(`yes > '${path}'`);
    expect(thrownBy(() => fs.readFile(path, MIB))).toHaveProperty("code", TOO_LARGE);
  });
});

describe("an open file", () => {
  onPosix("is opened without waiting, and knows what it is", () => {
    expect([fifo(), folder, "/dev/null", fileWith("x")].map(kindOf)).toEqual([
      "pipe",
      "directory",
      "device",
      "file",
    ]);
  });

  onPosix("is no symbolic link where none is followed", () => {
    const link = place();
    symlinkSync(fileWith("x"), link);
    expect(thrownBy(() => fs.open(link, { follow: false }))).toHaveProperty("code", "ELOOP");
    fs.open(link, { follow: true }).close();
  });

  onPosix("stays the one that was opened when its name leads elsewhere", () => {
    const path = fileWith("first");
    const other = fileWith("other");
    const old = fs.open(path, { follow: false, access: "readwrite" });
    const { identity } = old.stat();
    renameSync(path, `${path}.old`);
    symlinkSync(other, path);
    old.changeMode(0o600);
    old.write(Buffer.from("again"));
    old.close();
    expect(lstatSync(`${path}.old`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${path}.old`, "utf8")).toBe("again");
    expect(readFileSync(other, "utf8")).toBe("other");
    expect(fs.stat(`${path}.old`).identity).toBe(identity);
    expect(fs.stat(path).identity).not.toBe(identity);
  });

  onPosix.each([0o600, 0o644, 0o666, 0])(
    "is created with exactly the mode %o, whatever the umask",
    (mode) => {
      const path = place();
      const umask = process.umask(0o077);
      try {
        const file = fs.open(path, { follow: false, create: { mode } });
        file.write(Buffer.from("new"));
        file.sync();
        file.close();
      } finally {
        process.umask(umask);
      }
      expect(statSync(path).mode & 0o7777).toBe(mode);
      expect(statSync(path).size).toBe(3);
    },
  );

  onPosix("is created only where nothing is, not even a link to nowhere", () => {
    const link = place();
    symlinkSync(join(folder, "nowhere"), link);
    for (const path of [link, fileWith(""), fifo()]) {
      const error = thrownBy(() => fs.open(path, { follow: true, create: { mode: 0o600 } }));
      expect(error).toHaveProperty("code", "EEXIST");
    }
    expect(thrownBy(() => statSync(join(folder, "nowhere")))).toHaveProperty("code", "ENOENT");
  });

  onPosix("tells its modes, owner, size and names", () => {
    const path = fileWith("four");
    linkSync(path, `${path}.too`);
    const file = fs.open(path, { follow: false });
    file.changeMode(0o4711);
    expect(file.stat()).toMatchObject({
      kind: "file",
      mode: 0o4711,
      user: process.geteuid?.(),
      size: 4,
      links: 2,
    });
    file.close();
  });

  test("is no less bounded than a file that is read by name", () => {
    const file = fs.open(fileWith("12345"), { follow: true });
    expect(thrownBy(() => file.read(4))).toHaveProperty("code", TOO_LARGE);
    file.close();
  });
});

test("a link before the end of a path is followed in any case", () => {
  mkdirSync(join(folder, "real"));
  writeFileSync(join(folder, "real", "file"), "x");
  symlinkSync(join(folder, "real"), join(folder, "link"), "junction");
  fs.open(join(folder, "link", "file"), { follow: false }).close();
});
