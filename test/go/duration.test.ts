import { parseGoDuration } from "../../src/go/duration.ts";

describe("durations are read as Go's time.ParseDuration reads them", () => {
  test.each([
    ["0", 0],
    ["-0", 0],
    ["5s", 5000],
    ["1h2m3.5s", 3_723_500],
    ["1.5h", 5_400_000],
    [".5s", 500],
    ["1.s", 1000],
    ["-10ms", -10],
    ["+1m", 60_000],
    ["1000us", 1],
    ["1000µs", 1],
    ["1000000ns", 1],
  ])("%j is %d ms", (text, want) => {
    expect(parseGoDuration(text)).toBe(want);
  });

  test.each([
    "",
    "5",
    "s",
    ".s",
    "5x",
    "5 s",
    "1s ",
    "1sm",
    "--1s",
    "1h-2m",
    "3000000h",
    "=",
    "constructor",
    "1constructor",
  ])("%j is refused", (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
