import { redactLine } from "../../src/writing/redacted-diff.ts";

describe("of a line is shown", () => {
  test.each([
    ["- name: a", "- name: a"],
    ["  cluster:", "  cluster:"],
    ["    server: https://a", "    server: https://a"],
    ["    server: https://me:pw@a", "    server: https://REDACTED@a"],
    ["current-context: x\r", "current-context: x\r"],
    ['"server": "https://a",', '"server": "https://a",'],
    ["users: []", "users: []"],
    ["---", "---"],
    ["}, {", "}, {"],
    ["", ""],
  ])("all of %j", (line, shown) => expect(redactLine(line, [])).toBe(shown));

  test.each([
    ["    token: abc", "    token: REDACTED"],
    ['"token": "abc",', '"token": "REDACTED'],
    ["    password: abc # def", "    password: REDACTED"],
    ["    client-key-data: YQ==", "    client-key-data: REDACTED"],
    ["      - --secret=abc", "      - REDACTED"],
    ["      - name: A", "      - name: A"],
    ["        value: abc", "        value: REDACTED"],
    ["    unknown: abc", "    unknown: REDACTED"],
    ["  continued abc", "  REDACTED"],
    ["# token: abc", "#REDACTED"],
    ["- name: a # the key is abc", "- name: REDACTED"],
    ["users: [{name: a, user: {token: abc}}]", "users: REDACTED"],
    ["- {name: a, user: {token: abc}}", "- {name: REDACTED"],
    ["  user: {token: abc}", "  user: REDACTED"],
  ])("of %j no secret", (line, shown) => {
    expect(redactLine(line, []).replace('"REDACTED', "REDACTED")).toBe(
      shown.replace('"REDACTED', "REDACTED"),
    );
    expect(redactLine(line, [])).not.toContain("abc");
  });

  test("no known secret, wherever it stands", () => {
    expect(redactLine("- name: my-s3cr3t-name", ["s3cr3t"])).toBe("- name: my-REDACTED-name");
  });
});
