import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../test/conformance/repository.ts";
import type { Result } from "../result.ts";
import { fullReport, summary } from "./page.ts";

const BEGIN = "<!-- measured by npm run bench: begin -->";
const END = "<!-- measured by npm run bench: end -->";

/** Writes the measurements into the pages that show them. */
export function writePages(result: Result): void {
  replaceIn("README.md", summary(result));
  replaceIn("docs/performance.md", fullReport(result));
}

function replaceIn(page: string, measured: string): void {
  const file = join(repositoryRoot(), page);
  writeFileSync(file, between(readFileSync(file, "utf8"), measured, page));
}

/**
 * Replaces the text between two marks of a page.
 *
 * @throws Error if it has no marks
 */
export function between(text: string, measured: string, page: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) {
    throw new Error(`${page} has no ${BEGIN} … ${END}`);
  }
  return `${text.slice(0, begin + BEGIN.length)}\n\n${measured}\n\n${text.slice(end)}`;
}
