import type { HostFileSystem } from "../../src/host/host.ts";
import { editKuberc } from "../../src/writing/edit-kuberc.ts";
import { fakeHost } from "../support/fake-host.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const LIMIT = 1000;

function fails(): never {
  throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
}

describe("when a kuberc cannot be replaced, the old one is whole", () => {
  const host = fakeHost({ files: { "/here/rc": "old" } });
  const { fs } = host;

  test.each<readonly [string, Partial<HostFileSystem>]>([
    ["nothing can be written", { open: (path, how) => ({ ...fs.open(path, how), write: fails }) }],
    ["nothing can be moved", { rename: fails }],
  ])("%s", async (_name, changes) => {
    await expect(
      editKuberc({ ...host, fs: { ...host.fs, ...changes } }, "rc", () => bytes("new")),
    ).rejects.toThrow("open rc: no space left on device; nothing was changed");
    expect([text(host.fs.readFile("rc", LIMIT)), host.fs.list("/here")]).toEqual(["old", ["rc"]]);
  });

  test("the edit itself fails", async () => {
    await expect(
      editKuberc(host, "rc", () => {
        throw new Error("no");
      }),
    ).rejects.toThrow(/^no$/);
    expect([text(host.fs.readFile("rc", LIMIT)), host.fs.list("/here")]).toEqual(["old", ["rc"]]);
  });
});

describe("while a kuberc is edited", () => {
  test("it is locked, and read under the lock", async () => {
    const host = fakeHost({ files: { "/here/rc": "old" } });
    const seen: (readonly string[])[] = [];
    await editKuberc(host, "rc", (data) => {
      seen.push(host.fs.list("/here"));
      return bytes(`${text(data)}+`);
    });
    expect([seen.at(-1), text(host.fs.readFile("rc", LIMIT))]).toEqual([["rc", "rc.lock"], "old+"]);
    expect(host.fs.list("/here")).toEqual(["rc"]);
  });

  test("a change of a program that takes no lock is kept", async () => {
    const host = fakeHost({ files: { "/here/rc": "old" } });
    let calls = 0;
    await editKuberc(host, "rc", (data) => {
      calls += 1;
      if (calls === 2) {
        host.fs.writeFile("/here/rc", bytes("theirs"), 0o600);
      }
      return bytes(`${text(data)}+`);
    });
    expect(text(host.fs.readFile("rc", LIMIT))).toBe("theirs+");
  });

  test("a lock that somebody keeps is waited for, and then named", async () => {
    const host = fakeHost({ files: { "/here/rc": "old", "/here/rc.lock": "" } });
    const now = Date.now();
    await expect(
      editKuberc({ ...host, now: () => now }, "rc", () => bytes("new"), { lockTimeout: 50 }),
    ).rejects.toThrow("cannot lock the kuberc: open rc.lock: file exists");
    expect(text(host.fs.readFile("rc", LIMIT))).toBe("old");
  });
});
