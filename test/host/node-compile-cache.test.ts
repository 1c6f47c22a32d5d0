import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateCacheFolder } from "../../src/host/node-compile-cache.ts";

const onPosix = process.platform === "win32" ? describe.skip : describe;

onPosix("compiled code is kept", () => {
  const user = process.getuid?.();
  let home = "";

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "kcfg-home-"));
  });

  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  function folder(path: string, mode: number): void {
    mkdirSync(join(home, path));
    chmodSync(join(home, path), mode);
  }

  test("nowhere if there is no .kube", () => {
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  test("beside the caches of kubectl, whether there are any or not", () => {
    folder(".kube", 0o755);
    expect(privateCacheFolder(home, user)).toBe(join(home, ".kube", "cache", "kcfg"));
    folder(".kube/cache", 0o750);
    folder(".kube/cache/kcfg", 0o700);
    expect(privateCacheFolder(home, user)).toBe(join(home, ".kube", "cache", "kcfg"));
  });

  test.each([
    [".kube", [[".kube", 0o775]]],
    [
      "its cache",
      [
        [".kube", 0o755],
        [".kube/cache", 0o757],
      ],
    ],
    [
      "the folder itself",
      [
        [".kube", 0o755],
        [".kube/cache", 0o755],
        [".kube/cache/kcfg", 0o777],
      ],
    ],
  ] as const)("nowhere if others may write to %s", (_name, folders) => {
    for (const [path, mode] of folders) {
      folder(path, mode);
    }
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  test("nowhere if another user owns .kube", () => {
    folder(".kube", 0o755);
    expect(privateCacheFolder(home, (user ?? 0) + 1)).toBeUndefined();
  });

  test("nowhere if a link leads to where others may write, or a file is in the way", () => {
    folder(".kube", 0o755);
    folder("open", 0o777);
    symlinkSync(join(home, "open"), join(home, ".kube", "cache"));
    expect(privateCacheFolder(home, user)).toBeUndefined();
    rmSync(join(home, ".kube", "cache"));
    writeFileSync(join(home, ".kube", "cache"), "");
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });
});
