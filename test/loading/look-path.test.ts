import { lookPath } from "../../src/loading/look-path.ts";
import { lookExtensionsOnWindows } from "../../src/loading/look-path-windows.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";

const executables = ["/bin/plug", "/second/plug", "/here/plug", "/here/rel/plug", "/bin/..."];
const files = { "/plain/plug": "x", "/dirs/plug/x": "" };

describe("an executable is looked up on Unix as Go does", () => {
  test.each<[path: string | undefined, name: string, path: string, error?: string]>([
    ["/bin:/second", "plug", "/bin/plug"],
    ["/second:/bin", "plug", "/second/plug"],
    ["/nope:/dirs:/plain:/bin", "plug", "/bin/plug"],
    ["//bin/./", "plug", "/bin/plug"],
    ["/bin/plug:/bin", "plug", "/bin/plug"],
    ["/bin", "...", "/bin/..."],
    ["/bin", "/second/plug", "/second/plug"],
    ["/bin", "/bin/../bin//plug", "/bin/../bin//plug"],
    ["/bin", "./plug", "./plug"],
    ["/bin", "rel/plug", "rel/plug"],
    ["/bin", "Plug", "", 'exec: "Plug": executable file not found in $PATH'],
    ["", "plug", "", 'exec: "plug": executable file not found in $PATH'],
    [undefined, "plug", "", 'exec: "plug": executable file not found in $PATH'],
    ["/bin", "", "", 'exec: "": executable file not found in $PATH'],
    ["/bin", ".", "", 'exec: ".": executable file not found in $PATH'],
    ["/bin", "..", "", 'exec: "..": executable file not found in $PATH'],
    ["/bin", "/plain/plug", "", 'exec: "/plain/plug": permission denied'],
    ["/bin", "/dirs/plug", "", 'exec: "/dirs/plug": is a directory'],
    ["/bin", "/nope", "", 'exec: "/nope": stat /nope: no such file or directory'],
    ["/bin", "/bin/plug/x", "", 'exec: "/bin/plug/x": stat /bin/plug/x: not a directory'],
    [".", "plug", "plug", 'exec: "plug": cannot run executable found relative to current directory'],
    [":/bin", "plug", "plug", 'exec: "plug": cannot run executable found relative to current directory'],
    ["/nope:", "plug", "plug", 'exec: "plug": cannot run executable found relative to current directory'],
    [
      "rel:/bin",
      "plug",
      "rel/plug",
      'exec: "plug": cannot run executable found relative to current directory',
    ],
    ["/bin:rel", "plug", "/bin/plug"],
    ["nope:/bin", "plug", "/bin/plug"],
    // A name of bytes that are no text, as Node gives it: others may find something there.
    [
      "/x\ufffd:/bin",
      "plug",
      "",
      'exec: "plug": cannot look into "/x\ufffd" of $PATH, whose name is not UTF-8',
    ],
    ["/bin:/x\ufffd", "plug", "/bin/plug"],
  ])("PATH=%j: %j is %j", (list, name, path, ...[error]) => {
    const host = fakeHost({ executables, files, env: list === undefined ? {} : { PATH: list } });
    const lookup = lookPath(host, name);
    expect([lookup.path, lookup.error?.message]).toEqual([path, error]);
  });
});

