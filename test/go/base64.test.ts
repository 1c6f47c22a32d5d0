import { base64Length, decodeBase64, encodeBase64 } from "../../src/go/base64.ts";

describe("base64 is decoded as Go's StdEncoding does", () => {
  test.each([
    ["", ""],
    ["YQ==", "a"],
    ["YR==", "a"],
    ["YWI=", "ab"],
    ["YWJj", "abc"],
    ["YWJj".repeat(3000), "abc".repeat(3000)],
    ["Y\r\nQ=\n=", "a"],
    ["++//", Buffer.from("++//", "base64").toString("latin1")],
  ])("%j is accepted", (text, want) => {
    expect(Buffer.from(decodeBase64(text) ?? [0xff]).toString("latin1")).toBe(want);
    expect(base64Length(text)).toBe(want.length);
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
    "\u0141\u0141\u0141\u0141",
    `${"QUJD".repeat(3000)}=`,
  ])("%j is refused", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
    expect(base64Length(text)).toBeUndefined();
  });

  test("what is encoded is decoded again", () => {
    expect(encodeBase64(new Uint8Array([0, 255, 1]).subarray(1))).toBe("/wE=");
  });
});
