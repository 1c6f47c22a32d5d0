import { formatGoDuration, parseGoDuration } from "../../src/go/duration.ts";

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

describe("durations are written as Go writes them", () => {
  test.each([
    [0, "0s"],
    [1, "1ms"],
    [0.001, "1µs"],
    [0.000001, "1ns"],
    [1.5, "1.5ms"],
    [300, "300ms"],
    [1000, "1s"],
    [1500, "1.5s"],
    [5000, "5s"],
    [60_000, "1m0s"],
    [90_000, "1m30s"],
    [123.456789, "123.456789ms"],
    [3_600_000.000001, "1h0m0.000000001s"],
    [86_400_000, "24h0m0s"],
    [-90_000, "-1m30s"],
  ])("%d ms is %s", (milliseconds, want) => {
    expect(formatGoDuration(milliseconds)).toBe(want);
  });
});
