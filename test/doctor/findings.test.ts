import { CODES } from "../../src/doctor/codes.ts";
import { createRows } from "./findings.table.ts";
import type { Row } from "./findings.table.ts";
import { kubeconfig } from "./kubeconfigs.ts";
import { examine, lineOf } from "./world.ts";

describe("every finding", () => {
  let rows: readonly Row[] = [];
  beforeAll(async () => {
    rows = await createRows();
  });
  const rowOf = (code: string): Row => {
    const row = rows.find((each) => each.code === code);
    if (row === undefined) {
      throw new Error(`no row for ${code}`);
    }
    return row;
  };

  test("has a row, in the order of the codes", () => {
    expect(rows.map(({ code }) => code)).toEqual(Object.keys(CODES));
  });

  test.each(Object.keys(CODES))("%s is told where it is, and only there", (code) => {
    const { shown, line, hidden } = rowOf(code);
    expect(examine(shown).findings.map(lineOf)).toContain(line);
    expect(examine(hidden).findings.map((finding) => finding.code)).not.toContain(code);
  });

  test("ends its sentences, and says what to do", () => {
    for (const { shown } of rows) {
      for (const { message, mend } of examine(shown).findings) {
        expect(message).toMatch(/[.?]$/);
        expect(message).not.toMatch(/\.\.$/);
        expect(mend).not.toBe("");
      }
    }
  });

  test("holds no secret", () => {
    for (const { shown } of rows) {
      expect(JSON.stringify(examine(shown).findings)).not.toMatch(/hunter2|c2lnbmF0dXJl/);
    }
  });
});

test("in a good kubeconfig nothing is found", () => {
  expect(examine({ config: kubeconfig({}), files: { "/home/u/token": "t\n" } })).toEqual({
    files: ["/home/u/.kube/config"],
    findings: [],
    omitted: new Map(),
  });
});
