import { decodeBase64, encodeBase64 } from "../../src/codec/base64.ts";

describe("base64 is decoded as Go's StdEncoding does", () => {
  test.each([
    ["", ""],
    ["YQ==", "a"],
    ["YR==", "a"],
    ["YWI=", "ab"],
    ["YWJj", "abc"],
    ["Y\r\nQ=\n=", "a"],
    ["++//", Buffer.from("++//", "base64").toString("latin1")],
  ])("%j is accepted", (text, want) => {
    expect(Buffer.from(decodeBase64(text) ?? [0xff]).toString("latin1")).toBe(want);
  });

  test.each([
    "YQ",
    "YQ=",
    "YQ===",
    "Y",
    "=",
    "====",
    "YQ==YQ==",
    "Y Q==",
    "YQ== ",
    "-_-_",
    "YWJj=",
    "Y===",
    "é===",
  ])("%j is refused", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  test("what is encoded is decoded again", () => {
    expect(encodeBase64(new Uint8Array([0, 255, 1]).subarray(1))).toBe("/wE=");
  });
});
