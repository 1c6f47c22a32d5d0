import { array, assert, constantFrom, property } from "fast-check";
import { redactLine, isSuspect } from "../../src/writing/redact-line.ts";
import { redactedDiff } from "../../src/writing/redacted-diff.ts";
import { SecretIndex } from "../../src/writing/secret-index.ts";

/** The rules as single patterns: right, and slow where a line is long. */
const FIELD =
  /^(?<head>\s*(?:- +)*[{[\s]*)(?<quote>["']?)(?<key>[\w-]+)\k<quote>(?<colon>\s*:\s*)(?<value>.*)$/s;
const SECRET_FIELD =
  /(?:token|passw|passphrase|secret|credential|api-?key|key-data|private|bearer|authorization|value)[\w-]*["']?(?:\s*[:=]|\s+)\s*\S/i;

/** A value that says nothing: null, whatever brackets stand around it. */
const NOTHING = /^[\s{}[\],]*null[\s{}[\],]*$/;

const pieces = [
  " ",
  "  ",
  "\t",
  "-",
  "- ",
  "-  ",
  "{",
  "[",
  "}",
  "]",
  "'",
  '"',
  ":",
  ": ",
  "=",
  "#",
  "# ",
  ",",
  "\u00a0",
  "a",
  "key",
  "name",
  "server",
  "token",
  "TOKEN",
  "api-key",
  "apikey",
  "value",
  "private",
  "x@y",
  "//u:p@h",
  "null",
  "1",
];
const line = array(constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""));

test("a field is found where a single pattern finds it", () => {
  assert(
    property(line, (text) => {
      const { head, quote = "", key, colon = "", value = "" } = FIELD.exec(text)?.groups ?? {};
      const { shown, hidden } = redactLine(text);
      expect(shown + hidden).toBe(text);
      if (key !== undefined && hidden !== "") {
        expect(shown).toBe(`${head}${quote}${key}${quote}${colon}`);
        expect(hidden).toBe(value);
      }
      if (key === undefined && hidden !== "") {
        expect(shown).toBe(/^\s*(?:- +|#)?/.exec(text)?.[0]);
      }
      if (key === "token" && /[a-z0-9]/.test(value) && !NOTHING.test(value)) {
        expect(hidden).not.toBe("");
      }
    }),
    { numRuns: 20_000 },
  );
});

test("a comment is suspect if it names a secret in the way of a single pattern", () => {
  const none = new SecretIndex([]);
  assert(
    property(line, (text) => {
      if (SECRET_FIELD.test(`# ${text}`)) {
        expect(isSuspect(`# ${text}`, none)).toBe(true);
      }
    }),
    { numRuns: 20_000 },
  );
  expect(isSuspect("# a tokens'", none)).toBe(false);
  expect(isSuspect("# a token  ", none)).toBe(false);
  expect(isSuspect("# my secret is", none)).toBe(true);
});

test("secrets are found in comments as by looking for each", () => {
  const word = array(constantFrom("a", "b", "c"), { minLength: 4, maxLength: 7 }).map((parts) =>
    parts.join(""),
  );
  const text = array(constantFrom("a", "b", "c", " "), { maxLength: 30 }).map((parts) => parts.join(""));
  assert(
    property(array(word, { maxLength: 5 }), text, (secrets, comment) => {
      expect(new SecretIndex(secrets).isIn(comment)).toBe(secrets.some((secret) => comment.includes(secret)));
    }),
    { numRuns: 5000 },
  );
});

test("where it would take too long to look for secrets, a comment may hold one", () => {
  const index = new SecretIndex(Array.from({ length: 10_000 }, (_, i) => `same${i}`));
  expect(index.isIn("same but ".repeat(10))).toBe(false);
  expect(index.isIn("same but ".repeat(1000))).toBe(true);
});

const users = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `- {name: u${i}, user: {token: abcdefg${i}}}\n# note ${i} xx yy zz\n`,
  );
const numbered = (word: string) => Array.from({ length: 15_000 }, (_, i) => `x${i}: ${word}${i}\n`).join("");
const encode = (value: string) => new TextEncoder().encode(value);

/** Texts for which each step more for a character is a step more for all of them. */
const LONG = 1_000_000;
describe("a text of a million characters is masked, of", () => {
  const head = "kind: Config\n";
  test.each([
    ["a word and blanks", `${head}# token${" ".repeat(LONG)}\n`],
    ["words", `${head}# ${"token".repeat(LONG / 5)}\n`],
    ["words and blanks", `${head}# ${"value ".repeat(LONG / 6)}\n`],
    ["dashes", `${head}# ${"- ".repeat(LONG / 2)}\n`],
    ["slashes", `${head}# ${"/".repeat(LONG)}\n`],
    ["letters", `${head}# ${"aaaaaaa-".repeat(LONG / 8)}\n`],
    ["a second document of blanks", `${head}---\n${" ".repeat(LONG)}!\n`],
    ["a second document of braces", `${head}---\n${"{ ".repeat(LONG / 2)}!\n`],
    ["a second document of dashes", `${head}---\n${"- ".repeat(LONG / 2)}!\n`],
    ["a second document of quotes", `${head}---\n${"'a".repeat(LONG / 2)}!\n`],
    ["a key with blanks in it", `${head}? "a${" ".repeat(LONG)}b"\n: 1\n`],
    ["comments and secrets", `${head}users:\n${users(20_000).join("")}`],
  ])("%s", (_what, text) => {
    const data = new TextEncoder().encode(text);
    const diff = redactedDiff({
      file: "f",
      before: data,
      after: new TextEncoder().encode(`${text}# more\n`),
    });
    expect(/^\+#/m.test(diff)).toBe(true);
  });

  test("lines that all replace each other", () => {
    const diff = redactedDiff({ file: "f", before: encode(numbered("a")), after: encode(numbered("b")) });
    expect(diff.match(/^\+x\d+: REDACTED \(changed\)$/gm)?.length).toBe(15_000);
  });
});
