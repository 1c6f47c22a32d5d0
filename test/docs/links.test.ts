import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { GENERATED_PATHS } from "./exceptions.ts";
import { codeSpansOf, proseOf } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** All anchors of a page; headings of the same words are numbered. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of proseOf(text).matchAll(/^#{1,6} +(.*)$/gm)) {
    const anchor = anchorOf(heading);
    let free = anchor;
    for (let i = 1; anchors.has(free); i++) {
      free = `${anchor}-${i}`;
    }
    anchors.add(free);
  }
  return anchors;
}

function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

/** What a page links to inside of the repository. */
function localLinksOf(text: string): readonly string[] {
  const withoutCode = proseOf(text).replaceAll(/`[^`]*`/g, "``");
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

/** What is wrong with a link from a page; nothing, if it leads somewhere. */
function faultOf(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const file = path === "" ? page : resolve(dirname(page), path);
  if (!existsSync(file)) {
    return `${link}: no such file`;
  }
  if (relative(repositoryFolder, file).startsWith("..")) {
    return `${link}: outside of the repository`;
  }
  return anchor === undefined || anchorsOf(textOf(file)).has(anchor) ? undefined : `${link}: no such heading`;
}

/** Every Markdown file that is written by hand, under a folder. */
function markdownUnder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (/^(node_modules|dist|\..*|vectors|cases)$/.test(name)) {
      return [];
    }
    return statSync(path).isDirectory() ? markdownUnder(path) : name.endsWith(".md") ? [path] : [];
  });
}

const pages = markdownUnder(repositoryFolder).map((path) => relative(repositoryFolder, path));

function isThere(name: string): boolean {
  return name in GENERATED_PATHS || existsSync(join(repositoryFolder, name));
}

test.each(pages)("every link of %s leads somewhere", (page) => {
  const path = join(repositoryFolder, page);
  const faults = localLinksOf(textOf(path)).map((link) => faultOf(path, link));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test.each(pages)("every file of the repository that %s names is there", (page) => {
  const names = codeSpansOf(textOf(join(repositoryFolder, page)))
    .map(({ code }) => code)
    .filter((code) => /^(src|test|docs|examples|schemas|bench|scripts)\/[\w./-]*$/.test(code));
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

test.each([
  ["docs", "docs/README.md"],
  ["docs/decisions", "docs/decisions/README.md"],
])("every page of %s is in the index, %s", (folder, index) => {
  const linked = new Set(localLinksOf(textOf(join(repositoryFolder, index))));
  const names = readdirSync(join(repositoryFolder, folder)).filter((name) => name.endsWith(".md"));
  expect(names.filter((name) => name !== "README.md" && !linked.has(name))).toEqual([]);
});

test("anchors are those of GitHub", () => {
  const text =
    "# `-o go-template=…`, and more!\n## Über x_y\n```sh\n# not a heading\n```\n## Same\n## Same\n";
  expect([...anchorsOf(text)]).toEqual(["-o-go-template-and-more", "über-x_y", "same", "same-1"]);
});
