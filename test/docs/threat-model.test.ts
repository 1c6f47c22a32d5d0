import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TARGET_NAMES } from "../fuzz/targets.ts";
import { readPage } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

// Every promise of the threat model names the tests that hold it: they must exist, and every attack must hold one.

const [, promises = ""] = readPage("docs/threat-model.md").split("\n## Promises\n");
const rows = (promises.split("\n## ")[0] ?? "")
  .split("\n")
  .filter((line) => /^\| \d/u.test(line))
  .map((line) => line.split(/ +\| +/u));

const folder = join(repositoryFolder, "test/attack/rows");
const attacks = new Set(
  readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/^\s+row: "(\w+)",$/gmu)].map(
      ([, row]) => row ?? "",
    ),
  ),
);

/** What holds a promise: `attack H1`, `fuzz keys`, or the path of a suite. */
function holdersOf(cell: string): readonly string[] {
  return cell
    .replace(/ *\|$/u, "")
    .split(", ")
    .map((part) => part.replaceAll("`", "").trim());
}

describe("the threat model", () => {
  test.each(rows.map(([number = "", promise = "", cell = ""]) => [number, promise, cell]))(
    "%s names what holds it: %s",
    (_number, _promise, cell) => {
      const missing = holdersOf(cell).filter((holder) => {
        const [kind, name = ""] = holder.split(" ");
        switch (kind) {
          case "attack":
            return !attacks.has(name);
          case "fuzz":
            return !TARGET_NAMES.includes(name);
          default:
            return !holder.startsWith("test/") || !existsSync(join(repositoryFolder, holder));
        }
      });
      expect(missing).toEqual([]);
    },
  );

  test("has a promise for every attack", () => {
    const named = new Set(rows.flatMap(([, , cell = ""]) => holdersOf(cell)));
    expect(attacks.size).toBeGreaterThan(15);
    expect([...attacks].filter((row) => !named.has(`attack ${row}`))).toEqual([]);
  });

  test("has a promise for every fuzz target but the comparison of readers", () => {
    const named = new Set(rows.flatMap(([, , cell = ""]) => holdersOf(cell)));
    expect(TARGET_NAMES.filter((name) => !named.has(`fuzz ${name}`))).toEqual(["quick-readers"]);
  });
});
