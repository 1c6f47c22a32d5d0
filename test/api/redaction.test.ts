import { DATA_OMITTED, omitData, redactUrlPassword, redactValues } from "../../src/api/redaction.ts";

test.each([
  ["https://u:p@h/", "https://REDACTED@h/"],
  ["https://u@h", "https://REDACTED@h"],
  ["u:p@h:1", "REDACTED@h:1"],
  ["//u:p@h", "//REDACTED@h"],
  // The last @ before the path ends them, whatever stands before it.
  ["https://u:p@ss:w@rd@h/a@b", "https://REDACTED@h/a@b"],
  ["https://u:\n@h", "https://REDACTED@h"],
  ["https://@h", "https://REDACTED@h"],
  // Nothing of these is a user or a password.
  ["https://h/a@b", "https://h/a@b"],
  ["https://h/a//u:p@b", "https://h/a//u:p@b"],
  ["https://h?a=b@c", "https://h?a=b@c"],
  ["https://h#b@c", "https://h#b@c"],
  ["https://h", "https://h"],
  ["", ""],
])("%j is shown as %j", (url, shown) => {
  expect(redactUrlPassword(url)).toBe(shown);
});

test("bytes are omitted however few they are, and none stay none", () => {
  expect(omitData(Buffer.from("x"))).toBe(DATA_OMITTED);
  expect(omitData(Buffer.from("xy"))).toBe(DATA_OMITTED);
  expect(omitData(new Uint8Array())).toEqual(new Uint8Array());
  expect(omitData(undefined)).toBeUndefined();
  expect(Buffer.from(DATA_OMITTED).toString("base64")).toBe("DATA+OMITTED");
});

test("of a map the keys stay", () => {
  expect(redactValues(new Map([["id-token", "s3cr3t"]]))).toEqual(new Map([["id-token", "REDACTED"]]));
});
