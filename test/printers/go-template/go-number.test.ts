import { parseFloat64, parseInt64, parseUint64 } from "../../../src/printers/go-template/go-number.ts";

describe("integers are read as strconv.ParseInt with base 0 reads them", () => {
  test.each<[text: string, want: bigint | undefined]>([
    ["0", 0n],
    ["-0", 0n],
    ["+5", 5n],
    ["017", 15n],
    ["0o17", 15n],
    ["0b101", 5n],
    ["0X_1f", 31n],
    ["1_000", 1000n],
    ["0_7", 7n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["9223372036854775808", undefined],
    ["-9223372036854775809", undefined],
    ["08", undefined],
    ["0x", undefined],
    ["0b2", undefined],
    ["1__0", undefined],
    ["_1", undefined],
    ["1_", undefined],
    ["1.0", undefined],
    ["", undefined],
    ["-", undefined],
    ["--1", undefined],
    ["1".repeat(100_000), undefined],
    ["0x" + "f".repeat(16), undefined],
    ["0x" + "0".repeat(100) + "f", 15n],
  ])("%.40s", (text, want) => {
    expect(parseInt64(text)).toBe(want);
  });

  test("an unsigned integer has 64 bits and no sign", () => {
    expect(parseUint64("18446744073709551615")).toBe(2n ** 64n - 1n);
    expect(parseUint64("18446744073709551616")).toBeUndefined();
    expect(parseUint64("0xffffffffffffffff")).toBe(2n ** 64n - 1n);
    expect(parseUint64("+1")).toBeUndefined();
  });
});

describe("floats are read as strconv.ParseFloat reads them", () => {
  test.each<[text: string, want: number | undefined]>([
    ["1.5", 1.5],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["-1E-3", -0.001],
    ["0x1p4", 16],
    ["0x1.8p-1", 0.75],
    ["0X.8P1", 1],
    ["0x1.fffffffffffff8p0", 2],
    ["0x1.fffffffffffff7p0", 2 - 2 ** -52],
    ["0x1p-1074", 5e-324],
    ["0x1p-1075", 0],
    ["0x1.8p-1075", 5e-324],
    ["0x1p1024", undefined],
    ["0x1p99999999", undefined],
    ["1e400", undefined],
    ["1e-400", 0],
    ["0x_1p0", 1],
    ["1_0.5", 10.5],
    ["1_.5", undefined],
    ["0x1", undefined],
    ["0xp1", undefined],
    [".", undefined],
    ["e1", undefined],
    ["1e", undefined],
    ["1e+", undefined],
    ["inf", undefined],
    ["NaN", undefined],
    ["1 ", undefined],
  ])("%s", (text, want) => {
    expect(parseFloat64(text)).toBe(want);
  });
});
