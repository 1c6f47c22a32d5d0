import { homeDir } from "../../src/loading/home-dir.ts";
import { fakeHost } from "../support/fake-host.ts";

describe("the home directory follows client-go's rules", () => {
  test.each([
    ["is HOME on Unix", "linux", { HOME: "/h", USERPROFILE: "/u" }, {}, "/h"],
    ["is empty on Unix when HOME is not set", "linux", { USERPROFILE: "/u" }, {}, ""],
    [
      "is the first with a .kube/config on Windows",
      "win32",
      { HOME: "/h", HOMEDRIVE: "C:", HOMEPATH: "/hd", USERPROFILE: "/u" },
      { "/h/x": "", "/hd/.kube/config": "", "/u/.kube/config": "" },
      "C:/hd",
    ],
    [
      "prefers HOME among several with a .kube/config",
      "win32",
      { HOME: "/h", USERPROFILE: "/u" },
      { "/h/.kube/config": "", "/u/.kube/config": "" },
      "/h",
    ],
    [
      "is else the first writable directory, USERPROFILE before HOMEDRIVE and HOMEPATH",
      "win32",
      { HOMEDRIVE: "C:", HOMEPATH: "/hd", USERPROFILE: "/u" },
      { "/hd/x": "", "/u/x": "" },
      "/u",
    ],
    [
      "is else the first that exists",
      "win32",
      { HOME: "/no", USERPROFILE: "/file" },
      { "/file": "" },
      "/file",
    ],
    ["is else the first that is set", "win32", { USERPROFILE: "/u", HOME: "" }, {}, "/u"],
    ["needs both HOMEDRIVE and HOMEPATH", "win32", { HOMEDRIVE: "C:" }, {}, ""],
  ])("%s", (_fact, platform, env, files, want) => {
    expect(homeDir(fakeHost({ platform, env, files }))).toBe(want);
  });
});
