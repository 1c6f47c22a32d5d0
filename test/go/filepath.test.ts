import { filepathFor } from "../../src/go/filepath.ts";

const unix = filepathFor({ platform: "linux" });
const windows = filepathFor({ platform: "win32" });

describe("paths follow Go's path/filepath on Unix", () => {
  test.each([
    ["", "."],
    [".", "."],
    ["./", "."],
    ["a/", "a"],
    ["a//b/./c/..", "a/b"],
    ["/", "/"],
    ["//", "/"],
    ["/..", "/"],
    ["../a", "../a"],
    ["a/../..", ".."],
  ])("Clean(%j) is %j", (path, want) => {
    expect(unix.clean(path)).toBe(want);
  });

  test.each([
    ["", "."],
    ["a", "."],
    ["/a", "/"],
    ["a/b", "a"],
    ["a/b/", "a/b"],
    ["/", "/"],
    ["./a", "."],
  ])("Dir(%j) is %j", (path, want) => {
    expect(unix.dir(path)).toBe(want);
  });

  test.each([
    [["a", "b/"], "a/b"],
    [["", "b"], "b"],
    [["", ""], ""],
    [["/a", "../b"], "/b"],
    [["", ".kube", "config"], ".kube/config"],
  ])("Join(%j) is %j", (elements, want) => {
    expect(unix.join(...elements)).toBe(want);
  });

  test.each([
    ["", []],
    ["a", ["a"]],
    [":", ["", ""]],
    ["a::b:", ["a", "", "b", ""]],
    ["C;D", ["C;D"]],
  ])("SplitList(%j) is %j", (list, want) => {
    expect(unix.splitList(list)).toEqual(want);
  });
});

describe("paths follow Go's path/filepath on Windows", () => {
  test.each([
    ["C:\\a", true],
    ["C:/a", true],
    ["C:a", false],
    ["\\a", false],
    ["\\\\host\\share\\a", true],
    ["a", false],
    ["", false],
  ])("IsAbs(%j) is %j", (path, want) => {
    expect(windows.isAbs(path)).toBe(want);
  });

  test.each([
    ["a;b", ["a", "b"]],
    ['"a;b";c', ["a;b", "c"]],
    [";", ["", ""]],
    ["C:\\a;D:\\b", ["C:\\a", "D:\\b"]],
    ["", []],
  ])("SplitList(%j) is %j", (list, want) => {
    expect(windows.splitList(list)).toEqual(want);
  });

  test.each([
    ["C:\\a\\b", "C:\\a"],
    ["C:\\a", "C:\\"],
    ["a", "."],
  ])("Dir(%j) is %j", (path, want) => {
    expect(windows.dir(path)).toBe(want);
  });

  test("Join cleans and uses backslashes", () => {
    expect(windows.join("C:\\k", "certs/ca.crt")).toBe("C:\\k\\certs\\ca.crt");
    expect(windows.join("", "")).toBe("");
    expect(windows.clean("C:\\")).toBe("C:\\");
    expect(windows.clean("C:\\a\\")).toBe("C:\\a");
  });
});
