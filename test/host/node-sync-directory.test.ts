import type * as Fs from "node:fs";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeHost } from "../../src/host/node-host.ts";
import { testUnless } from "../support/unless.ts";

const synced: number[] = [];
let fault: Error | undefined;

jest.mock("node:fs", () => {
  const real: typeof Fs = jest.requireActual("node:fs");
  return {
    ...real,
    fsyncSync: (descriptor: number) => {
      synced.push(real.fstatSync(descriptor).ino);
      if (fault !== undefined) {
        throw fault;
      }
      real.fsyncSync(descriptor);
    },
  };
});

let folder = "";
beforeEach(() => {
  synced.splice(0);
  fault = undefined;
  folder = mkdtempSync(join(tmpdir(), "kcfg-sync-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const onWindows = process.platform === "win32" ? "Windows cannot open folders" : undefined;

testUnless(onWindows)("a folder is brought to the disk, itself", () => {
  nodeHost.fs.syncDirectory(folder);
  expect(synced).toEqual([statSync(folder).ino]);
});

testUnless(onWindows)("a file system that knows no such thing is no fault", () => {
  fault = Object.assign(new Error("EINVAL"), { code: "EINVAL" });
  nodeHost.fs.syncDirectory(folder);
  expect(synced).toEqual([statSync(folder).ino]);
});
