import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { privateCacheFolder } from "../../src/host/node-compile-cache.ts";
import { builtCli } from "../conformance/repository.ts";
import { describeUnless, lackOfPosix, lackOfRoot, testUnless } from "../support/unless.ts";

describeUnless(lackOfPosix)("compiled code is kept", () => {
  const user = process.getuid?.();
  let home = "";

  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "kcfg-home-")));
  });

  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  function folder(path: string, mode: number): string {
    mkdirSync(join(home, path));
    chmodSync(join(home, path), mode);
    return join(home, path);
  }

  const modeOf = (path: string): number => statSync(join(home, path)).mode & 0o777;

  test("nowhere if there is no .kube", () => {
    expect(privateCacheFolder(home, user)).toBeUndefined();
    expect(existsSync(join(home, ".kube"))).toBe(false);
  });

  test("beside the caches of kubectl, whether there are any or not", () => {
    folder(".kube", 0o755);
    expect(privateCacheFolder(home, user)).toBe(join(home, ".kube", "cache", "kcfg"));
    expect(modeOf(".kube/cache/kcfg")).toBe(0o700);
    expect(privateCacheFolder(home, user)).toBe(join(home, ".kube", "cache", "kcfg"));
  });

  test("where kubectl made its folder before", () => {
    folder(".kube", 0o750);
    folder(".kube/cache", 0o750);
    expect(privateCacheFolder(home, user)).toBe(join(home, ".kube", "cache", "kcfg"));
  });

  test.each([
    ["the home", 0o775, 0o755, 0o755, 0o700],
    [".kube", 0o700, 0o775, 0o755, 0o700],
    ["its cache", 0o700, 0o755, 0o757, 0o700],
    ["the folder itself", 0o700, 0o755, 0o755, 0o777],
    ["a sticky home", 0o1777, 0o755, 0o755, 0o700],
  ] as const)("nowhere if others may write to %s", (_name, ofHome, ofKube, ofCache, ofOwn) => {
    folder(".kube", ofKube);
    folder(".kube/cache", ofCache);
    folder(".kube/cache/kcfg", ofOwn);
    chmodSync(home, ofHome);
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  test("nowhere if others may look into the folder itself", () => {
    folder(".kube", 0o755);
    folder(".kube/cache", 0o755);
    folder(".kube/cache/kcfg", 0o755);
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  test("nowhere if another user owns .kube", () => {
    folder(".kube", 0o755);
    expect(privateCacheFolder(home, (user ?? 0) + 1)).toBeUndefined();
  });

  test("nowhere if others may write above the home, unless they cannot move it there", () => {
    folder("open", 0o777);
    folder("open/home", 0o700);
    folder("open/home/.kube", 0o755);
    expect(privateCacheFolder(join(home, "open/home"), user)).toBeUndefined();
    chmodSync(join(home, "open"), 0o755);
    expect(privateCacheFolder(join(home, "open/home"), user)).toBeDefined();
  });

  test.each([".kube", ".kube/cache", ".kube/cache/kcfg"])("nowhere if %s is a link", (link) => {
    folder("elsewhere", 0o700);
    const above = link.split("/").slice(0, -1);
    above.forEach((_name, index) => void folder(above.slice(0, index + 1).join("/"), 0o700));
    symlinkSync(join(home, "elsewhere"), join(home, link));
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  test("nowhere if the home is a link; a link above it is followed once", () => {
    folder("real", 0o755);
    folder("real/me", 0o700);
    folder("real/me/.kube", 0o755);
    symlinkSync(join(home, "real/me"), join(home, "me"));
    symlinkSync(join(home, "real"), join(home, "homes"));
    expect(privateCacheFolder(join(home, "me"), user)).toBeUndefined();
    expect(privateCacheFolder(join(home, "homes/me"), user)).toBe(join(home, "real/me/.kube/cache/kcfg"));
  });

  test("nowhere if a file is in the way", () => {
    folder(".kube", 0o755);
    writeFileSync(join(home, ".kube", "cache"), "");
    expect(privateCacheFolder(home, user)).toBeUndefined();
  });

  testUnless(lackOfRoot)("nowhere if another user owns the home, or a folder above it", () => {
    folder("theirs", 0o755);
    folder("theirs/home", 0o700);
    folder("theirs/home/.kube", 0o700);
    expect(privateCacheFolder(join(home, "theirs/home"), 0)).toBeDefined();
    chownSync(join(home, "theirs"), OTHER, OTHER);
    expect(privateCacheFolder(join(home, "theirs/home"), 0)).toBeUndefined();
    chownSync(join(home, "theirs"), 0, 0);
    chownSync(join(home, "theirs/home"), OTHER, OTHER);
    expect(privateCacheFolder(join(home, "theirs/home"), 0)).toBeUndefined();
  });

  testUnless(lackOfRoot)("in a sticky folder of root, for the user who owns a home there", () => {
    folder("sticky", 0o1777);
    const kube = (folder("sticky/home", 0o700), folder("sticky/home/.kube", 0o700));
    [join(home, "sticky/home"), kube].forEach((path) => chownSync(path, OTHER, OTHER));
    mkdirSync(join(kube, "cache"));
    mkdirSync(join(kube, "cache/kcfg"), { mode: 0o700 });
    [join(kube, "cache"), join(kube, "cache/kcfg")].forEach((path) => chownSync(path, OTHER, OTHER));
    chmodSync(home, 0o755);
    expect(privateCacheFolder(join(home, "sticky/home"), OTHER)).toBe(join(kube, "cache/kcfg"));
  });

  const isOld = Number(process.versions.node.split(".")[0]) < 22;

  testUnless(isOld ? "needs Node.js 22" : undefined)(
    "by the CLI only in the home that the password database names",
    () => {
      folder(".kube", 0o700);
      expect(home).not.toBe(userInfo().homedir);
      const { status } = spawnSync(process.execPath, [builtCli(), "view"], {
        env: { HOME: home, PATH: process.env["PATH"] ?? "" },
      });
      expect(status).toBe(0);
      expect(existsSync(join(home, ".kube", "cache"))).toBe(false);
    },
  );
});

/** The number of a user who is nobody here. */
const OTHER = 65_534;
