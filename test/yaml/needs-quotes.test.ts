import { needsQuotes } from "../../src/yaml/needs-quotes.ts";

describe("YAML's words for null, booleans and special numbers need quotes", () => {
  test.each([
    "y",
    "Y",
    "yes",
    "Yes",
    "YES",
    "true",
    "True",
    "TRUE",
    "on",
    "On",
    "ON",
    "n",
    "N",
    "no",
    "No",
    "NO",
    "false",
    "False",
    "FALSE",
    "off",
    "Off",
    "OFF",
    "~",
    "null",
    "Null",
    "NULL",
    ".nan",
    ".NaN",
    ".NAN",
    ".inf",
    ".Inf",
    ".INF",
    "+.inf",
    "+.Inf",
    "+.INF",
    "-.inf",
    "-.Inf",
    "-.INF",
    "",
  ])("%j does", (text) => {
    expect(needsQuotes(text)).toBe(true);
  });

  test.each([
    "yEs",
    "tRue",
    "oN",
    "nO",
    "nULL",
    "nil",
    "none",
    "t",
    "T",
    "f",
    "F",
    "i",
    "yes!",
    "yess",
    "truee",
    "nullx",
    "NaN",
    "nan",
    "inf",
    "Inf",
    "+inf",
    "-nan",
    "+.nan",
    "<<",
    "_",
    "a",
    "é",
  ])("%j does not", (text) => {
    expect(needsQuotes(text)).toBe(false);
  });
});

describe("what go-yaml v2 reads as a number needs quotes", () => {
  test.each([
    "0",
    "1",
    "-1",
    "+1",
    "00",
    "007",
    "08",
    "0o17",
    "-0o7",
    "0x1F",
    "0X1f",
    "-0xff",
    "+0x1f",
    "0b101",
    "-0b11",
    "0b-1",
    "0b+1",
    "0B1",
    "1_000",
    "1__2",
    "1_",
    "0_",
    "0x_1",
    "0_8",
    "9223372036854775808",
    "18446744073709551616",
    "0xffffffffffffffff",
    "-0x8000000000000000",
    "1.",
    "1.5",
    ".5",
    "0.5e3",
    "1e3",
    "1E-3",
    "1e+5",
    "-.5",
    "+.5",
    "1.e5",
    "1_0.5",
    "1e-400",
  ])("%j does", (text) => {
    expect(needsQuotes(text)).toBe(true);
  });

  test.each([
    "0x",
    "0b",
    "0o",
    "0b2",
    "0o8",
    "0xg",
    "1e400",
    "1e",
    "e1",
    "1.2.3",
    ".5_",
    "._5",
    "0x10000000000000000",
    "+0xffffffffffffffff",
    "-0b-1",
    "+0b+1",
    "-0x8000000000000001",
    "1,5",
    "1x",
    "0x1p4",
    "infinity",
    "+_",
    "+a",
    "-a",
    "12e",
    "_1",
    "1.5e",
    "-0b+1",
  ])("%j does not", (text) => {
    expect(needsQuotes(text)).toBe(false);
  });
});

describe("what other readers take for a number in base 60 needs quotes", () => {
  test.each([
    "12:30",
    "1:2:3",
    "190:20:30",
    "-1:20",
    "+1:5",
    "1:20.5",
    "1_0:30",
    "0:0",
    "1:59:59.",
    "1:2:3:4",
  ])("%j does", (text) => {
    expect(needsQuotes(text)).toBe(true);
  });

  test.each(["1:60", "1:", "a:1", "12:345", "1:2a", "1:2:3.4.5", "1::2", "1:6 0"])("%j does not", (text) => {
    expect(needsQuotes(text)).toBe(false);
  });

  test("even if it is very long", () => {
    expect(needsQuotes(`1${":23".repeat(3_000_000)}`)).toBe(true);
    expect(needsQuotes(`1${":23".repeat(3_000_000)}x`)).toBe(false);
  });
});

describe("timestamps need quotes", () => {
  test.each([
    "2001-01-01",
    "2001-1-1",
    "2000-2-29",
    "0000-1-1",
    "2001-12-14T21:59:43Z",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43.10",
    "2001-12-14   21:59:43",
    "2001-1-1 1:2:3,5",
    "2001-1-1T1:2:3.123456789Z",
    "2001-1-1T1:2:3+24:00",
    "2001-1-1T1:2:3-00:60",
    "2001-2-4 1:9:3.0368547758",
  ])("%j does", (text) => {
    expect(needsQuotes(text)).toBe(true);
  });

  test.each([
    "2001-2-29",
    "1900-2-29",
    "2001-13-01",
    "2001-00-1",
    "2001-1-0",
    "2001-1-32",
    "2001-1-1T24:00:00Z",
    "2001-1-1T1:60:00Z",
    "2001-1-1T1:2:60Z",
    "2001-1-1T1:2:3z",
    "2001-1-1T1:2:3",
    "2001-1-1T1:2:3+0000",
    "2001-1-1 1:2:3.",
    "2001-1-1 1:2",
    "2001-123-1",
    "01-1-1",
    "20011-1-1",
    "2001-1-1T1:2:3+25:00",
    "2001-1-1T1:2:3+24:61",
  ])("%j does not", (text) => {
    expect(needsQuotes(text)).toBe(false);
  });
});
