import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeUnprintable } from "../../../src/go/printable-text.ts";
import type { Paint } from "../../../src/cli/colour.ts";
import { shareOut, widthOf } from "../../../src/cli/picker/columns.ts";
import { cutApart, cutMiddle, textOf } from "../../../src/cli/picker/cut.ts";
import { layOut, tableOf } from "../../../src/cli/picker/layout.ts";
import { cursorColumn, listHeight, screenLines } from "../../../src/cli/picker/screen.ts";
import type { PickerChoice } from "../../../src/cli/picker/state.ts";
import { press, resized, startPicking } from "../../../src/cli/picker/state.ts";
import { repositoryFolder } from "../../support/run-bin.ts";

const CHOICE: PickerChoice = {
  title: "Switch to context",
  noun: "contexts",
  headers: ["NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"],
  items: [
    { name: "laptop", details: ["laptop", "admin", ""] },
    { name: "production", details: ["production", "developer", "shop"] },
    { name: "staging", details: ["staging", "developer", "shop"] },
  ],
  current: 2,
};

const marks: Paint = (text, ...colours) => (colours.includes("underline") ? `[${text}]` : text);

const plainly = (text: string): string => text;

function screen(
  choice: PickerChoice,
  typed: string,
  size: { readonly columns: number; readonly rows: number },
  paint: Paint = plainly,
) {
  const table = tableOf(choice);
  const layout = layOut(table, size);
  const start = startPicking(choice, table.rows, layout.lines);
  const typedIn = Array.from(typed).reduce((before, text) => press(before, { key: "text", text }), start);
  const state = resized(typedIn, listHeight(typedIn, table, layout));
  return screenLines(state, table, layout, paint);
}

/** A list of names of which each is the name of its cluster and of its user, too, as the programs of clouds write it. */
function sameThrice(names: readonly string[], current = 0): PickerChoice {
  return { ...CHOICE, items: names.map((name) => ({ name, details: [name, name, ""] })), current };
}

const EKS = ["dev", "prod", "staging"].map(
  (stage) => `arn:aws:eks:eu-west-1:123456789012:cluster/payments-${stage}`,
);
const GKE = ["prod", "dev"].flatMap((stage) =>
  ["blue", "green"].map((colour) => `gke_acme-platform-${stage}_europe-west1-b_${colour}`),
);

test("the screen shows the filter, the table, the selected and the current context", () => {
  expect(screen(CHOICE, "", { columns: 80, rows: 24 })).toEqual([
    "Switch to context: ",
    "    NAME         AUTHINFO    NAMESPACE",
    "    laptop       admin",
    "    production   developer   shop",
    "> * staging      developer   shop",
    "3 contexts   row 3   enter: switch   esc: cancel   type to filter",
  ]);
  expect(screen(CHOICE, "od", { columns: 80, rows: 24 })).toEqual([
    "Switch to context: od",
    "    NAME         AUTHINFO    NAMESPACE",
    ">   production   developer   shop",
    "1 of 3 match   row 1   enter: switch   esc: cancel   type to filter",
  ]);
  expect(screen(CHOICE, "zz", { columns: 80, rows: 24 }).slice(2)).toEqual([
    "    nothing matches",
    "0 of 3 match   enter: switch   esc: cancel   type to filter",
  ]);
});

describe("long names", () => {
  test.each([80, 120])(
    "are shown whole in %d columns, where columns that repeat them are left out",
    (columns) => {
      const lines = screen(sameThrice([...EKS, ...GKE]), "", { columns, rows: 24 });
      expect(lines.slice(1, 6)).toEqual([
        "    NAME",
        `> * ${EKS[0]}`,
        `    ${EKS[1]}`,
        `    ${EKS[2]}`,
        `    ${GKE[0]}`,
      ]);
    },
  );

  test("are cut in the middle, and the selected one is shown whole below the list", () => {
    expect(screen(sameThrice(EKS, 1), "", { columns: 40, rows: 12 })).toEqual([
      "Switch to context: ",
      "    NAME",
      "    arn:aws:eks:eu…:cluster/payments-dev",
      "> * arn:aws:eks:eu…cluster/payments-prod",
      "    arn:aws:eks:eu…ster/payments-staging",
      "",
      "",
      "",
      "",
      "arn:aws:eks:eu-west-1:123456789012:clust",
      "er/payments-prod",
      "3 contexts   row 2   enter: switch",
    ]);
  });

  test("are cut elsewhere where the same would be left of two", () => {
    expect(cutApart(GKE, 24).map(textOf)).toEqual([
      "gke_ac…rm-pro…st1-b_blue",
      "gke_ac…rm-pro…t1-b_green",
      "gke_ac…rm-dev…st1-b_blue",
      "gke_ac…rm-dev…t1-b_green",
    ]);
  });

  const hostile: readonly (readonly [what: string, names: readonly string[]])[] = [
    ["of clouds", [...EKS, ...GKE]],
    [
      "that differ in the middle of much",
      ["dev", "prod", "dev2"].map((it) => `${"x".repeat(300)}${it}${"y".repeat(300)}`),
    ],
    ["of wide characters", ["一", "二", "三"].map((it) => `日本語クラスタ${it}東京リージョン`.repeat(3))],
    ["that escape alike", ["a\u001b[2Jb", "a\\x1b[2Jb", "a\\\\x1b[2Jb"]],
    ["with spaces at the end", ["prod", "prod ", "prod  "]],
    ["that are composed otherwise", ["caf\u00e9", "cafe\u0301"]],
    ["that look numbered", ["prod~1", "prod", "prod ", "prod~2"]],
    [
      "that differ by a hair, many times",
      Array.from({ length: 500 }, (_, i) => `${"ab".repeat(i % 9)}${"z".repeat(90 + i)}`),
    ],
    [
      "of ten thousand",
      Array.from({ length: 10_000 }, (_, i) => `cluster-of-team-number-${i}-in-production`),
    ],
  ];

  test.each(
    hostile.flatMap(([what, names]) =>
      [20, 24, 40, 80, 120, 300].map((columns) => [what, columns, names] as const),
    ),
  )("%s never look the same in %d columns", (_what, columns, names) => {
    const { names: cuts } = layOut(tableOf(sameThrice(names)), { columns, rows: 24 });
    const shown = cuts.map((cut) => textOf(cut).normalize("NFC").trimEnd());
    expect(new Set(shown).size).toBe(names.length);
    expect(Math.max(...shown.map(widthOf))).toBeLessThanOrEqual(columns - 4);
  });

  test.each([20, 40, 80, 120])("the selected one is on a screen of %d columns, whole", (columns) => {
    for (const [index, name] of [...EKS, ...GKE].entries()) {
      const lines = screen(sameThrice([...EKS, ...GKE], index), "", { columns, rows: 10 });
      expect(lines.join("")).toContain(name);
    }
  });

  test("leave room: columns that do not fit are shown of the selected item", () => {
    const items = EKS.map((name, i) => ({ name, details: [`c${i}`, `${"user".repeat(20)}${i}`, "shop"] }));
    const lines = screen({ ...CHOICE, items, current: 1 }, "", { columns: 80, rows: 10 });
    expect(lines[1]).toMatch(/^ {4}NAME +CLUSTER$/);
    expect(lines.at(-2)).toMatch(/^AUTHINFO useruser\S*…\S*user1 {3}NAMESPACE shop$/);
  });
});

