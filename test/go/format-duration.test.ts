import { formatGoDuration } from "../../src/go/format-duration.ts";

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