describe("an executable is looked up on Windows as Go does", () => {
  const windows: FakeMachine = {
    platform: "win32",
    executables: [
      "/bin/plug.exe",
      "/bin/plug.cmd",
      "/bin/odd.txt",
      "/bin/odd.bat.exe",
      "/bin/plain",
      "/second/plug.cmd",
      "/here/here.exe",
      "/bin/here.exe",
      "/here/both.exe",
      "/here/rel/plug.exe",
    ],
    files: { "/dirs/plug.exe/x": "" },
  };
  const dot = "cannot run executable found relative to current directory";
  test.each<[env: Readonly<Record<string, string>>, name: string, path: string, error?: string]>([
    [{ PATH: "C:\\bin" }, "plug", "C:\\bin\\plug.exe"],
    [{ Path: "C:\\bin" }, "plug", "C:\\bin\\plug.exe"],
    [{ PATH: "C:\\bin", PATHEXT: ".CMD;.EXE" }, "plug", "C:\\bin\\plug.cmd"],
    [{ PATH: "C:\\bin", PATHEXT: ";exe;" }, "plug", "C:\\bin\\plug.exe"],
    [{ PATH: "C:\\bin", PATHEXT: ".py" }, "plug", "", 'exec: "plug": executable file not found in %PATH%'],
    [{ PATH: "C:\\bin", PATHEXT: ";" }, "plain", "C:\\bin\\plain"],
    [{ PATH: "C:\\bin" }, "plain", "", 'exec: "plain": executable file not found in %PATH%'],
    [{ PATH: "C:\\bin" }, "plug.cmd", "C:\\bin\\plug.cmd"],
    [{ PATH: "C:\\bin" }, "odd.txt", "C:\\bin\\odd.txt"],
    [{ PATH: "C:\\bin" }, "odd.bat", "C:\\bin\\odd.bat.exe"],
    [{ PATH: "C:\\dirs;C:\\bin" }, "plug", "C:\\bin\\plug.exe"],
    [{ PATH: ';"C:\\second";C:\\bin' }, "plug", "C:\\second\\plug.cmd"],
    [{ PATH: "" }, "plug", "", 'exec: "plug": executable file not found in %PATH%'],
    [{}, "C:\\bin\\plug", "C:\\bin\\plug.exe"],
    [{}, "C:\\bin\\nope", "", 'exec: "C:\\\\bin\\\\nope": executable file not found in %PATH%'],
    [{}, "C:\\bin\\nope.exe", "", 'exec: "C:\\\\bin\\\\nope.exe": file does not exist'],
    [{}, "..", "", 'exec: "..": executable file not found in %PATH%'],
    // The current directory comes first, and what is found there is not run.
    [{ PATH: "C:\\bin" }, "here", "here.exe", `exec: "here": ${dot}`],
    [{ PATH: "C:\\nope" }, "here", "here.exe", `exec: "here": ${dot}`],
    [{ PATH: "C:\\here" }, "both", "C:\\here\\both.exe"],
    [{ PATH: "C:\\bin", NoDefaultCurrentDirectoryInExePath: "" }, "here", "C:\\bin\\here.exe"],
    [{ PATH: "C:\\bin", NODEFAULTCURRENTDIRECTORYINEXEPATH: "1" }, "here", "C:\\bin\\here.exe"],
    [{ PATH: "rel" }, "plug", "rel\\plug.exe", `exec: "plug": ${dot}`],
    [{ PATH: "rel;C:\\bin" }, "plug", "rel\\plug.exe", `exec: "plug": ${dot}`],
    [{ PATH: "rel;C:\\here\\rel" }, "plug", "C:\\here\\rel\\plug.exe"],
  ])("%j: %j is %j", (env, name, path, ...[error]) => {
    const lookup = lookPath(fakeHost({ ...windows, env }), name);
    expect([lookup.path, lookup.error?.message]).toEqual([path, error]);
  });

  test.each([
    ["C:\\bin\\plug", "C:\\bin\\plug.exe"],
    ["C:\\bin\\plug.cmd", "C:\\bin\\plug.cmd"],
    ["C:\\bin\\nope.EXE", "C:\\bin\\nope.EXE"],
    ["C:\\bin\\odd.txt", "C:\\bin\\odd.txt"],
    ["here", ".\\here.exe"],
    ["C:\\bin\\nope", ""],
    ["", ""],
  ])("the executable of the path %j is %j", (path, want) => {
    expect(lookExtensionsOnWindows(fakeHost(windows), path).path).toBe(want);
  });
});
