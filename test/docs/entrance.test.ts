import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf, codeSpansOf, readPage } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const { scripts } = JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test("the README opens with how to run and how to test it", () => {
  const [run, tests] = blocksOf("README.md").filter(({ language }) => language === "sh");
  expect(run?.text).toMatch(
    /^npm ci && npx kcfg view --merged\nKUBECONFIG=examples\/team.yaml:examples\/personal.yaml npx kcfg view --merged\n$/,
  );
  expect(tests?.text).toBe("npm ci && npm test\n");
});

test("CONTRIBUTING.md tells of every script that somebody would call", () => {
  const parts = new Set(["build", "prepare", "typecheck", "lint", "test"]);
  const called = Object.keys(scripts).filter((name) => !parts.has(name) && !/check/.test(name));
  const listed = readPage("CONTRIBUTING.md").matchAll(/^\| `npm run ([\w:]+)[^`]*` +\|/gm);
  expect(Array.from(listed, ([, name = ""]) => name).toSorted()).toEqual(called.toSorted());
});

test.each(["README.md", "CONTRIBUTING.md"])("%s speaks of no script that does not exist", (page) => {
  const spoken = codeSpansOf(readPage(page)).flatMap(({ code }) =>
    Array.from(code.matchAll(/npm run (?:--silent )?([\w:]+)/g), ([, name = ""]) => name),
  );
  expect(spoken.filter((name) => !(name in scripts))).toEqual([]);
});
