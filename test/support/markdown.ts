import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "./run-bin.ts";

/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence; `""` if there is none. */
  readonly language: string;
  /** What follows it, such as `file=hello.ts KUBECONFIG=cluster.yaml`. Readers of the page do not see it. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  /** Where it opens, such as `docs/editing.md:12`. */
  readonly place: string;
  /** The block that follows with nothing but blank lines between. */
  readonly next: Block | undefined;
}

const FENCE = /^( *)(`{3,}|~{3,})(.*)$/;

/**
 * Returns the pages that are checked: the README, and those of `docs/` that were not generated. From the repository's
 * folder.
 */
export function pages(): readonly string[] {
  const docs = readdirSync(join(repositoryFolder, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", ...docs.toSorted().map((name) => `docs/${name}`)];
}

export function readPage(page: string): string {
  return readFileSync(join(repositoryFolder, page), "utf8");
}

/**
 * Returns the fenced blocks of a page, in order.
 *
 * @throws Error for a block that does not end
 */
export function blocksOf(page: string): readonly Block[] {
  return findBlocks(page, readPage(page));
}

/** Returns the fenced blocks of a string, as {@link blocksOf}. */
export function findBlocks(page: string, text: string): readonly Block[] {
  const lines = text.split("\n");
  const blocks: (Block & { readonly first: number; readonly last: number })[] = [];
  for (let i = lines.length - 1; i >= 0; i--) {
    const last = i;
    const [, indent = "", fence] = FENCE.exec(lines[i] ?? "") ?? [];
    if (fence === undefined) {
      continue;
    }
    do {
      i--;
    } while (i >= 0 && !FENCE.test(lines[i] ?? ""));
    const [, , , info] = FENCE.exec(lines[i] ?? "") ?? [];
    if (info === undefined) {
      throw new Error(`${page}:${last + 1}: this fence has no other one`);
    }
    const [language = "", ...words] = info.trim().split(/ +/);
    const body = lines.slice(i + 1, last).map((line) => line.slice(indent.length));
    const [following] = blocks;
    const gap = lines.slice(last + 1, following?.first);
    blocks.unshift({
      language,
      attributes: new Map(words.map((word) => splitAtEquals(word))),
      text: body.map((line) => `${line}\n`).join(""),
      place: `${page}:${i + 1}`,
      next: gap.every((line) => line.trim() === "") ? following : undefined,
      first: i,
      last,
    });
  }
  return blocks;
}

function splitAtEquals(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

/** Returns the text of a page without its fenced blocks; every line keeps its number. */
export function proseOf(text: string): string {
  let isInside = false;
  return text
    .split("\n")
    .map((line) => {
      const isFence = FENCE.test(line);
      if (isFence) {
        isInside = !isInside;
      }
      return isFence || isInside ? "" : line;
    })
    .join("\n");
}

/** Returns what is between backquotes in the prose of a page, each with the number of its line. */
export function codeSpansOf(text: string): readonly { readonly code: string; readonly line: number }[] {
  return proseOf(text)
    .split("\n")
    .flatMap((line, i) =>
      [...line.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , code = ""]) => ({ code: code.trim(), line: i + 1 })),
    );
}
