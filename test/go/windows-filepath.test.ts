import { filepathFor } from "../../src/go/filepath.ts";

const windows = filepathFor({ platform: "win32" });
const unix = filepathFor({ platform: "linux" });

describe("paths on Windows are what Go 1.25 makes of them", () => {
  test.each([
    ["", ".", ".", false],
    ["C:", "C:.", "\\", false],
    ["C:.", "C:.", ".", false],
    ["C:a\\..\\..", "C:..", "..", false],
    ["C:\\a\\..\\..\\b", "C:\\b", "b", true],
    ["c:/a/./b/", "c:\\a\\b", "b", true],
    ["a\\..\\c:", ".\\c:", "c:", false],
    ["a/../c:/x", ".\\c:\\x", "x", false],
    ["\\a\\..\\??\\c:\\x", "\\.\\??\\c:\\x", "x", false],
    ["\\", "\\", "\\", false],
    ["\\\\host\\share\\a\\..\\..", "\\\\host\\share\\", "..", true],
    ["//host/share/", "\\\\host\\share\\", "\\", true],
    ["\\\\?\\C:\\", "\\\\?\\C:\\", "\\", true],
    ["\\\\.\\UNC\\h\\s\\a\\..\\..", "\\\\.\\UNC\\h\\s\\", "..", true],
    ["a//b\\.\\c", "a\\b\\c", "c", false],
    ["..\\a", "..\\a", "a", false],
    ["\\a", "\\a", "a", false],
    ["aux", "aux", "aux", false],
    ["C:\\plug.exe", "C:\\plug.exe", "plug.exe", true],
    [".\\plug", "plug", "plug", false],
    // A drive letter is one byte in Go, so this is a name with a colon.
    ["\u00e9:", "\u00e9:", "\u00e9:", false],
  ])("of %j Clean is %j, Base %j and IsAbs %j", (path, clean, base, isAbs) => {
    expect([windows.clean(path), windows.base(path), windows.isAbs(path)]).toEqual([clean, base, isAbs]);
  });

  test.each([
    [["\\", "??\\c:"], "\\.\\??\\c:"],
    [["C:", "x"], "C:x"],
    [["C:\\", "\\x"], "C:\\x"],
    [[".", "plug"], "plug"],
    [["\\\\host\\share", "a"], "\\\\host\\share\\a"],
    [["", ""], ""],
  ])("Join(%j) is %j", (elements, want) => {
    expect(windows.join(...elements)).toBe(want);
  });
});

describe("the base name on Unix is Go's", () => {
  test.each([
    ["", "."],
    ["/", "/"],
    ["//", "/"],
    ["a", "a"],
    ["a/b", "b"],
    ["a/b//", "b"],
    ["..", ".."],
    ["a\\b", "a\\b"],
  ])("Base(%j) is %j", (path, want) => {
    expect(unix.base(path)).toBe(want);
  });
});
