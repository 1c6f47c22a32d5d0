import { readFileSync } from "node:fs";
import { join } from "node:path";

import { toBytes } from "../../../src/go/byte-text.ts";
import { parseGoTemplate } from "../../../src/printers/go-template/go-template.ts";

type Row = readonly [format: string, values: string, prints: string];

/** What kubectl printed. */
const { rows } = JSON.parse(
  readFileSync(join(process.cwd(), "test/printers/go-template/fixtures/printf.json"), "utf8"),
) as { readonly rows: readonly Row[] };

function print(template: string): string {
  return parseGoTemplate(template).execute(new Map());
}

describe("printf prints what kubectl's does", () => {
  const byVerb = new Map<string, Row[]>();
  for (const row of rows) {
    const verb = /[a-zA-Z]?$/u.exec(row[0])?.[0] ?? "";
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), row]);
  }

  test.each([...byVerb])("with formats that end in %j", (_verb, ofVerb) => {
    for (const [format, values, prints] of ofVerb) {
      const template = `{{printf "${format}" ${values}}}`;
      expect([template, print(template)]).toEqual([template, prints]);
    }
  });
});

describe("a text is bytes, as in Go", () => {
  test.each([
    ['{{"\\xff"}}', [0xff]],
    ['{{"\\xc3"}}{{"\\xa9"}}', [0xc3, 0xa9]],
    ['{{slice "é" 0 1}}{{slice "é" 1 2}}', [0xc3, 0xa9]],
    ['{{slice "é" 1}}', [0xa9]],
    ['{{print (slice "é" 0 1) (slice "é" 1 2) | len}}', [0x32]],
    ['{{eq "é" (print (slice "é" 0 1) (slice "é" 1 2))}}', [0x74, 0x72, 0x75, 0x65]],
    ['{{printf "%x" "é"}}', [0x63, 0x33, 0x61, 0x39]],
    ['{{printf "%3s" (slice "é" 0 1)}}', [0x20, 0x20, 0xc3]],
    ['{{base64decode "/w=="}}', [0xff]],
    ['{{js "\\xff"}}', [0xff]],
  ])("%s prints the bytes %j", (template, bytes) => {
    expect(toBytes(print(template))).toEqual(bytes);
  });

  test.each([
    ['{{printf "%q" "\\xff"}}', '"\\xff"'],
    ['{{printf "%q" (slice "é" 0 1)}}', '"\\xc3"'],
    ['{{urlquery "\\xff"}}', "%FF"],
    ['{{len "é😀"}}', "6"],
    ['{{index "é" 1}}', "169"],
    ['{{printf "%.1s|%5s|%q" "é😀" "é😀" "é😀"}}', 'é|   é😀|"é😀"'],
  ])("%s prints %s", (template, want) => {
    expect(print(template)).toBe(want);
  });
});
