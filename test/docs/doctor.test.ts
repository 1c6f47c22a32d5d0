import { codeFacts, CODES, isFindingCode } from "../../src/doctor/codes.ts";
import { readPage } from "../support/markdown.ts";

function escape(text: string): string {
  return text.replaceAll("<", "&lt;");
}

/** What the page has to say of a code. */
function entryOf(code: string): string {
  if (!isFindingCode(code)) {
    throw new Error(`no code: ${code}`);
  }
  const { severity, title, explanation, hint } = codeFacts(code);
  return `### \`${code}\`\n\n_${severity}._ ${escape(title)}. ${escape(explanation)}\n\nMend: ${escape(hint)}\n`;
}

const page = readPage("docs/doctor.md");

test("the page on the doctor lists every code, in their order, and no other", () => {
  const listed = Array.from(page.matchAll(/^### `(.*)`$/gm), ([, code]) => code);
  expect(listed).toEqual(Object.keys(CODES));
});

test.each(Object.keys(CODES))("it says of %s what the command says", (code) => {
  const start = page.indexOf(`### \`${code}\`\n`);
  const after = page.slice(start).search(/\n(?=#{2,3} )/);
  expect(page.slice(start, after === -1 ? undefined : start + after)).toBe(entryOf(code));
});
