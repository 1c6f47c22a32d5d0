import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { OpenFile } from "../../src/host/open-file.ts";
import type { StagedFile } from "../../src/writing/atomic-file.ts";
import { PartialWriteError, stageFile } from "../../src/writing/atomic-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-in-place-"));
  writeFileSync(at("config"), "old content", { mode: 0o640 });
  chmodSync(at("config"), 0o640);
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const OLD = bytes("old content");

/** A machine on which no file can be replaced, and whose writes in place may fail. */
function busyHost(rewrite?: (file: OpenFile, data: Uint8Array) => void): Host {
  return {
    ...nodeHost,
    fs: {
      ...nodeHost.fs,
      rename: () => {
        throw Object.assign(new Error("EBUSY"), { code: "EBUSY" });
      },
      open: (path, options) => {
        const file = nodeHost.fs.open(path, options);
        return rewrite === undefined ? file : { ...file, rewrite: (data) => rewrite(file, data) };
      },
    },
  };
}

function stage(text: string, host = busyHost(), name = "config"): StagedFile {
  const staged = stageFile(host, at(name), bytes(text), { file: 0o600, folder: 0o700 });
  expect(staged.commit()).toBe("it is mounted by itself");
  return staged;
}

test.each(["new", "new content that is longer", ""])("the file stays the same one: %j", (text) => {
  const { ino } = statSync(at("config"));
  stage(text).writeInPlace(OLD);
  expect(read("config")).toBe(text);
  const { ino: now, mode } = statSync(at("config"));
  expect([now, mode & 0o777, readdirSync(folder)]).toEqual([ino, 0o640, ["config"]]);
});

test("a link leads to it, as to a file that is replaced", () => {
  symlinkSync("config", at("link"));
  stage("new", busyHost(), "link").writeInPlace(OLD);
  expect(read("config")).toBe("new");
});

const EXCHANGED = /was exchanged or changed just now, or has another name, so it is not written in place/;

test.each([
  [
    "another file",
    () => {
      writeFileSync(at("other"), "old content");
      renameSync(at("other"), at("config"));
    },
    EXCHANGED,
  ],
  ["other content", () => writeFileSync(at("config"), "theirs"), EXCHANGED],
  ["content that begins the same", () => writeFileSync(at("config"), "old content, and more"), EXCHANGED],
  ["a second name", () => linkSync(at("config"), at("other")), EXCHANGED],
  [
    "a link",
    () => {
      renameSync(at("config"), at("other"));
      symlinkSync("other", at("config"));
    },
    /too many levels of symbolic links/,
  ],
])("nothing is written where there is %s meanwhile", (_what, meanwhile, message) => {
  const staged = stage("new");
  meanwhile();
  expect(() => staged.writeInPlace(OLD)).toThrow(message);
  staged.discard();
  for (const name of readdirSync(folder)) {
    expect(read(name)).not.toBe("new");
    expect(name).not.toContain("kcfg");
  }
});

const full = (): never => {
  throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
};

test("a full disk leaves the old content", () => {
  let calls = 0;
  const host = busyHost((file, data) => {
    calls++;
    file.rewrite(data);
    if (calls === 1) {
      full();
    }
  });
  expect(() => stage("new", host).writeInPlace(OLD)).toThrow(`open ${at("config")}: no space left on device`);
  expect(read("config")).toBe("old content");
});

test("what cannot be restored is said", () => {
  const staged = stage("new", busyHost(full));
  expect(() => staged.writeInPlace(OLD)).toThrow(PartialWriteError);
  expect(() => staged.writeInPlace(OLD)).toThrow(
    "no space left on device; it holds a part of the new content now: kcfg undo says where the old one is",
  );
});
