import { BatchFileError, batchCommandLine, isBatchFile } from "../../src/host/batch-file.ts";

describe("a batch file", () => {
  test.each([
    ["C:\\bin\\az.cmd", true],
    ["C:\\bin\\AZ.BAT", true],
    ["C:\\bin\\az.cmd.exe", false],
    ["C:\\bin\\cmd", false],
  ])("is known by its extension: %s", (file, want) => {
    expect(isBatchFile(file)).toBe(want);
  });

  test.each([
    [[], '""C:\\my bin\\az.cmd""'],
    [["a", "b c", ""], '""C:\\my bin\\az.cmd" "a" "b c" """'],
    [["a&b", "|", "<>", "^", "(x)", "!y!"], '""C:\\my bin\\az.cmd" "a&b" "|" "<>" "^" "(x)" "!y!""'],
    [["C:\\dir\\"], '""C:\\my bin\\az.cmd" "C:\\dir\\\\""'],
  ])("is called with each argument between quotes: %j", (args, line) => {
    expect(batchCommandLine("C:\\my bin\\az.cmd", args, "D:\\Win")).toEqual({
      interpreter: "D:\\Win\\System32\\cmd.exe",
      line: ["/d", "/e:on", "/v:off", "/s", "/c", line],
    });
  });

  test.each(['a"b', "%PATH%", "a\nb", "a\rb", "a\0b"])(
    "is not called with what cmd.exe reads between quotes, too: %j",
    (arg) => {
      expect(() => batchCommandLine("C:\\az.cmd", ["x", arg], undefined)).toThrow(BatchFileError);
    },
  );

  test("is not called by a name with such characters", () => {
    expect(() => batchCommandLine("C:\\a%b.cmd", [], undefined)).toThrow(BatchFileError);
  });
});
