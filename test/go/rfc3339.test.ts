import * as fc from "fast-check";
import { parseRfc3339 } from "../../src/go/rfc3339.ts";

describe("times are read as Go's time.Parse reads RFC 3339", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["1970-01-01T00:00:01.5Z", 1500],
    ["1970-01-01T00:00:01,25Z", 1250],
    ["1970-01-01T00:00:00.0019999Z", 1],
    ["1970-01-01T01:00:00+01:00", 0],
    ["1969-12-31T23:30:00-00:30", 0],
    ["1970-01-02T00:00:00+24:00", 0],
    ["1970-01-01T1:00:00Z", 3_600_000],
    ["0001-01-01T00:00:00Z", -62_135_596_800_000],
    ["1970-01-01T00:00:60Z", undefined],
    ["1970-01-01", undefined],
  ])("%s", (text, want) => {
    expect(parseRfc3339(text)).toBe(want);
  });

  test("whatever Date writes", () => {
    const dates = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => parseRfc3339(date.toISOString()) === date.getTime()));
  });
});