describe("a filter", () => {
  test("marks what it has found, in every column", () => {
    expect(screen(CHOICE, "shop prod", { columns: 80, rows: 24 }, marks).slice(2, 3)).toEqual([
      ">   [prod]uction   developer   [shop]",
    ]);
    expect(screen(CHOICE, "stgng", { columns: 80, rows: 24 }, marks)[2]).toBe(
      "> * [st]a[g]i[ng]      developer   shop",
    );
  });

  test("marks the ellipsis that hides what it has found", () => {
    expect(screen(sameThrice(EKS), "123456 DEV", { columns: 40, rows: 10 }, marks)[2]).toBe(
      "> * arn:aws:eks:eu[…]:cluster/payments-[dev]",
    );
  });
});

test("the README shows the screen of the files in examples", () => {
  const readme = readFileSync(join(repositoryFolder, "README.md"), "utf8").replaceAll("\r\n", "\n");
  const [, shown] = /^```text\n(Switch to context:.*?)^```$/ms.exec(readme) ?? [];
  const lines = screen(CHOICE, "", { columns: 80, rows: 24 }).map((line) => `${line.trimEnd()}\n`);
  expect(shown).toBe(lines.join(""));
});

describe("the screen fits on the terminal", () => {
  const wide: PickerChoice = {
    ...CHOICE,
    items: Array.from({ length: 100 }, (_, i) => ({
      name: `arn:aws:eks:eu-west-1:123456789012:cluster/${"\u65e5\u672c".repeat(i % 40)}`,
      details: ["c".repeat(i), "\u001b[31m", "e\u0301\ud83d\ude00".repeat(i % 30)],
    })),
  };

  test.each([
    [80, 24],
    [40, 10],
    [20, 4],
    [20, 3],
    [10, 2],
    [3, 3],
    [1, 1],
    [200, 60],
  ])("of %d columns and %d rows", (columns, rows) => {
    const lines = screen(wide, "a", { columns, rows });
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(lines.join("")).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
  });

  test("with the end of a long filter and the cursor in it", () => {
    const size = { columns: 32, rows: 10 };
    const table = tableOf(CHOICE);
    const start = startPicking(CHOICE, table.rows, 5);
    const state = Array.from("a very long filter indeed").reduce(
      (before, text) => press(before, { key: "text", text }),
      start,
    );
    expect(screenLines(state, table, layOut(table, size), plainly)[0]).toBe(
      "Switch to context: ilter indeed",
    );
    expect(cursorColumn(state, 32)).toBeLessThan(32);
    expect(screenLines(state, table, layOut(table, { columns: 20, rows: 5 }), plainly)[0]).toBe(
      "> ong filter indeed",
    );
  });
});

describe("columns", () => {
  test.each([
    ["abc", 3],
    ["\u65e5\u672c", 4],
    ["e\u0301", 1],
    ["\ud83d\ude00", 2],
    ["\u00e9", 1],
    ["", 0],
  ])("%j is wide", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test.each([
    ["abc", 5, "abc"],
    ["abcdef", 4, "a…ef"],
    ["\u65e5\u672c\u8a9e", 4, "…\u8a9e"],
    ["abc", 0, ""],
    ["abc", 1, "…"],
  ])("%j is cut to %d", (text, width, cut) => {
    expect(textOf(cutMiddle(text, width))).toBe(cut);
  });

  test("are shared out, so that the narrow ones stay whole", () => {
    expect(shareOut([10, 5], 80, 3)).toEqual([10, 5]);
    expect(shareOut([100, 5, 100], 56, 3)).toEqual([23, 5, 22]);
    expect(shareOut([100, 100], 3, 3)).toEqual([0, 0]);
  });

  test("show control characters by their numbers", () => {
    expect(escapeUnprintable("a\u001b[2J\n\u202e\\")).toBe("a\\x1b[2J\\n\\u202e\\");
  });
});
