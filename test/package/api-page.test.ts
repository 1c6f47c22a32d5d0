import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiPage } from "../../scripts/api-page-text.ts";
import { repositoryFolder } from "../support/run-bin.ts";

/** Tables as oxfmt aligns them, and as they are written. */
function plain(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/ +\|/g, " |")
    .replaceAll(/\| -+ \|(?: -+ \|)*/g, "| --- | --- |");
}

test("the page on the public API has every export, in its place, with its docstring; npm run api writes it", () => {
  const page = readFileSync(join(repositoryFolder, "docs/api.md"), "utf8");
  expect(plain(page)).toBe(plain(apiPage()));
});
