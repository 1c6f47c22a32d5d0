import { mean, median, spread } from "../../bench/statistics.ts";

test.each([
  [[3], { median: 3, low: 3, high: 3 }],
  [[1, 2], { median: 1.5, low: 1.25, high: 1.75 }],
  [[9, 1, 5, 3, 7], { median: 5, low: 3, high: 7 }],
  [[], { median: Number.NaN, low: Number.NaN, high: Number.NaN }],
])("the spread of %j is its median and its quartiles", (values, want) => {
  expect(spread(values)).toEqual(want);
});

test("a median does not care for outliers, a mean does", () => {
  expect(median([1, 2, 1000])).toBe(2);
  expect(mean([1, 2, 1000])).toBeCloseTo(334.33);
});
