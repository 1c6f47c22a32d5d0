import { formatGoFloat } from "../../src/go/float.ts";

describe("floats are spelled as in Go", () => {
  test.each([
    [0, "0", "0"],
    [-0, "-0", "-0"],
    [1, "1", "1"],
    [-1.5, "-1.5", "-1.5"],
    [0.1, "0.1", "0.1"],
    [100000, "100000", "100000"],
    [999999, "999999", "999999"],
    [1e6, "1000000", "1e+06"],
    [1234567, "1234567", "1.234567e+06"],
    [123456.5, "123456.5", "123456.5"],
    [123456789.5, "123456789.5", "1.234567895e+08"],
    [1e15, "1000000000000000", "1e+15"],
    [2 ** 53, "9007199254740992", "9.007199254740992e+15"],
    [2 ** 63, "9223372036854776000", "9.223372036854776e+18"],
    [1e20, "100000000000000000000", "1e+20"],
    [123456789012345680000, "123456789012345680000", "1.2345678901234568e+20"],
    [1e21, "1e+21", "1e+21"],
    [1.5e300, "1.5e+300", "1.5e+300"],
    [0.0001, "0.0001", "0.0001"],
    [0.00001, "0.00001", "1e-05"],
    [0.000012345, "0.000012345", "1.2345e-05"],
    [1e-6, "0.000001", "1e-06"],
    [1e-7, "1e-7", "1e-07"],
    [-1.25e-9, "-1.25e-9", "-1.25e-09"],
    [1e-10, "1e-10", "1e-10"],
    [5e-324, "5e-324", "5e-324"],
    [Number.MAX_VALUE, "1.7976931348623157e+308", "1.7976931348623157e+308"],
  ])("%d is %s in JSON and %s elsewhere", (value, json, other) => {
    expect(formatGoFloat(value, "json")).toBe(value === 2 ** 63 ? "9223372036854776000" : json);
    expect(formatGoFloat(value, "yaml")).toBe(other);
    expect(formatGoFloat(value, "g")).toBe(other);
  });

  test.each([
    [Infinity, ".inf", "+Inf"],
    [-Infinity, "-.inf", "-Inf"],
    [Number.NaN, ".nan", "NaN"],
  ])("%d is %s in YAML, %s elsewhere, and no JSON", (value, yaml, other) => {
    expect(formatGoFloat(value, "yaml")).toBe(yaml);
    expect(formatGoFloat(value, "g")).toBe(other);
    expect(() => formatGoFloat(value, "json")).toThrow(new RangeError(`json: unsupported value: ${other}`));
  });
});
